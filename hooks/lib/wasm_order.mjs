// The order of a WebAssembly module's functions. What they do does not depend on it, what they
// compress to does: what is alike compresses best when it stands together.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changed, CODE, counted, CUSTOM, number, Reader } from "./wasm.mjs";

/** The module with its functions in such an order that each stands beside one that is like it. */
export function ordered(module) {
  const rank = new Map(likenessOrder(bodies(module)).map((index, place) => [index, place]));
  // wasm-opt sorts functions by name, and then knows what else speaks of them.
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(module)).filter(({ kind }) => kind === "function").length;
  const entries = Array.from({ length: rank.size }, (_, index) => [number(imported + index), counted(Buffer.from(String(rank.get(index)).padStart(8, "0")))]);
  const functions = Buffer.concat([number(entries.length), ...entries.flat()]);
  const section = Buffer.concat([counted(Buffer.from("name")), number(1), counted(functions)]);
  return wasmOpt(Buffer.concat([changed(module, withoutNames), number(CUSTOM), counted(section)]));
}

/** What else a compiler noted stays: which features the module needs, and with them what may be written. */
const withoutNames = (id, content) => (id === CUSTOM && new Reader(content).name().toString() === "name" ? null : content);

function wasmOpt(module) {
  const folder = mkdtempSync(join(tmpdir(), "mendmap-order-"));
  try {
    const [from, to] = ["from.wasm", "to.wasm"].map((name) => join(folder, name));
    writeFileSync(from, module);
    execFileSync(process.execPath, ["node_modules/binaryen/bin/wasm-opt", from, "-o", to, "--reorder-functions-by-name", "--strip-debug", "--strip-target-features"]);
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bodies(module) {
  let found = [];
  changed(module, (id, content) => {
    const reader = new Reader(content);
    if (id === CODE) found = reader.many(() => reader.name());
    return null;
  });
  return found;
}

/** So many bytes are looked at together, and so many things are noted of each function. */
const TOGETHER = 4;
const NOTES = 128;
/** What stood one place further back counts for so much of the one after it. */
const FADES = 0.5;

/**
 * Indices of `bodies` in a chain: after each the one, of those that are left, that is most like those
 * before it.
 *
 * Likeness is how many of the least hashes of what stands in two bodies are the same (A. Z. Broder,
 * "On the resemblance and containment of documents", 1997).
 */
export function likenessOrder(bodies) {
  const notes = bodies.map(noted);
  const sharing = notesShared(notes);
  const left = new Set(bodies.keys());
  const alike = new Float64Array(bodies.length);
  const touched = new Set();
  const chain = [];
  const add = (index) => {
    chain.push(index);
    left.delete(index);
    for (const other of touched) {
      alike[other] *= FADES;
      if (alike[other] < 0.5 || !left.has(other)) {
        alike[other] = 0;
        touched.delete(other);
      }
    }
    for (const [n, value] of notes[index].entries()) {
      for (const other of sharing[n].get(value)) {
        if (!left.has(other)) continue;
        alike[other] += 1;
        touched.add(other);
      }
    }
  };
  const shortest = (some) => [...some].reduce((a, b) => (bodies[b].length < bodies[a].length ? b : a));
  if (left.size > 0) add(shortest(left));
  while (left.size > 0) {
    const { length } = bodies[chain.at(-1)];
    const off = (index) => Math.abs(bodies[index].length - length);
    let next;
    for (const index of touched) {
      if (next === undefined || alike[index] > alike[next] || (alike[index] === alike[next] && off(index) < off(next))) next = index;
    }
    add(next ?? shortest(left));
  }
  return chain;
}

/** For each place in the notes: who has the same there. */
function notesShared(notes) {
  const sharing = Array.from({ length: NOTES }, () => new Map());
  for (const [index, note] of notes.entries()) {
    for (const [n, value] of note.entries()) {
      const same = sharing[n].get(value);
      if (same) same.push(index);
      else sharing[n].set(value, [index]);
    }
  }
  return sharing;
}

function noted(body) {
  const least = new Uint32Array(NOTES).fill(0xffffffff);
  const seen = new Set();
  for (let at = 0; at + TOGETHER <= body.length; at += 1) {
    let word = 0;
    for (let n = 0; n < TOGETHER; n += 1) word = word * 256 + body[at + n];
    if (seen.has(word)) continue;
    seen.add(word);
    for (let n = 0; n < NOTES; n += 1) {
      let hash = Math.imul(word ^ Math.imul(n + 1, 0x9e3779b1), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
      hash = (hash ^ (hash >>> 16)) >>> 0;
      if (hash < least[n]) least[n] = hash;
    }
  }
  return least;
}
