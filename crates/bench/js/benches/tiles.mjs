// Tiles, against geojson-vt and vt-pbf with the same properties in them; and tiles with everything in view.
import { tileAt, tilesWithin } from "../lib/boxes.mjs";
import { atMost, figure, median, ratio, same } from "../lib/figures.mjs";

const DENSE = 14;
const COUNT = 50;
/** As ours: so much is drawn around a tile, and everything at this zoom. */
const OPTIONS = { maxZoom: DENSE, buffer: 128, extent: 4096 };
const RUNS = 3;
const WIDE = [8, 9, 10, 11, 12];

export async function tiles(house) {
  const sides = await house.shared();
  const figures = [];
  for (const set of house.sets("100000", "1000000")) {
    const ids = tilesWithin(set.bounds, DENSE, COUNT);
    const { bounds } = set;
    const middle = [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
    const wide = WIDE.map((z) => tileAt(middle, z));
    await loaded(sides, "ours", set);
    await loaded(sides, "peers", set);
    const [ours, theirs, again, built] = [[], [], [], []];
    for (let run = 0; run < RUNS; run++) {
      const a = await sides.ask("ours", "tiles", ids);
      const b = await sides.ask("peers", "tiles", ids, OPTIONS);
      ours.push(a.ms);
      theirs.push(b.ms);
      again.push(b.again);
      built.push(b.built);
      if (run === 0) agree(set.name, a, b);
    }
    const what = `${ids.length} dense tiles of zoom ${DENSE}`;
    figures.push(ratio(what, set.name, median(ours), median(theirs), 15));
    figures.push(ratio("the same, each asked for again (theirs keeps what it cut)", set.name, median(ours), median(again)));
    figures.push(figure("geojson-vt's index before the first of them", set.name, 0, median(built)));
    figures.push(...(await everything(sides, set, wide)));
    await sides.end("ours");
    await sides.end("peers");
  }
  return figures;
}

async function loaded(sides, side, set) {
  await sides.begin(side, set);
  await sides.ask(side, "read", { keep: false });
}

/** Points to the last one; of what is cut at the border, a hair of it may round to nothing on one side. */
function agree(name, ours, theirs) {
  const of = ({ tiles, points }) => ({ tiles, points });
  same(`${name}: points in tiles`, of(ours), of(theirs));
  for (const shape of ["lines", "areas"]) {
    const apart = Math.abs(ours[shape] - theirs[shape]);
    if (apart > theirs[shape] / 1_000) throw new Error(`${name}: ${shape} in tiles: ours ${ours[shape]}, theirs ${theirs[shape]}`);
  }
  const { points, lines, areas, bytes } = ours;
  console.log(`  ${name}: ${points} points, ${lines} / ${theirs.lines} lines, ${areas} / ${theirs.areas} areas in ${bytes} / ${theirs.bytes} bytes`);
}

/** One tile a zoom, with the middle of the city in it. */
async function everything(sides, set, ids) {
  const ms = ids.map(() => []);
  const bytes = [];
  for (let run = 0; run < RUNS; run++) {
    for (const [n, id] of ids.entries()) {
      const tile = await sides.ask("ours", "tiles", [id]);
      if (tile.points + tile.lines + tile.areas === 0) throw new Error(`${set.name}: nothing in ${id}`);
      ms[n].push(tile.ms);
      bytes[n] = tile.bytes / 1e3;
    }
  }
  const figures = [];
  for (const [n, [z]] of ids.entries()) {
    const what = `the tile of zoom ${z} in the middle`;
    figures.push(set.features < 1e6 ? figure(what, set.name, median(ms[n])) : atMost(what, set.name, median(ms[n]), 100));
    figures.push(set.features < 1e6 ? figure("its bytes", set.name, bytes[n], undefined, "kB") : atMost(`its bytes at zoom ${z}`, set.name, bytes[n], 500, "kB"));
  }
  const clusters = await sides.ask("peers", "clusters", ids);
  figures.push(figure("supercluster: its index of the points", set.name, undefined, clusters.built));
  figures.push(figure("supercluster: all of these tiles, points only", set.name, undefined, clusters.ms));
  return figures;
}
