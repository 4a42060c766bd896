// What is read: the demonstration city, a city from a seed in several sizes, and a file of others that is
// not everybody's and therefore not here.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const SEED = 7;
const SIZES = { "100 000": 100_000, "500 000": 500_000, "1 000 000": 1_000_000 };
const FOLDER = "target/bench/data";
const CITY = "public/city";

/** By name: `{ name, layers: [{ layer, url, file }], catalog, features, bounds }`. */
export async function dataSets(module, wasm) {
  const rust = await import(resolve(module));
  rust.initSync({ module: readFileSync(wasm) });
  const sets = { demo: demo() };
  const osm = process.env.BENCH_OSM;
  if (osm && existsSync(osm)) sets.osm = { name: "osm_dev_merge", layers: [{ layer: "assets", url: "/data/osm.geojson", file: osm }] };
  const most = Number(process.env.BENCH_UP_TO ?? Infinity);
  for (const [name, features] of Object.entries(SIZES)) {
    if (features > most) continue;
    const file = synthetic(rust, features);
    const layers = [{ layer: "assets", url: `/data/${features}.geojson`, file }];
    sets[features] = { name, layers, features, bounds: [...rust.bounds(features)] };
  }
  return sets;
}

function demo() {
  const catalog = JSON.parse(readFileSync(`${CITY}/catalog.json`));
  const layers = catalog.layers.map(({ id, file }) => ({ layer: id, url: `/data/demo/${file}`, file: `${CITY}/${file}` }));
  return { name: "demonstration city", layers, catalog: { url: "/data/demo/catalog.json", file: `${CITY}/catalog.json` } };
}

/** Made once for each version of what makes it. */
function synthetic(rust, features) {
  const by = createHash("sha256").update(readFileSync("crates/bench/src/synthetic.rs")).digest("hex").slice(0, 12);
  const file = `${FOLDER}/synthetic-${SEED}-${features}-${by}.geojson`;
  if (!existsSync(file)) {
    console.log(`  making ${features} features`);
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${file}.part`, rust.synthetic(SEED, features));
    renameSync(`${file}.part`, file);
  }
  return file;
}
