// Puts together, in target/page/, the scripts and the styles that index.html links: only what the
// app uses of each library, minified. What is current is left alone.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LEAVE_OUT, REFERENCE, REPLACE, REPLACE_IN_RELEASE, withoutProse } from "../../js/leave-out.mjs";
import { PRIVATE, SAID_AS_TEXT } from "../../js/private-names.mjs";
import { BROWSERS } from "./browsers.mjs";
import { leaveOut } from "./leave_out.mjs";
import { licences } from "./licences.mjs";
import { squeezed } from "./minify.mjs";
import { checkShortened, shortened } from "./private_names.mjs";

const OUT = "target/page";

/** Where a reader of the bundle finds whose work it is. */
const NOTICE = "/*! licences.txt */";

const SCRIPTS = ["package-lock.json", "js", "hooks"];
const BOOT = ["package-lock.json", "boot", "hooks"];

/** Everything that is bundled: a name, the files that decide about it, esbuild's options, and what a release does to its script. */
const bundles = (release) => [
  {
    name: "maplibre-gl.js",
    madeOf: SCRIPTS,
    options: {
      entryPoints: ["js/maplibre-gl.ts"],
      banner: { js: NOTICE },
      globalName: "maplibregl",
      format: "iife",
      // A package's own bundle is one piece; the sources beside it can be taken in part.
      alias: Object.fromEntries(["maplibre-gl-style-spec", "geojson-vt"].map((name) => [`@maplibre/${name}`, `./node_modules/@maplibre/${name}/src/index.ts`])),
      // As MapLibre is compiled: a field that is only declared does not hide the inherited one.
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
      ...(release && shortened(PRIVATE, SAID_AS_TEXT)),
      plugins: [
        leaveOut({
          modules: LEAVE_OUT.flatMap(({ modules }) => modules),
          replace: { ...REPLACE, ...(release && REPLACE_IN_RELEASE) },
          // Of its own package MapLibre wants to know the version.
          json: { "maplibre-gl/package.json": ({ version }) => ({ version }), ...(release && { [REFERENCE]: withoutProse }) },
        }),
      ],
    },
    async released(script, mangleCache) {
      checkShortened(script, mangleCache, SAID_AS_TEXT);
      return squeezed(script);
    },
  },
  { name: "loading.mjs", madeOf: BOOT, options: { entryPoints: ["boot/loading.mjs"], format: "esm" } },
  { name: "offline.mjs", madeOf: BOOT, options: { entryPoints: ["boot/offline.mjs"], format: "esm" } },
  { name: "styles.css", madeOf: [...BOOT, "styles"], options: { entryPoints: ["styles/all.css"] } },
];

/** Names and contents of a file, or of all files of a folder. */
function contents(path) {
  if (!statSync(path).isDirectory()) return [path, readFileSync(path)];
  return readdirSync(path).sort().flatMap((name) => contents(join(path, name)));
}

function fingerprint(madeOf, release) {
  const hash = createHash("sha256").update(String(release));
  for (const part of madeOf.flatMap(contents)) hash.update(part);
  return hash.digest("hex");
}

/** Bundles what has changed. `release`: without what only helps developers. */
export async function bundleAll(release) {
  mkdirSync(OUT, { recursive: true });
  let esbuild;
  for (const { name, madeOf, options, released } of bundles(release)) {
    const [file, mark] = [join(OUT, name), join(OUT, `.${name}.made-of`)];
    const now = fingerprint(madeOf, release);
    if (existsSync(file) && existsSync(mark) && readFileSync(mark, "utf8") === now) continue;
    console.log(`bundling ${name}`);
    // Here, because on a fresh checkout it has only just been installed.
    esbuild ??= await import("esbuild");
    const { mangleCache } = await esbuild.build({
      ...options,
      outfile: file,
      bundle: true,
      minify: true,
      target: BROWSERS,
      // Their place is licences.txt.
      legalComments: "none",
      logLevel: "warning",
    });
    if (release && released) writeFileSync(file, await released(readFileSync(file, "utf8"), mangleCache));
    writeFileSync(mark, now);
  }
  writeFileSync(join(OUT, "licences.txt"), licences());
}
