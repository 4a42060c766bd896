// The program as trunk leaves it: its WASM, and the script that starts it, as wasm-bindgen wrote it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isLate, isWorth, stays } from "./late.mjs";
import { minifiedScript } from "./minify.mjs";
import { withRest } from "./rest.mjs";
import { functionSizes } from "./wasm.mjs";
import { names, rename } from "./wasm_names.mjs";
import { ordered } from "./wasm_order.mjs";
import { withoutPaths } from "./wasm_paths.mjs";
import { madeLate } from "./wasm_reach.mjs";
import { split } from "./wasm_split.mjs";

const pin = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

/** The name that the program's files begin with. */
export function programName(staging) {
  const script = readdirSync(staging).find((name) => /^mendmap-[0-9a-f]+\.js$/.test(name));
  if (!script) throw new Error(`trunk has built no mendmap-….js in ${staging}`);
  return script.slice(0, -".js".length);
}

/** Stands for the program's name where that is still to be made of the bytes it stands in. */
const UNNAMED = "mendmap-0000000000000000";
/** Which function stands in which slot of the table, for whoever reads a trace. */
const SLOTS = "target/page/slots.json";

/**
 * Splits the WASM in what a first view needs and the rest. Minifies the script, together with the names that it and the WASM know each other by: each of
 * them is long, in both files, and ends in a hash that no compression shortens. Functions that are
 * alike are brought together, for the same reason, and where the libraries' sources lay is left out.
 *
 * All files are named by what is in them now. Trunk named them by what they were made of, and a
 * name that stood for two contents would break the page in a browser that keeps files by name.
 * Returns the page with the new names, pins and length.
 */
export async function shrinkProgram(staging, html) {
  const old = programName(staging);
  const [oldScript, oldWasm] = [`${old}.js`, `${old}_bg.wasm`].map((name) => readFileSync(join(staging, name)));
  const sizes = functionSizes(oldWasm);
  const size = (name) => sizes.get(name) ?? 0;
  const byName = (name) => isLate(name, size(name));
  const made = madeLate(oldWasm, byName);
  const { first, second, slots } = split(oldWasm, (name) => byName(name) || (made.has(name) && isWorth(size(name)) && !stays(name)));
  writeFileSync(SLOTS, JSON.stringify(slots));
  const starter = withRest(oldScript.toString(), `${UNNAMED}_rest.wasm`);
  const bindgen = names(oldWasm).filter((name) => /^(__wb|wasm_bindgen__)\w+$/.test(name));
  const { code: script, mangleCache } = await minifiedScript(starter, { mangleProps: new RegExp(`^(${bindgen.join("|")})$`), mangleCache: {} });
  const [wasm, rest] = [first, second].map((module) => withoutPaths(ordered(rename(module, mangleCache))));

  const hash = [script, wasm, rest].reduce((hash, part) => hash.update(part), createHash("sha256"));
  const name = `mendmap-${hash.digest("hex").slice(0, 16)}`;
  const named = script.replaceAll(UNNAMED, name);
  for (const file of [`${old}.js`, `${old}_bg.wasm`]) rmSync(join(staging, file));
  writeFileSync(join(staging, `${name}.js`), named);
  writeFileSync(join(staging, `${name}_bg.wasm`), wasm);
  writeFileSync(join(staging, `${name}_rest.wasm`), rest);
  return html
    .replaceAll(old, name)
    .replaceAll(pin(oldScript), pin(named))
    .replaceAll(pin(oldWasm), pin(wasm))
    // The bar that shows how much has arrived: trunk takes the length from before wasm-opt.
    .replace(/(_bg\.wasm', )\d+/, `$1${wasm.length}`);
}
