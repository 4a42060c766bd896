// After a build, in trunk's staging directory: names what makes workbooks, writes the worker's script, fills in
// what index.html could not know, and writes the list of files that open without a network.
// A release is minified where trunk has not done so.
//
// Files whose integrity trunk has pinned in index.html are touched by hooks/lib/program.mjs alone,
// which pins them anew.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minifiedPage, minifiedScript } from "./lib/minify.mjs";
import { offlineList } from "./lib/offline.mjs";
import { policy } from "./lib/policy.mjs";
import { shrinkProgram } from "./lib/program.mjs";
import { nameWorkbook } from "./lib/workbook.mjs";
import { writeWorker } from "./lib/worker.mjs";

const { TRUNK_STAGING_DIR: staging, TRUNK_PUBLIC_URL: base = "/", TRUNK_PROFILE: profile } = process.env;
if (!staging) {
  console.error("hooks/post_build.mjs is run by trunk, which sets TRUNK_STAGING_DIR");
  process.exit(1);
}

const page = join(staging, "index.html");
let html = readFileSync(page, "utf8");

// `trunk serve` adds a script that reloads the page and edits it while serving: such a page has no
// fixed content, so it can neither be pinned nor kept for offline use.
const reloads = html.includes("__TRUNK_WS_BASE__");
const offline = profile === "release" && !reloads;

if (offline) html = await minifiedPage(await shrinkProgram(staging, html));

const workbook = await nameWorkbook(staging, offline);
const fill = {
  base,
  worker: base + writeWorker(staging, workbook),
  "service-worker": offline ? `${base}sw.js` : "",
};
html = html.replace(/%(base|worker|service-worker)%/g, (_, name) => fill[name]);
html = html.replace("<meta name=\"mendmap:policy\" />", `<meta http-equiv="Content-Security-Policy" content="${policy(html, reloads)}" />`);
writeFileSync(page, html);

if (offline) {
  const worker = join(staging, "sw.js");
  const list = JSON.stringify(offlineList(staging));
  const { code } = await minifiedScript(readFileSync(worker, "utf8").replace("/* BUILD */ null", () => list));
  writeFileSync(worker, code);
}

// Hosts that answer an unknown path with 404.html so serve the app's own routes.
copyFileSync(page, join(staging, "404.html"));
