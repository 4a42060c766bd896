// The demonstration's year of work, as a file that the app takes in; made anew by its own command where
// that, or the city, is newer.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const FILE = "target/year/events.ndjson";
/** What it is made by and of. */
const FROM = ["crates/catalog/src", "crates/core/src", "public/city"];

const time = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isNewer = (folder) => readdirSync(folder, { recursive: true }).some((name) => time(join(folder, name)) > time(FILE));

/** The file's path. */
export function yearFile() {
  if (FROM.some(isNewer)) {
    mkdirSync("target/year", { recursive: true });
    execFileSync("cargo", ["run", "--quiet", "-p", "xtask", "--features", "city", "--", "city", "--year", FILE], { stdio: ["ignore", "ignore", "inherit"] });
  }
  return FILE;
}

/** The paragraph that core prints of it, in Chinese and in English, as core's own test holds it. */
export function printed() {
  const snapshot = readFileSync("crates/core/src/demo/year/tests/snapshots/mendmap_core__demo__year__tests__published__year.snap", "utf8");
  const [zh, en] = snapshot.split("---\n").at(-1).trim().split("\n\n");
  return { zh, en };
}
