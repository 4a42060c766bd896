// Before a build: node_modules is what package-lock.json says, and what the page loads of it is bundled.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

/** Time of the last change in ms, or 0 when the file is not there. */
const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes this file last, so an interrupted install is repeated.
if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
  console.log("npm ci (package-lock.json is newer than node_modules)");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: "inherit" });
  if (run.error) console.error(`npm could not be started: ${run.error.message}. Install Node.js 20 or newer, with npm.`);
  if (run.status !== 0) process.exit(run.status ?? 1);
}

const { bundleAll } = await import("./lib/bundle.mjs");
await bundleAll(process.env.TRUNK_PROFILE === "release");
