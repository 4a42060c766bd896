// The demonstration's year of work, as a file that the app takes in; made once, by its own command.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";

const FILE = "target/year/events.ndjson";

/** The file's path. */
export function yearFile() {
  if (!existsSync(FILE)) {
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
