// The names by which a WebAssembly module and its script know each other, in its binary form:
// https://webassembly.github.io/spec/core/binary/modules.html
const IMPORTS = 2;
const EXPORTS = 7;

/** Reads a module from its first byte to its last. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  /** An unsigned number in LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }
  name() {
    return this.take(this.number());
  }
  limits() {
    const flags = this.number();
    this.number();
    if (flags & 1) this.number();
  }
  /** What an import is of. */
  description() {
    const start = this.at;
    const kind = this.number();
    if (kind === 0) this.number(); // function: its type
    else if (kind === 1) this.take(1), this.limits(); // table
    else if (kind === 2) this.limits(); // memory
    else if (kind === 3) this.take(2); // global
    else if (kind === 4) this.take(1), this.number(); // exception tag
    else throw new Error(`a WebAssembly import of the unknown kind ${kind}`);
    return this.bytes.subarray(start, this.at);
  }
}

function number(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

const counted = (bytes) => Buffer.concat([number(bytes.length), bytes]);

/** All imports and exports of a module, by name. */
export function names(module) {
  const compiled = new WebAssembly.Module(module);
  return [...WebAssembly.Module.imports(compiled), ...WebAssembly.Module.exports(compiled)].map(({ name }) => name);
}

/** The module with imports and exports called by their new names; `names` is old → new. */
export function rename(module, names) {
  const reader = new Reader(module);
  const renamed = (name) => counted(Buffer.from(names[name.toString()] ?? name));
  const out = [reader.take(8)];
  while (reader.at < module.length) {
    const id = reader.number();
    const length = reader.number();
    const end = reader.at + length;
    const parts = [];
    if (id === IMPORTS || id === EXPORTS) {
      const count = reader.number();
      parts.push(number(count));
      for (let i = 0; i < count; i += 1) {
        if (id === IMPORTS) parts.push(counted(reader.name()), renamed(reader.name()), reader.description());
        else parts.push(renamed(reader.name()), reader.take(1), number(reader.number()));
      }
      if (reader.at !== end) throw new Error("the names of a WebAssembly module were not understood");
    } else parts.push(reader.take(length));
    out.push(number(id), counted(Buffer.concat(parts)));
  }
  return Buffer.concat(out);
}
