// What a finger asks, there and back to the worker.
import { placesIn } from "../lib/boxes.mjs";
import { atMost, figure, median, share } from "../lib/figures.mjs";

const COUNT = 1_000;
/** Places whose answer is held against all features, one by one. */
const CHECKED = 5;

export async function queries(house) {
  const sides = await house.shared();
  const figures = [];
  for (const set of house.sets("100000", "1000000")) {
    for (const side of ["ours", "peers"]) {
      await sides.begin(side, set);
      await sides.ask(side, "read", { keep: false });
    }
    const places = placesIn(set.bounds, COUNT);
    for (const place of places.slice(0, CHECKED)) {
      const [ours, theirs] = await Promise.all(["ours", "peers"].map((side) => sides.ask(side, "distances", place)));
      const apart = ours.map((metres, n) => Math.abs(metres - theirs[n]));
      // A globe is no ellipsoid: half a hundredth of the way.
      if (ours.length !== 10 || apart.some((metres, n) => !(metres <= 0.01 + theirs[n] / 150))) {
        throw new Error(`the nearest of ${place}: ours ${ours}, theirs ${theirs}`);
      }
    }
    await sides.end("peers");
    for (const [what, question, from] of [
      ["tap", "tap", 3],
      ["nearest 10", "nearest", 500],
    ]) {
      const { ms, bytes } = await sides.trips("ours", question, places);
      const answered = bytes.filter((length) => length >= from).length;
      if (answered < COUNT / (question === "tap" ? 2 : 1)) throw new Error(`${what}: only ${answered} of ${COUNT} were answered`);
      const p99 = share(ms, 0.99);
      figures.push(set.features < 1e6 ? figure(`${what}, round trip, p99`, set.name, p99) : atMost(`${what}, round trip, p99`, set.name, p99, 8));
      figures.push(figure(`${what}, round trip, median`, set.name, median(ms)));
    }
    await sides.end("ours");
  }
  return figures;
}
