// A WebAssembly module in two: a first one that does what a first view needs, and the rest.
//
// Where a function was put off, the first module has a gate: it asks for the rest where that has not
// come (import `later`, which brings it at once or throws), and calls what the rest has put in the
// table. Whatever only such functions call goes with them. Nothing else changes: what stands in the
// table (closures, vtables) keeps its number, and the rest puts itself there when it comes.
//
// Binaryen's own wasm-split is in no npm package, and leaves in the first module what only the moved
// functions call; the one that goes with leptos works before wasm-bindgen, where trunk has no hook.
import binaryen from "binaryen";

const FIRST = "0"; // what the rest calls the first module among its imports
const GATE = "gate", LATER = "later";
const UNUSED = ["remove-unused-module-elements"];

const many = (length, one) => Array.from({ length }, (_, i) => one(i));
const functionsOf = (m) => many(m.getNumFunctions(), (i) => binaryen.getFunctionInfo(m.getFunctionByIndex(i)));
const exportsOf = (m) => many(m.getNumExports(), (i) => binaryen.getExportInfo(m.getExportByIndex(i)));
const tablesOf = (m) => many(m.getNumTables(), (i) => binaryen.getTableInfo(m.getTableByIndex(i)));
const segmentsOf = (m) => many(m.getNumElementSegments(), (i) => binaryen.getElementSegmentInfo(m.getElementSegmentByIndex(i)));
const globalsOf = (m) => many(m.getNumGlobals(), (i) => binaryen.getGlobalInfo(m.getGlobalByIndex(i)));
const isOwn = ({ module }) => !module;

/** Reads a module; two of them can share a table and globals that change, whatever the one they were could. */
function read(bytes) {
  const m = binaryen.readBinary(bytes);
  const { MutableGlobals, ReferenceTypes } = binaryen.Features;
  m.setFeatures(m.getFeatures() | MutableGlobals | ReferenceTypes);
  return m;
}

/**
 * Splits a module with a name section. `isLate(name)` says whether a function is put off; `glue` is
 * the name under which the module imports from its script. Returns both as bytes, and what function
 * stands in which slot of the table.
 */
export function split(bytes, isLate, glue = "./mendmap_bg.js") {
  binaryen.setDebugInfo(true); // the names are what everything goes by
  const first = read(bytes);
  if (first.getStart()) throw new Error("a module with a start function is not split");
  const late = new Map(functionsOf(first).filter((f) => isOwn(f) && isLate(f.name)).map((f) => [f.name, f]));
  const segments = segmentsOf(first).map((s) => ({ ...s, offset: binaryen.getExpressionInfo(s.offset).value }));
  const table = tablesOf(first).find(({ name }) => segments.some((s) => s.table === name));
  const place = new Map(segments.filter((s) => s.table === table.name).flatMap(({ data, offset }) => data.map((name, i) => [name, offset + i])));

  first.addFunctionImport(LATER, glue, LATER, binaryen.i32, binaryen.none);
  // First a gate for each; then, when it is known to which of them anything comes, for those.
  putGates(first, table, place, late, [...late.keys()]);
  first.runPasses(UNUSED);
  const kept = functionsOf(first).filter(isOwn);
  const gated = kept.filter(({ name }) => late.has(name)).map(({ name }) => name);
  const { slots, last } = putGates(first, table, place, late, gated);

  const second = read(bytes);
  const firsts = new Set(kept.filter(({ name }) => !late.has(name)).map(({ name }) => name));
  leaveOut(second, firsts);
  fillSlots(second, table, slots, last);
  second.runPasses(["remove-memory-init", ...UNUSED]);
  lend(first, second);

  for (const [which, m] of [["first", first], ["second", second]]) if (!m.validate()) throw new Error(`the ${which} module is not valid`);
  const result = { first: Buffer.from(first.emitBinary()), second: Buffer.from(second.emitBinary()), slots: Object.fromEntries([...slots].map(([name, slot]) => [slot, name])) };
  first.dispose(), second.dispose();
  return result;
}

/** Puts a gate in the place of each of these functions; returns their slots in the table, and the last one, which only the rest fills. */
function putGates(m, table, place, late, names) {
  const added = names.filter((name) => !place.has(name));
  const slots = new Map([...added.map((name, i) => [name, table.initial + i]), ...names.filter((name) => place.has(name)).map((name) => [name, place.get(name)])]);
  const last = table.initial + added.length;
  m.removeTable(table.name);
  m.addTable(table.name, last + 1, last + 1);
  if (m.getFunction(GATE)) m.removeFunction(GATE);
  const { i32 } = binaryen;
  const isMissing = m.ref.is_null(m.table.get(table.name, m.i32.const(last), binaryen.funcref));
  const ask = m.call(LATER, [m.local.get(0, i32)], binaryen.none);
  m.addFunction(GATE, i32, i32, [], m.block(null, [m.if(isMissing, ask), m.local.get(0, i32)], i32));
  for (const name of names) {
    const { params, results } = late.get(name);
    m.removeFunction(name);
    const given = binaryen.expandType(params).map((type, i) => m.local.get(i, type));
    const slot = m.call(GATE, [m.i32.const(slots.get(name))], i32);
    m.addFunction(name, params, results, [], m.call_indirect(table.name, slot, given, params, results));
  }
  return { slots, last };
}

/** Of the second module, takes out what the first has, and all that it gives away. */
function leaveOut(m, firsts) {
  for (const { name, params, results } of functionsOf(m)) {
    if (!firsts.has(name)) continue;
    m.removeFunction(name);
    m.addFunctionImport(name, FIRST, name, params, results);
  }
  for (const { name } of exportsOf(m)) m.removeExport(name);
  for (const { name } of segmentsOf(m)) m.removeElementSegment(name);
}

/** Has the second module put its functions into the first one's table. */
function fillSlots(m, table, slots, last) {
  m.removeTable(table.name);
  m.addTable(table.name, last + 1, last + 1);
  const runs = [];
  const [any] = slots.keys();
  for (const [name, at] of [...slots, [any, last]].sort(([, a], [, b]) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at + run.names.length === at) run.names.push(name);
    else runs.push({ at, names: [name] });
  }
  runs.forEach(({ at, names }, i) => m.addActiveElementSegment(table.name, i.toString(36), names, m.i32.const(at)));
  m.addTableImport(table.name, FIRST, table.name); // else nobody would see what is put there
}

/** Has the first module give what the second asks for, by numbers, which are short and no name of anything else. */
function lend(first, second) {
  const given = new Map(exportsOf(first).map(({ value, name, kind }) => [`${kind} ${value}`, name]));
  let count = 0;
  const give = (kind, name, add) => {
    const key = `${kind} ${name}`;
    if (!given.has(key)) {
      given.set(key, String(count++));
      add.call(first, name, given.get(key));
    }
    return given.get(key);
  };
  const { ExternalKinds: kinds } = binaryen;
  for (const { name, params, results } of functionsOf(second).filter(({ module }) => module === FIRST)) {
    second.addFunctionImport(name, FIRST, give(kinds.Function, name, first.addFunctionExport), params, results);
  }
  const isFirsts = new Set(globalsOf(first).map(({ name }) => name));
  for (const { name, type, mutable } of globalsOf(second)) {
    // It may be brought twice: of its own it must have nothing that lasts.
    if (!isFirsts.has(name)) throw new Error(`the second module would own the global ${name}`);
    second.addGlobalImport(name, FIRST, give(kinds.Global, name, first.addGlobalExport), type, mutable);
  }
  for (const { name } of tablesOf(second)) second.addTableImport(name, FIRST, give(kinds.Table, name, first.addTableExport));
  if (second.hasMemory()) {
    const memory = exportsOf(first).find(({ kind }) => kind === kinds.Memory);
    second.addMemoryImport(memory.value, FIRST, memory.name);
  }
}
