// Which files the service worker keeps.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All files below `root`, sorted, as paths with forward slashes. */
function files(root) {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1).replaceAll("\\", "/"))
    .sort();
}

// Hidden files, source maps, the worker itself, the page's copy, the notices of others' licences, and
// the icons only the system asks for.
const NOT_KEPT = /(^|\/)\.|\.map$|^sw\.js$|^404\.html$|^licences\.txt$|^icons\/.*\.png$/;

const sha = (bytes) => createHash("sha256").update(bytes);

/** Left out where the catalogue wants nothing of them: each is wanted for one kind of base map. */
const WANTED_BY = { "pmtiles.js": "pmtiles" };

/** The kind of base map that the city in `root` declares; what is wrong with its catalogue, the app says. */
function baseMap(root) {
  try {
    return JSON.parse(readFileSync(join(root, "city/catalog.json"), "utf8")).base_map?.kind;
  } catch {
    return undefined;
  }
}

/**
 * `{version, shell: [[path, integrity]…], city: [path…]}`, paths relative to the page's base.
 * The page itself is the empty path. `version` changes when any shell file does.
 */
export function offlineList(root) {
  const base = baseMap(root);
  const all = files(root).filter((path) => !NOT_KEPT.test(path) && (WANTED_BY[path] ?? base) === base);
  const shell = all
    .filter((path) => !path.startsWith("city/"))
    .map((path) => [path === "index.html" ? "" : path, `sha256-${sha(readFileSync(join(root, path))).digest("base64")}`]);
  const version = sha(JSON.stringify(shell)).digest("hex").slice(0, 16);
  return { version, shell, city: all.filter((path) => path.startsWith("city/")) };
}
