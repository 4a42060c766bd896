import assert from "node:assert/strict";
import { test } from "node:test";
import binaryen from "binaryen";
import { isLate } from "../../hooks/lib/late.mjs";
import { withRest } from "../../hooks/lib/rest.mjs";
import { functionSizes } from "../../hooks/lib/wasm.mjs";
import { madeLate } from "../../hooks/lib/wasm_reach.mjs";
import { split } from "../../hooks/lib/wasm_split.mjs";

const TEXT = `(module
  (type $gives (func (result i32)))
  (import "./glue.js" "told" (func $told (param i32)))
  (memory (export "memory") 1)
  (global $sum (mut i32) (i32.const 1))
  (table 2 2 funcref)
  (elem (i32.const 1) $boxed)
  (func $early (result i32) (i32.const 20))
  (func $late (param i32) (result i32) (global.set $sum (i32.add (global.get $sum) (local.get 0))) (call $told (call $only)) (i32.add (call $early) (global.get $sum)))
  (func $only (result i32) (i32.load (i32.const 8)))
  (func $boxed (result i32) (call $late (i32.const 2)))
  (func (export "run") (result i32) (call $late (i32.const 20)))
  (func (export "sum") (result i32) (global.get $sum))
  (func (export "by_table") (result i32) (call_indirect (type $gives) (i32.const 1)))
  (data (i32.const 8) "\\07"))`;

async function made(isPutOff) {
  binaryen.setDebugInfo(true);
  const whole = binaryen.parseText(TEXT);
  whole.setFeatures(binaryen.Features.All);
  const bytes = Buffer.from(whole.emitBinary());
  const parts = split(bytes, isPutOff, "./glue.js");
  const told = [];
  let [brought, first] = [0];
  const later = () => {
    brought += 1;
    new WebAssembly.Instance(new WebAssembly.Module(parts.second), { ...imports, 0: first.exports });
  };
  const imports = { "./glue.js": { told: (n) => told.push(n), later } };
  ({ instance: first } = await WebAssembly.instantiate(parts.first, imports));
  return { ...parts, bytes, first, told, brought: () => brought };
}

test("what was put off is brought when it is called, once, and sees what the first half has", async () => {
  const { first, told, brought } = await made((name) => name === "late");
  assert.equal(brought(), 0);
  assert.equal(first.exports.run(), 41);
  assert.equal(first.exports.run(), 61, "what lasts is the first half's");
  assert.deepEqual(told, [7, 7], "data and imports too");
  assert.equal(brought(), 1);
});

test("what stands in the table keeps its number", async () => {
  const { first, brought } = await made((name) => name === "late" || name === "boxed");
  assert.equal(first.exports.by_table(), 23);
  assert.equal(brought(), 1);
});

test("what only functions call that are put off goes with them", async () => {
  const { first: _, ...parts } = await made((name) => name === "late");
  assert.ok(functionSizes(parts.second).has("only"));
  assert.ok(Object.values(parts.slots).includes("late"));
  const sizes = functionSizes(parts.bytes);
  assert.ok(sizes.get("late") > sizes.get("early"));
});

test("a function is put off by its path", () => {
  assert.ok(isLate("mendmap::pages::report::ReportPage", 100));
  assert.ok(isLate("mendmap::worker::service::draft::<impl mendmap::worker::service::state::State>::draft", 100));
  assert.ok(!isLate("mendmap::pages::report::ReportPage", 10), "a gate is no smaller");
  assert.ok(!isLate("mendmap::pages::browse::Browse", 100));
});

test("a script that wasm-bindgen writes in another way stops the build", () => {
  assert.throws(() => withRest("export default init;", "x.wasm"), /another way/);
});

const CLOSURES = `(module
  (memory 1)
  (table 6 6 funcref)
  (elem (i32.const 1) $drops $early_made $late_made $shared $bare)
  (func $drops)
  (func $early_made)
  (func $late_made (call $only))
  (func $only)
  (func $shared)
  (func $bare)
  (func $late (drop (i32.const 1040)))
  (func (export "run") (call $late) (drop (i32.const 1024)) (drop (i32.const 1056)))
  (data (i32.const 1024) "\\01\\00\\00\\00\\08\\00\\00\\00\\04\\00\\00\\00\\02\\00\\00\\00\\00\\00\\00\\00\\08\\00\\00\\00\\04\\00\\00\\00\\03\\00\\00\\00\\00\\00\\00\\00\\08\\00\\00\\00\\04\\00\\00\\00\\04\\00\\00\\00"))`;

test("what only late functions make is late with them, what others make too is not", () => {
  binaryen.setDebugInfo(true);
  const whole = binaryen.parseText(CLOSURES);
  whole.setFeatures(binaryen.Features.All);
  const made = madeLate(Buffer.from(whole.emitBinary()), (name) => name === "late");
  assert.deepEqual([...made], ["late_made"]);
});

test("two lists that are named at once are both seen", () => {
  binaryen.setDebugInfo(true);
  const both = (1056n << 32n) | 1024n;
  const whole = binaryen.parseText(CLOSURES.replace('(call $late) (drop (i32.const 1024)) (drop (i32.const 1056))', `(call $late) (drop (i64.const ${both}))`));
  whole.setFeatures(binaryen.Features.All);
  const made = madeLate(Buffer.from(whole.emitBinary()), (name) => name === "late");
  assert.deepEqual([...made], ["late_made"]);
});
