// The program as trunk leaves it: its WASM, and the script that starts it, as wasm-bindgen wrote it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isWorth, PARTS, partByName, stays } from "./late.mjs";
import { minifiedScript } from "./minify.mjs";
import { withParts } from "./rest.mjs";
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
 * Splits the WASM in what a first view needs and the parts that come behind it (see late.mjs). Minifies the script, together with the names that it and the WASM know each other by: each of
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
  // What only functions make that come in this part or later; the latest there is counts.
  const made = PARTS.map((_, part) => madeLate(oldWasm, (name) => partByName(name, size(name)) > part));
  const partOf = (name) => {
    const byName = partByName(name, size(name));
    const byMaker = isWorth(size(name)) && !stays(name) ? made.findLastIndex((names) => names.has(name)) + 1 : 0;
    return Math.max(byName, byMaker);
  };
  const { parts, slots } = split(oldWasm, partOf);
  writeFileSync(SLOTS, JSON.stringify(slots));
  const starter = withParts(oldScript.toString(), PARTS.map((part) => `${UNNAMED}_${part}.wasm`));
  const bindgen = names(oldWasm).filter((name) => /^(__wb|wasm_bindgen__)\w+$/.test(name));
  const { code: script, mangleCache } = await minifiedScript(starter, { mangleProps: new RegExp(`^(${bindgen.join("|")})$`), mangleCache: {} });
  const [wasm, ...rest] = parts.map((module) => withoutPaths(ordered(rename(module, mangleCache))));

  const hash = [script, wasm, ...rest].reduce((hash, part) => hash.update(part), createHash("sha256"));
  const name = `mendmap-${hash.digest("hex").slice(0, 16)}`;
  const named = script.replaceAll(UNNAMED, name);
  for (const file of [`${old}.js`, `${old}_bg.wasm`]) rmSync(join(staging, file));
  writeFileSync(join(staging, `${name}.js`), named);
  writeFileSync(join(staging, `${name}_bg.wasm`), wasm);
  for (const [i, part] of PARTS.entries()) writeFileSync(join(staging, `${name}_${part}.wasm`), rest[i]);
  return html
    .replaceAll(old, name)
    .replaceAll(pin(oldScript), pin(named))
    .replaceAll(pin(oldWasm), pin(wasm))
    // The bar that shows how much has arrived: trunk takes the length from before wasm-opt.
    .replace(/(_bg\.wasm', )\d+/, `$1${wasm.length}`);
}
