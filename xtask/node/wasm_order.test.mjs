import assert from "node:assert/strict";
import { test } from "node:test";
import { likenessOrder, ordered } from "../../hooks/lib/wasm_order.mjs";

const text = (string) => [string.length, ...Buffer.from(string)];
const section = (id, ...bytes) => [id, bytes.length, ...bytes];
const code = (...bytes) => [bytes.length + 2, 0, ...bytes, 0x0b];

// (module (import "m" "twice" (func (param i32) (result i32)))
//   (func $long (result i32) (i32.add (call $short) (i32.const 1)))
//   (func $short (result i32) (call 0 (i32.const 20)))
//   (export "run" (func $long)))
const MODULE = Buffer.from([
  ...[0, ...Buffer.from("asm"), 1, 0, 0, 0],
  ...section(1, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 1, 0x7f),
  ...section(2, 1, ...text("m"), ...text("twice"), 0, 0),
  ...section(3, 2, 1, 1),
  ...section(7, 1, ...text("run"), 0, 1),
  ...section(10, 2, ...code(0x10, 2, 0x41, 1, 0x6a), ...code(0x41, 20, 0x10, 0)),
]);

test("a module whose functions stand in another order does the same", async () => {
  const { instance } = await WebAssembly.instantiate(ordered(MODULE), { m: { twice: (n) => 2 * n } });
  assert.equal(instance.exports.run(), 41);
});

test("each body stands beside the one that is like it", () => {
  const bodies = ["a cat sat on a mat", "roads, drains and lamps", "a cat sat on the mat", "roads, drains and lamps!", "x"];
  assert.deepEqual(likenessOrder(bodies.map((body) => Buffer.from(body))), [4, 0, 2, 1, 3]);
});

test("of nothing there is no order", () => {
  assert.deepEqual(likenessOrder([]), []);
});
