// What only functions make that are put off: closures and other things behind a trait. The compiler
// names such a function after what takes it ("live", "FnOnce"), so that no path tells whose it is. But
// whoever makes one names the list of its functions (a vtable), which lies in the data at a fixed place.
//
// A list is known by its form: a function that drops it or none, a size, an alignment, functions. A
// number that is a slot of the table and is kept or handed on may mean the function there. What looks like one of these and is
// none keeps more in the first part than has to be there; what is missed waits for the rest like
// everything that is put off.
import binaryen from "binaryen";
import { changed, Reader } from "./wasm.mjs";

const DATA = 11;
const I32_CONST = 0x41;
const LARGEST = 1 << 20; // bytes that a closure takes, at most
const ALIGNED = new Set([1, 2, 4, 8, 16]);
const MOST = 40; // functions of a trait

/** Of a module with a name section: the functions of its table that are reached only through functions of which `isLate(name)`. */
export function madeLate(bytes, isLate) {
  const { calls, numbers, handed, table, exported } = read(bytes);
  const data = dataOf(bytes);
  const isSlot = (n) => n > 0 && table.has(n);
  const isList = (at) => {
    if (at % 4 !== 0 || !data.holds(at, 16)) return false;
    const drop = data.word(at);
    return (drop === 0 || isSlot(drop)) && data.word(at + 4) < LARGEST && ALIGNED.has(data.word(at + 8)) && isSlot(data.word(at + 12));
  };
  const named = new Set([...numbers.values()].flatMap((all) => [...all]).filter(isList));
  const functionsOf = (list) => {
    const found = [data.word(list)];
    for (let at = list + 12; found.length < MOST && data.holds(at, 4) && isSlot(data.word(at)) && (at === list + 12 || !named.has(at)); at += 4) found.push(data.word(at));
    return found.filter(isSlot).map((slot) => table.get(slot));
  };
  const lists = new Map([...named].map((list) => [list, functionsOf(list)]));
  const listed = new Set([...lists.values()].flat());

  const reached = new Set();
  const open = [...exported, ...[...table.values()].filter((name) => !listed.has(name)), ...data.words().filter((word) => lists.has(word)).flatMap((list) => lists.get(list))];
  while (open.length > 0) {
    const name = open.pop();
    if (reached.has(name) || isLate(name)) continue;
    reached.add(name);
    open.push(...(calls.get(name) ?? []));
    for (const number of numbers.get(name) ?? []) open.push(...(lists.get(number) ?? []));
    for (const number of handed.get(name) ?? []) if (isSlot(number)) open.push(table.get(number));
  }
  return new Set([...listed].filter((name) => !reached.has(name) && !isLate(name)));
}

/** A name as the text has it: bare, or in quotes with what is unusual as its code. */
const NAME = String.raw`\$("(?:[^"\\]|\\.)*"|[^\s()]+)`;
const [BEGINS, CALLS, NUMBER, EXPORTED] = [String.raw`^ \(func ${NAME}`, String.raw`\((?:return_)?call ${NAME}`, String.raw`^ {2}.*\(i(32|64)\.const (-?\d+)\)`, String.raw`^ \(export "[^"]*" \(func ${NAME}`].map((pattern) => new RegExp(pattern));
const plain = (name) => (name.startsWith('"') ? Buffer.from(name.slice(1, -1).replace(/\\([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\(.)/g, "$1"), "latin1").toString() : name);

/** What is reckoned with is no function. */
const RECKONS = /^\(i(32|64)\.(add|sub|mul|div|rem|and|or|xor|shl|shr|rot|eq|ne|lt|gt|le|ge|load|store8|store16)/;

/** Whom each function calls, which numbers stand in it and which of them are handed on, what stands in which slot of the table, and what is exported. */
function read(bytes) {
  binaryen.setDebugInfo(true);
  const m = binaryen.readBinary(bytes);
  const [calls, numbers, handed, table, exported] = [new Map(), new Map(), new Map(), new Map(), []];
  /** By how far they are indented, the expressions that a line stands in. */
  const around = [];
  let name = null;
  for (const line of m.emitText().split("\n")) {
    const begins = BEGINS.exec(line);
    if (begins) {
      name = plain(begins[1]);
      calls.set(name, new Set());
      numbers.set(name, new Set());
      handed.set(name, new Set());
    }
    const depth = line.search(/\S/);
    around[depth] = line.slice(depth);
    const called = CALLS.exec(line);
    if (called) calls.get(name).add(plain(called[1]));
    const number = name && NUMBER.exec(line);
    if (number) {
      for (const half of halves(number[1], number[2])) numbers.get(name).add(half);
      if (number[1] === "32" && !RECKONS.test(around[depth - 1] ?? "")) handed.get(name).add(Number(number[2]));
    }
    const out = EXPORTED.exec(line);
    if (out) exported.push(plain(out[1]));
  }
  for (let i = 0; i < m.getNumElementSegments(); i += 1) {
    const { data, offset } = binaryen.getElementSegmentInfo(m.getElementSegmentByIndex(i));
    const first = binaryen.getExpressionInfo(offset).value;
    for (const [n, of] of data.entries()) table.set(first + n, of);
  }
  m.dispose();
  return { calls, numbers, handed, table, exported };
}

/** A number; of a long one both halves, because two addresses are often written at once. */
function halves(bits, text) {
  const value = BigInt(text);
  const low = Number(BigInt.asUintN(32, value));
  return bits === "32" ? [low] : [low, Number(BigInt.asUintN(32, value >> 32n))];
}

/** The data as it lies in memory. */
function dataOf(bytes) {
  const segments = [];
  changed(bytes, (id, content) => {
    if (id === DATA) segments.push(...segmentsOf(new Reader(content)));
    return content;
  });
  const of = (address, length) => segments.find(({ start, body }) => address >= start && address + length <= start + body.length);
  const word = (address) => {
    const { start, body } = of(address, 4);
    return body.readUInt32LE(address - start);
  };
  const wordsOf = ({ start, body }) => Array.from({ length: Math.max(0, (body.length - (-start & 3)) >> 2) }, (_, n) => body.readUInt32LE((-start & 3) + 4 * n));
  return { holds: (address, length) => of(address, length) !== undefined, word, words: () => segments.flatMap(wordsOf) };
}

/** The segments of a data section that have their place from the beginning. */
function segmentsOf(reader) {
  return reader.many(() => {
    const flags = reader.number();
    if (flags !== 0) throw new Error(`a data segment of the unknown kind ${flags}`);
    if (reader.number() !== I32_CONST) throw new Error("a data segment whose place is no number");
    const start = reader.number();
    reader.number(); // the end of the expression
    return { start, body: Buffer.from(reader.name()) };
  });
}
