// A WebAssembly module in parts: a first one that does what a first view needs, and others that come
// behind it, each after those before it.
//
// Where a function was put off, the first module has a gate: it asks for the function's part where that
// has not come (import `later`, which brings it at once or throws), and calls what the part has put in
// the table. A part calls what those before it have by itself, and what later ones have through the
// gates. Whatever only functions of a part call goes with them. Nothing else changes: what stands in the
// table (closures, vtables) keeps its number, and a part puts itself there when it comes.
//
// Binaryen's own wasm-split is in no npm package, and leaves in the first module what only the moved
// functions call; the one that goes with leptos works before wasm-bindgen, where trunk has no hook.
import binaryen from "binaryen";

const FIRST = 0; // by their numbers the parts know each other among their imports
const LATER = "later";
const gateOf = (part) => `gate ${part}`;
const UNUSED = ["remove-unused-module-elements"];

const many = (length, one) => Array.from({ length }, (_, i) => one(i));
const functionsOf = (m) => many(m.getNumFunctions(), (i) => binaryen.getFunctionInfo(m.getFunctionByIndex(i)));
const exportsOf = (m) => many(m.getNumExports(), (i) => binaryen.getExportInfo(m.getExportByIndex(i)));
const tablesOf = (m) => many(m.getNumTables(), (i) => binaryen.getTableInfo(m.getTableByIndex(i)));
const segmentsOf = (m) => many(m.getNumElementSegments(), (i) => binaryen.getElementSegmentInfo(m.getElementSegmentByIndex(i)));
const globalsOf = (m) => many(m.getNumGlobals(), (i) => binaryen.getGlobalInfo(m.getGlobalByIndex(i)));
const isOwn = ({ module }) => !module;

/** Reads a module; several of them can share a table and globals that change, whatever the one they were could. */
function read(bytes) {
  const m = binaryen.readBinary(bytes);
  const { MutableGlobals, ReferenceTypes } = binaryen.Features;
  m.setFeatures(m.getFeatures() | MutableGlobals | ReferenceTypes);
  return m;
}

/**
 * Splits a module with a name section. `partOf(name)` says in which part a function comes, 0 with the
 * first; `glue` is the name under which the module imports from its script. Returns the parts as bytes,
 * and what function stands in which slot of the table.
 */
export function split(bytes, partOf, glue = "./mendmap_bg.js") {
  binaryen.setDebugInfo(true); // the names are what everything goes by
  const first = read(bytes);
  if (first.getStart()) throw new Error("a module with a start function is not split");
  const own = functionsOf(first).filter(isOwn).map((f) => [f.name, { ...f, part: partOf(f.name) }]);
  const late = new Map(own.filter(([, { part }]) => part > FIRST));
  const count = Math.max(...[...late.values()].map(({ part }) => part));
  const segments = segmentsOf(first).map((s) => ({ ...s, offset: binaryen.getExpressionInfo(s.offset).value }));
  const table = tablesOf(first).find(({ name }) => segments.some((s) => s.table === name));
  const place = new Map(segments.filter((s) => s.table === table.name).flatMap(({ data, offset }) => data.map((name, i) => [name, offset + i])));

  const { i32, none } = binaryen;
  first.addFunctionImport(LATER, glue, LATER, binaryen.createType([i32, i32]), none);
  // First a gate for each; then, when it is known to which of them anything comes, for those.
  putGates(first, table, place, late, [...late.keys()], count);
  first.runPasses(UNUSED);
  const kept = functionsOf(first).filter(isOwn).map(({ name }) => name);
  const gated = new Set(kept.filter((name) => late.has(name)));
  const owner = new Map(kept.filter((name) => !late.has(name)).map((name) => [name, FIRST]));

  const modules = [first];
  for (let part = 1; part <= count; part += 1) {
    const asked = [...gated].filter((name) => late.get(name).part === part);
    if (asked.length === 0) throw new Error(`nothing comes to part ${part}`);
    const m = partOfAll(bytes, asked, (name) => owner.get(name) ?? (late.get(name)?.part > part ? FIRST : part), part);
    for (const { name, module } of functionsOf(m)) {
      if (isOwn({ module })) owner.set(name, part);
      else if (module === String(FIRST) && late.has(name)) gated.add(name);
    }
    modules.push(m);
  }
  const { slots, lasts } = putGates(first, table, place, late, [...gated], count);
  for (let part = 1; part <= count; part += 1) {
    const own = new Map([...slots].filter(([name]) => late.get(name).part === part));
    fillSlots(modules[part], table, own, lasts[part], lasts.at(-1) + 1);
  }
  for (const m of modules.slice(1)) lend(modules, m);

  for (const [part, m] of modules.entries()) if (!m.validate()) throw new Error(`part ${part} is not a valid module`);
  const result = { parts: modules.map((m) => Buffer.from(m.emitBinary())), slots: Object.fromEntries([...slots].map(([name, slot]) => [slot, name])) };
  for (const m of modules) m.dispose();
  return result;
}

/** Puts a gate in the place of each of these functions; returns their slots in the table, and for each part the one that it fills when it comes. */
function putGates(m, table, place, late, names, count) {
  const added = names.filter((name) => !place.has(name));
  const slots = new Map([...added.map((name, i) => [name, table.initial + i]), ...names.filter((name) => place.has(name)).map((name) => [name, place.get(name)])]);
  const lasts = many(count + 1, (part) => table.initial + added.length + part - 1);
  m.removeTable(table.name);
  m.addTable(table.name, lasts.at(-1) + 1, lasts.at(-1) + 1);
  const { i32 } = binaryen;
  for (let part = 1; part <= count; part += 1) {
    const gate = gateOf(part);
    if (m.getFunction(gate)) m.removeFunction(gate);
    const isMissing = m.ref.is_null(m.table.get(table.name, m.i32.const(lasts[part]), binaryen.funcref));
    const ask = m.call(LATER, [m.i32.const(part), m.local.get(0, i32)], binaryen.none);
    m.addFunction(gate, i32, i32, [], m.block(null, [m.if(isMissing, ask), m.local.get(0, i32)], i32));
  }
  for (const name of names) {
    const { params, results, part } = late.get(name);
    if (m.getFunction(name)) m.removeFunction(name);
    const given = binaryen.expandType(params).map((type, i) => m.local.get(i, type));
    const slot = m.call(gateOf(part), [m.i32.const(slots.get(name))], i32);
    m.addFunction(name, params, results, [], m.call_indirect(table.name, slot, given, params, results));
  }
  return { slots, lasts };
}

/** Of the whole, what is left of a part: what is asked of it, and what that calls and nobody else has. `ownerOf(name)` says which part has a function. */
function partOfAll(bytes, asked, ownerOf, part) {
  const m = read(bytes);
  for (const { name, params, results, module } of functionsOf(m)) {
    if (!isOwn({ module }) || ownerOf(name) === part) continue;
    m.removeFunction(name);
    m.addFunctionImport(name, String(ownerOf(name)), name, params, results);
  }
  for (const { name } of exportsOf(m)) m.removeExport(name);
  for (const { name } of segmentsOf(m)) m.removeElementSegment(name);
  for (const name of asked) m.addFunctionExport(name, name);
  m.runPasses(["remove-memory-init", ...UNUSED]);
  for (const name of asked) m.removeExport(name);
  return m;
}

/** Has a part put its functions into the first one's table, of so many slots. */
function fillSlots(m, table, slots, last, size) {
  if (tablesOf(m).some(({ name }) => name === table.name)) m.removeTable(table.name);
  m.addTable(table.name, size, size);
  const runs = [];
  const [any] = slots.keys();
  for (const [name, at] of [...slots, [any, last]].sort(([, a], [, b]) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at + run.names.length === at) run.names.push(name);
    else runs.push({ at, names: [name] });
  }
  runs.forEach(({ at, names }, i) => m.addActiveElementSegment(table.name, i.toString(36), names, m.i32.const(at)));
  m.addTableImport(table.name, String(FIRST), table.name); // else nobody would see what is put there
}

/** Has the parts give what one of them asks for, by numbers, which are short and no name of anything else; all but functions is the first one's. */
function lend(modules, m) {
  const giver = (part) => {
    const of = modules[part];
    const given = new Map(exportsOf(of).map(({ value, name, kind }) => [`${kind} ${value}`, name]));
    return (kind, name, add) => {
      const key = `${kind} ${name}`;
      if (!given.has(key)) {
        given.set(key, String(given.size));
        add.call(of, name, given.get(key));
      }
      return given.get(key);
    };
  };
  const givers = modules.map((_, part) => giver(part));
  const [first] = modules;
  const { ExternalKinds: kinds } = binaryen;
  for (const { name, module, params, results } of functionsOf(m)) {
    const from = modules.findIndex((_, part) => module === String(part));
    if (from < 0) continue;
    m.addFunctionImport(name, module, givers[from](kinds.Function, name, modules[from].addFunctionExport), params, results);
  }
  const isFirsts = new Set(globalsOf(first).map(({ name }) => name));
  for (const { name, type, mutable } of globalsOf(m)) {
    // It may be brought twice: of its own it must have nothing that lasts.
    if (!isFirsts.has(name)) throw new Error(`a later part would own the global ${name}`);
    m.addGlobalImport(name, String(FIRST), givers[FIRST](kinds.Global, name, first.addGlobalExport), type, mutable);
  }
  for (const { name } of tablesOf(m)) m.addTableImport(name, String(FIRST), givers[FIRST](kinds.Table, name, first.addTableExport));
  if (m.hasMemory()) {
    const memory = exportsOf(first).find(({ kind }) => kind === kinds.Memory);
    m.addMemoryImport(memory.value, String(FIRST), memory.name);
  }
}
