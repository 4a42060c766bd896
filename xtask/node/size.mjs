// What a first view waits for, the city's data left out, and what comes behind it: the rest of the
// program, what only a supervisor's desk asks for, and what makes workbooks. Together they are everything
// the service worker keeps, and its own script, each compressed with brotli as a good host would send it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { PARTS } from "../../hooks/lib/late.mjs";
import { offlineList } from "../../hooks/lib/offline.mjs";

// Bytes. The first is what somebody at the kerb waits for; the second comes while they look, the third
// when they ask for it, and the last when they take a workbook out.
const BUDGETS = [720_000, 542_000, 296_000, 229_000];

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
const sum = (rows, of) => rows.reduce((sum, row) => sum + row[of], 0);
const isOf = (part) => ({ path }) => path.endsWith(`_${part}.wasm`);
const workbook = rows.filter(({ path }) => /^workbook-[0-9a-f]+\.(js|wasm)$/.test(path));
const later = [...PARTS.map((part) => rows.filter(isOf(part))), workbook];
const parts = [rows.filter((row) => !later.flat().includes(row)), ...later];
let over = false;
["the first view", "the rest, behind it", "a desk's", "a workbook's"].forEach((what, i) => {
  const total = sum(parts[i], "sent");
  line(`${what}, of ${BUDGETS[i].toLocaleString("en")}`, sum(parts[i], "raw"), total);
  over ||= total > BUDGETS[i];
});
line("all that is kept", sum(rows, "raw"), sum(rows, "sent"));
if (over || later.some((files, i) => files.length !== (i < PARTS.length ? 1 : 2))) {
  console.error("\nA part is over its budget, or missing.");
  process.exit(1);
}
