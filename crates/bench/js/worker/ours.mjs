// Our side: the pipeline as WebAssembly, as the app's worker calls it.
import init, { Ours, catalog } from "mendmap-bench";
import { collect, fetched, serve, timed } from "./serve.mjs";
import { tally } from "./tally.mjs";

let ours;
let changes;
/** Bytes that were fetched, by layer. */
let files = [];

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

serve({
  /** Starts the program, with the catalogue at an address or that of the synthetic city. */
  async start({ wasm, catalogAt }) {
    await init({ module_or_path: wasm });
    const bytes = catalogAt ? await fetched(catalogAt) : new TextEncoder().encode(catalog());
    ours = new Ours(bytes);
  },
  async fetch(layers) {
    files = [];
    for (const { layer, url } of layers) files.push({ layer, bytes: await fetched(url) });
    return sum(files.map(({ bytes }) => bytes.length));
  },
  /** Bytes → a city that answers. `keep`: whether the bytes are wanted once more. */
  read({ keep }) {
    const [read, ms] = timed(() => files.map(({ layer, bytes }) => ours.read(layer, bytes)));
    if (!keep) files = [];
    collect();
    const [features, loaded, refused] = [0, 1, 2].map((n) => sum(read.map((of) => of[n])));
    return { ms, features, loaded, refused };
  },
  /** Fetches files and reads each while it comes, as the app does: a city that answers. */
  async load(layers) {
    const began = performance.now();
    const read = [];
    for (const { layer, url } of layers) {
      const response = await fetch(url);
      const coming = ours.coming(layer, Number(response.headers.get("content-length")));
      for (const stream = response.body.getReader(); ; ) {
        const { done, value } = await stream.read();
        if (done) break;
        coming.feed(value);
      }
      read.push(ours.arrived(coming));
    }
    const ms = performance.now() - began;
    collect();
    return { ms, features: sum(read.map(([features]) => features)) };
  },
  /** The same from columns. */
  readColumns() {
    const [read, ms] = timed(() => files.map(({ layer, bytes }) => ours.read_columns(layer, bytes)));
    return { ms, features: sum(read) };
  },
  /** The layers that were fetched, in columns. */
  columns() {
    return files.map(({ layer, bytes }) => ours.columns(layer, bytes));
  },
  collect,
  inBoxes: (boxes) => boxes.map((box) => ours.in_box(...box)),
  tiles(ids) {
    const [made, ms] = timed(() => ids.map(([z, x, y]) => ours.tile(z, x, y)));
    return { ms, ...tally(made) };
  },
  tile: (id) => ours.tile(...id),
  markAll: () => ours.mark_all(),
  tap: ([lon, lat]) => ours.tap(lon, lat, 12),
  nearest: ([lon, lat]) => ours.nearest(lon, lat, 10),
  distances: ([lon, lat]) => [...ours.distances(lon, lat, 10)],
  count: () => ours.len(),
  prepare(places) {
    changes = ours.changes(new Float64Array(places));
  },
  /** All of them as one, as they come from a server. */
  changeAtOnce(count) {
    return timed(() => ours.amend(changes, count))[1];
  },
  /** One after the other, each found at once. */
  changeOneByOne(count) {
    return timed(() => {
      for (let n = 1; n <= count; n++) ours.amend(changes, n);
    })[1];
  },
});
