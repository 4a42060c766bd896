// What makes workbooks: a WebAssembly program of its own, of crates/sheet-web, which the worker's script
// fetches once one is asked for. Trunk names its files after the crate; here they are named by what is
// in them, like all that a browser may keep.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minifiedScript } from "./minify.mjs";
import { withoutPaths } from "./wasm_paths.mjs";

const CRATE = "mendmap-sheet-web";
const [SCRIPT, WASM] = [`${CRATE}.js`, `${CRATE}_bg.wasm`];

/** Names its files, `release` also makes them smaller; returns what their names begin with. */
export async function nameWorkbook(staging, release) {
  const [script, wasm] = [SCRIPT, WASM].map((name) => readFileSync(join(staging, name)));
  if (!script.includes(WASM)) throw new Error(`wasm-bindgen writes its script in another way, without: ${WASM}`);
  const [starter, module] = release ? [(await minifiedScript(script.toString())).code, withoutPaths(wasm)] : [script.toString(), wasm];
  const hash = [starter, module].reduce((hash, part) => hash.update(part), createHash("sha256"));
  const name = `workbook-${hash.digest("hex").slice(0, 16)}`;
  for (const file of [SCRIPT, WASM]) rmSync(join(staging, file));
  writeFileSync(join(staging, `${name}.js`), starter.replaceAll(WASM, `${name}.wasm`));
  writeFileSync(join(staging, `${name}.wasm`), module);
  return name;
}
