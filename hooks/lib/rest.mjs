// The script that starts the program, with what brings the parts of it that come later.

const LOADER = (files) => `
const parts = ${JSON.stringify(files)}.map((file) => ({ address: new URL(file, import.meta.url) }));
let partImports;
const partAsksFor = () => ({ ...partImports, 0: wasm, ...Object.fromEntries(parts.map(({ gives }, i) => [i + 1, gives])) });
/** Brings a part; what failed is tried again when it is asked for again. */
const bring = (part) => (part.coming ??= WebAssembly.compileStreaming(fetch(part.address))
  .then((module) => { part.module = module; return part.gives ? undefined : WebAssembly.instantiate(module, partAsksFor()); })
  .then((instance) => { part.gives ??= instance.exports; })
  .catch((error) => { part.coming = undefined; throw error; }));
/** Brings the parts up to one, each after those before it: it calls them. */
globalThis.mendmapPart = async (last) => { for (const part of parts.slice(0, last)) await bring(part); };
/** What a part holds was called before it was there: it is waited for. Nobody should see this; src/rest.rs asks in time. */
function later(last, slot) {
  if (parts[last - 1].gives) return;
  console.warn("mendmap: called before it was there: " + slot); // by target/page/slots.json
  for (const part of parts.slice(0, last)) {
    if (part.gives) continue;
    if (!part.module) {
      const request = new XMLHttpRequest();
      request.open("GET", part.address, false);
      request.overrideMimeType("text/plain; charset=x-user-defined"); // bytes: no buffer is given to a page that waits
      request.send();
      if (request.status !== 200) throw new Error("a part of the program did not come: " + request.status);
      part.module = new WebAssembly.Module(Uint8Array.from(request.responseText, (c) => c.charCodeAt(0)));
    }
    part.gives = new WebAssembly.Instance(part.module, partAsksFor()).exports;
  }
}
`;

function replaced(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`wasm-bindgen writes its script in another way, without: ${from}`);
  return text.replace(from, () => to);
}

/** The script with what brings the later parts from `files`, in their order, which lie beside it. */
export function withParts(script, files) {
  const gives = replaced(script, "const import0 = {\n", "const import0 = {\n        later,\n");
  return replaced(gives, "return {\n        __proto__: null,", "return partImports = {\n        __proto__: null,") + LOADER(files);
}
