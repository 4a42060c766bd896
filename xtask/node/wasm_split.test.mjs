import assert from "node:assert/strict";
import { test } from "node:test";
import binaryen from "binaryen";
import { partByName } from "../../hooks/lib/late.mjs";
import { withParts } from "../../hooks/lib/rest.mjs";
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

async function made(partOf) {
  binaryen.setDebugInfo(true);
  const whole = binaryen.parseText(TEXT);
  whole.setFeatures(binaryen.Features.All);
  const bytes = Buffer.from(whole.emitBinary());
  const { parts, slots } = split(bytes, partOf, "./glue.js");
  const [told, brought, have] = [[], [], []];
  const later = (last) => {
    brought.push(last);
    for (let part = 1; part <= last; part += 1) have[part] ??= new WebAssembly.Instance(new WebAssembly.Module(parts[part]), { ...imports, ...have }).exports;
  };
  const imports = { "./glue.js": { told: (n) => told.push(n), later } };
  have[0] = (await WebAssembly.instantiate(parts[0], imports)).instance.exports;
  return { parts, slots, bytes, first: have[0], told, brought };
}

const only = (...late) => (name) => Number(late.includes(name));

test("what was put off is brought when it is called, once, and sees what the first part has", async () => {
  const { first, told, brought } = await made(only("late"));
  assert.deepEqual(brought, []);
  assert.equal(first.run(), 41);
  assert.equal(first.run(), 61, "what lasts is the first part's");
  assert.deepEqual(told, [7, 7], "data and imports too");
  assert.deepEqual(brought, [1]);
});

test("what stands in the table keeps its number", async () => {
  const { first, brought } = await made(only("late", "boxed"));
  assert.equal(first.by_table(), 23);
  assert.deepEqual(brought, [1]);
});

test("what only functions call that are put off goes with them", async () => {
  const { parts, slots, bytes } = await made(only("late"));
  assert.ok(functionSizes(parts[1]).has("only"));
  assert.ok(Object.values(slots).includes("late"));
  const sizes = functionSizes(bytes);
  assert.ok(sizes.get("late") > sizes.get("early"));
});

test("a part calls what an earlier one has, and what only it needs goes with it", async () => {
  const { first, brought, parts, told } = await made((name) => ({ boxed: 2, late: 1, only: 1 })[name] ?? 0);
  assert.equal(first.run(), 41);
  assert.deepEqual(brought, [1], "the last part is not asked for");
  assert.equal(first.by_table(), 43);
  assert.deepEqual(brought, [1, 2]);
  assert.deepEqual(told, [7, 7]);
  const had = parts.map((part) => functionSizes(part));
  assert.ok(had[1].has("only") && !had[2].has("only"), "nothing is in two parts");
  assert.ok(had[2].has("boxed") && !had[1].has("boxed"));
});

test("a part reaches a later one through a gate, and whatever the later one needs comes before it", async () => {
  const { first, brought, told } = await made((name) => ({ late: 1, only: 2 })[name] ?? 0);
  assert.equal(first.run(), 41);
  assert.deepEqual(brought, [1, 2]);
  assert.deepEqual(told, [7]);
  const straight = await made((name) => ({ late: 2, boxed: 1 })[name] ?? 0);
  assert.equal(straight.first.run(), 41);
  assert.deepEqual(straight.brought, [2], "which brings the one before it too");
});

test("a function is put off by its path", () => {
  assert.equal(partByName("mendmap::pages::report::ReportPage", 100), 1);
  assert.equal(partByName("mendmap::worker::service::draft::<impl mendmap::worker::service::state::State>::draft", 100), 1);
  assert.equal(partByName("mendmap::pages::report::ReportPage", 10), 0, "a gate is no smaller");
  assert.equal(partByName("mendmap::pages::browse::Browse", 100), 0);
  assert.equal(partByName("mendmap_core::task::review::reviews", 100), 2, "of two parts, the later");
});

test("a script that wasm-bindgen writes in another way stops the build", () => {
  assert.throws(() => withParts("export default init;", ["x.wasm"]), /another way/);
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
