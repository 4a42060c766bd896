// The script that starts the program, with what brings the rest of it.

const LOADER = (file) => `
const restAddress = new URL("${file}", import.meta.url);
let restImports, restModule, restComing, restIsThere = false;
const restAsksFor = () => ({ ...restImports, 0: wasm });
/** Brings the rest; what failed is tried again when it is asked for again. */
globalThis.mendmapRest = () => (restComing ??= WebAssembly.compileStreaming(fetch(restAddress))
  .then((module) => { restModule = module; return restIsThere || WebAssembly.instantiate(module, restAsksFor()); })
  .then(() => { restIsThere = true; })
  .catch((error) => { restComing = undefined; throw error; }));
/** What the rest holds was called before it was there: it is waited for. Nobody should see this; src/rest.rs asks in time. */
function later(slot) {
  if (restIsThere) return;
  console.warn("mendmap: called before it was there: " + slot); // by target/page/slots.json
  if (!restModule) {
    const request = new XMLHttpRequest();
    request.open("GET", restAddress, false);
    request.overrideMimeType("text/plain; charset=x-user-defined"); // bytes: no buffer is given to a page that waits
    request.send();
    if (request.status !== 200) throw new Error("the rest of the program did not come: " + request.status);
    restModule = new WebAssembly.Module(Uint8Array.from(request.responseText, (c) => c.charCodeAt(0)));
  }
  new WebAssembly.Instance(restModule, restAsksFor());
  restIsThere = true;
}
`;

function replaced(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`wasm-bindgen writes its script in another way, without: ${from}`);
  return text.replace(from, () => to);
}

/** The script with what brings the rest from `file`, which lies beside it. */
export function withRest(script, file) {
  const gives = replaced(script, "const import0 = {\n", "const import0 = {\n        later,\n");
  return replaced(gives, "return {\n        __proto__: null,", "return restImports = {\n        __proto__: null,") + LOADER(file);
}
