// A second start, from the layer in columns.
import { boxesIn } from "../lib/boxes.mjs";
import { figure, median, ratio, same } from "../lib/figures.mjs";

const RUNS = 3;

export async function second(house) {
  const sides = await house.shared();
  const figures = [];
  for (const set of house.sets("100000", "1000000")) {
    const kept = await inColumns(house, sides, set);
    const [first, again, theirs] = [[], [], []];
    for (let run = 0; run < RUNS; run++) {
      const boxes = boxesIn(set.bounds, 50);
      const [counts, read] = [[], []];
      const one = async (side, of, question, ms) => {
        await sides.begin(side, of);
        const answer = await sides.ask(side, question, { keep: false });
        ms.push(answer.ms);
        read.push(answer.features);
        if (run === 0) counts.push(await sides.ask(side, "inBoxes", boxes));
        await sides.end(side);
      };
      await one("ours", set, "read", first);
      await one("ours", kept, "readColumns", again);
      await one("peers", set, "read", theirs);
      same(`${set.name}: features`, read, [set.features, set.features, set.features]);
      if (run === 0) same(`${set.name}: hits in columns`, counts[1], counts[0]), same(`${set.name}: hits`, counts[0], counts[2]);
    }
    figures.push(ratio("second start, from columns, against our first", set.name, median(again), median(first), 2));
    figures.push(ratio("second start, from columns, against JSON.parse + flatbush", set.name, median(again), median(theirs), 8));
    figures.push(figure("bytes in columns, of bytes of GeoJSON", set.name, kept.bytes / 1e6, set.bytes / 1e6, "MB"));
  }
  return figures;
}

/** The set with its layer in columns, as a start before this one would have kept it. */
async function inColumns(house, sides, set) {
  set.bytes = await sides.begin("ours", set);
  const bytes = Buffer.from(await sides.base64("ours", "columns"), "base64");
  await sides.end("ours");
  const url = set.layers[0].url.replace(".geojson", ".columns");
  house.files[url] = bytes;
  return { ...set, bytes: bytes.length, layers: [{ layer: "assets", url }] };
}
