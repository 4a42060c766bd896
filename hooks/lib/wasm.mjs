// A WebAssembly module in its binary form: https://webassembly.github.io/spec/core/binary/modules.html
export const CUSTOM = 0;
export const IMPORTS = 2;
export const EXPORTS = 7;
export const CODE = 10;

/** Reads a module from its first byte to its last. */
export class Reader {
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
  /** A number of things, each read by `one`. */
  many(one) {
    return Array.from({ length: this.number() }, one);
  }
}

/** The size of each function that has a name, by that. */
export function functionSizes(module) {
  let [sizes, imported] = [[], 0];
  const names = new Map();
  changed(module, (id, content) => {
    const reader = new Reader(content);
    if (id === IMPORTS) reader.many(() => (reader.name(), reader.name(), reader.description()[0] === 0 && imported++));
    if (id === CODE) sizes = reader.many(() => reader.name().length);
    if (id === CUSTOM && reader.name().toString() === "name") {
      while (reader.at < content.length) {
        const [of, body] = [reader.number(), new Reader(reader.name())];
        if (of === 1) body.many(() => names.set(body.number(), body.name().toString())); // 1: functions
      }
    }
    return content;
  });
  return new Map([...names].map(([index, name]) => [name, sizes[index - imported] ?? 0]));
}

/** An unsigned number in LEB128. */
export function number(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

/** Bytes with their number before them. */
export const counted = (bytes) => Buffer.concat([number(bytes.length), bytes]);

/** The module with the content of each section as `change(id, content)` gives it; null leaves it out. */
export function changed(module, change) {
  const reader = new Reader(module);
  const out = [reader.take(8)];
  while (reader.at < module.length) {
    const id = reader.number();
    const content = change(id, reader.take(reader.number()));
    if (content) out.push(number(id), counted(content));
  }
  return Buffer.concat(out);
}
