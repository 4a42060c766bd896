// The side of the libraries that a map would use else.
import Flatbush from "flatbush";
import GeoJSONVT from "geojson-vt";
import RBush from "rbush";
import Supercluster from "supercluster";
import vtpbf from "vt-pbf";
import { boxOf, distance, meets } from "./exact.mjs";
import { collect, fetched, serve, timed } from "./serve.mjs";
import { tally } from "./tally.mjs";

let files = [];
/** What was read: features and the index over their boxes, one a file. */
let layers = [];
let tree, own, tiler, clusters;

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

function read(bytes) {
  const { features } = JSON.parse(new TextDecoder().decode(bytes));
  const index = new Flatbush(features.length);
  for (const { geometry } of features) {
    const [west, south, east, north] = boxOf(geometry);
    index.add(west, south, east, north);
  }
  index.finish();
  return { features, index };
}

/** As one of ours is shown: its kind, its name and a line's grade, from the same zoom. */
function shown({ geometry, properties }, id) {
  const { kind: k, ObjName: l, grade: g } = properties;
  const is = geometry.type;
  return { type: "Feature", id, geometry, properties: is === "Point" ? { k } : is === "LineString" ? { k, l, g } : { k } };
}

serve({
  start() {},
  async fetch(layers) {
    files = [];
    for (const { url } of layers) files.push(await fetched(url));
    return sum(files.map((bytes) => bytes.length));
  },
  read({ keep }) {
    const [made, ms] = timed(() => files.map(read));
    layers = made;
    if (!keep) files = [];
    collect();
    return { ms, features: sum(layers.map(({ features }) => features.length)) };
  },
  /** Fetches files and reads them. */
  async load(urls) {
    const began = performance.now();
    layers = [];
    for (const { url } of urls) layers.push(read(await fetched(url)));
    const ms = performance.now() - began;
    collect();
    return { ms, features: sum(layers.map(({ features }) => features.length)) };
  },
  collect,
  /** Exact, in the features that the index found: what ours has to say too. */
  inBoxes(boxes) {
    return boxes.map((box) => sum(layers.map(({ features, index }) => index.search(...box, (n) => meets(features[n].geometry, box)).length)));
  },
  /** Tiles by geojson-vt, each asked for the first time, and written by vt-pbf. */
  tiles(ids, options) {
    const [index, built] = timed(() => new GeoJSONVT({ type: "FeatureCollection", features: layers[0].features.map(shown) }, options));
    const one = ([z, x, y]) => {
      const tile = index.getTile(z, x, y);
      return tile ? vtpbf.fromGeojsonVt({ assets: tile }, { version: 2 }) : new Uint8Array();
    };
    const [made, ms] = timed(() => ids.map(one));
    // Once more, with everything cut to the tile already: what vt-pbf takes of it.
    const [, again] = timed(() => ids.map(one));
    return { built, ms, again, ...tally(made) };
  },
  /** Points clustered, as a map with too many of them does. */
  clusters(ids) {
    const points = layers[0].features.filter(({ geometry }) => geometry.type === "Point");
    const [index, built] = timed(() => new Supercluster({ radius: 64, maxZoom: 13 }).load(points));
    const one = ([z, x, y]) => vtpbf.fromGeojsonVt({ assets: index.getTile(z, x, y) ?? { features: [] } }, { version: 2 });
    const [made, ms] = timed(() => ids.map(one));
    return { built, ms, ...tally(made) };
  },
  /** How far the ten nearest points are, by looking at all of them. */
  distances(at) {
    const all = layers.flatMap(({ features }) => features.map(({ geometry }) => distance(geometry, at)));
    return all.sort((a, b) => a - b).slice(0, 10);
  },
  prepare(places) {
    const item = ([minX, minY, maxX, maxY], n) => ({ minX, minY, maxX, maxY, n });
    own = layers[0].features.map(({ geometry }, n) => item(boxOf(geometry), n));
    tree = new RBush().load(own);
    own = { gone: own.filter((_, n) => n % 101 === 0).slice(0, places.length / 2), put: [] };
    for (let n = 0; n < places.length; n += 2) own.put.push(item([places[n], places[n + 1], places[n], places[n + 1]], -1 - n));
  },
  change() {
    return timed(() =>
      own.put.forEach((put, n) => {
        tree.insert(put);
        tree.remove(own.gone[n]);
      }),
    )[1];
  },
  unchange() {
    own.put.forEach((put, n) => {
      tree.remove(put);
      tree.insert(own.gone[n]);
    });
  },
  count: () => tree.all().length,
});
