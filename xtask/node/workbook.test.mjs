// hooks/lib/workbook.mjs and worker.mjs: no name ever stands for two contents.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nameWorkbook } from "../../hooks/lib/workbook.mjs";
import { writeWorker } from "../../hooks/lib/worker.mjs";

/** What becomes of such a program: its name, the worker's, and what each file holds. */
async function built(wasm, release = false) {
  const folder = mkdtempSync(join(tmpdir(), "mendmap-"));
  try {
    const files = {
      "mendmap-0123456789abcdef.js": "",
      "mendmap-sheet-web.js": 'export default async function init(at) { return at ?? new URL("mendmap-sheet-web_bg.wasm", import.meta.url); }',
      "mendmap-sheet-web_bg.wasm": wasm,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const workbook = await nameWorkbook(folder, release);
    const worker = writeWorker(folder, workbook);
    return { workbook, worker, files: Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")])) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the script finds the program, and the worker finds the script, by names of what is in them", async () => {
  for (const release of [false, true]) {
    const { workbook, worker, files } = await built("one", release);
    assert.match(workbook, /^workbook-[0-9a-f]{16}$/);
    assert.match(worker, /^worker-[0-9a-f]{16}\.js$/);
    assert.deepEqual(Object.keys(files).sort(), ["mendmap-0123456789abcdef.js", `${workbook}.js`, `${workbook}.wasm`, worker].sort());
    assert.ok(files[`${workbook}.js`].includes(`${workbook}.wasm`));
    assert.ok(files[worker].includes(`./${workbook}.js`));
  }
});

test("another program has another name, and so has its worker", async () => {
  const [one, same, other] = [await built("one"), await built("one"), await built("other")];
  assert.deepEqual(one, same);
  assert.notEqual(one.workbook, other.workbook);
  assert.notEqual(one.worker, other.worker);
});
