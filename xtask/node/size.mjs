// What a first visit transfers, the city's data left out: everything the service worker keeps, and
// the worker's own script, each compressed with brotli as a good host would send it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { offlineList } from "../../hooks/lib/offline.mjs";

const BUDGET = 750_000; // bytes

const dist = process.argv[2] ?? "dist";
const { version, shell } = offlineList(dist);
if (!readFileSync(join(dist, "sw.js"), "utf8").includes(version)) {
  console.error(`${dist}/sw.js does not list the files in ${dist}: is it a release build?`);
  process.exit(1);
}
const paths = [...shell.map(([path]) => path || "index.html"), "sw.js"];
const rows = paths
  .map((path) => {
    const bytes = readFileSync(join(dist, path));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { path, raw: bytes.length, sent: brotliCompressSync(bytes, { params }).length };
  })
  .sort((a, b) => b.sent - a.sent);

const number = (value) => value.toLocaleString("en").padStart(10);
const line = (path, raw, sent) => console.log(`  ${path.padEnd(58)}${number(raw)}${number(sent)}`);
console.log(`  ${"".padEnd(58)}${"bytes".padStart(10)}${"brotli".padStart(10)}`);
for (const { path, raw, sent } of rows) line(path, raw, sent);
const total = rows.reduce((sum, { sent }) => sum + sent, 0);
line("first visit", rows.reduce((sum, { raw }) => sum + raw, 0), total);
line("budget", 0, BUDGET);
if (total > BUDGET) {
  console.error(`\nThe first visit is ${(total - BUDGET).toLocaleString("en")} bytes over its budget.`);
  process.exit(1);
}
