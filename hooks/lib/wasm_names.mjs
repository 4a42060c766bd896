// The names by which a WebAssembly module and its script know each other.
import { changed, counted, EXPORTS, IMPORTS, number, Reader } from "./wasm.mjs";

/** All imports and exports of a module, by name. */
export function names(module) {
  const compiled = new WebAssembly.Module(module);
  return [...WebAssembly.Module.imports(compiled), ...WebAssembly.Module.exports(compiled)].map(({ name }) => name);
}

/** The module with imports and exports called by their new names; `names` is old → new. */
export function rename(module, names) {
  const renamed = (name) => counted(Buffer.from(names[name.toString()] ?? name));
  return changed(module, (id, content) => {
    if (id !== IMPORTS && id !== EXPORTS) return content;
    const reader = new Reader(content);
    const parts = reader.many(() =>
      id === IMPORTS ? [counted(reader.name()), renamed(reader.name()), reader.description()] : [renamed(reader.name()), reader.take(1), number(reader.number())],
    );
    if (reader.at !== content.length) throw new Error("the names of a WebAssembly module were not understood");
    return Buffer.concat([number(parts.length), ...parts.flat()]);
  });
}
