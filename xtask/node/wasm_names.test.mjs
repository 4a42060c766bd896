import assert from "node:assert/strict";
import { test } from "node:test";
import { names, rename } from "../../hooks/lib/wasm_names.mjs";

const text = (string) => [string.length, ...Buffer.from(string)];
const section = (id, ...bytes) => [id, bytes.length, ...bytes];

// (module (import "m" "__wbg_twice" (func (param i32) (result i32))) (import "m" "memory" (memory 1))
//   (func (export "__wbg_run") (result i32) (call 0 (i32.const 21))))
const MODULE = Buffer.from([
  ...[0, ...Buffer.from("asm"), 1, 0, 0, 0],
  ...section(1, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 1, 0x7f),
  ...section(2, 2, ...text("m"), ...text("__wbg_twice"), 0, 0, ...text("m"), ...text("memory"), 2, 0, 1),
  ...section(3, 1, 1),
  ...section(7, 1, ...text("__wbg_run"), 0, 1),
  ...section(10, 1, 6, 0, 0x41, 21, 0x10, 0, 0x0b),
]);

test("a module runs under its new names", async () => {
  assert.deepEqual(names(MODULE), ["__wbg_twice", "memory", "__wbg_run"]);
  const renamed = rename(MODULE, { __wbg_twice: "a", __wbg_run: "a-name-longer-than-it-was".repeat(6) });
  assert.deepEqual(names(renamed), ["a", "memory", "a-name-longer-than-it-was".repeat(6)]);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = await WebAssembly.instantiate(renamed, { m: { a: (n) => 2 * n, memory } });
  assert.equal(instance.exports["a-name-longer-than-it-was".repeat(6)](), 42);
});

test("a module that keeps its names stays the same to the byte", () => {
  assert.deepEqual(rename(MODULE, {}), MODULE);
});
