// Assets that come and go, against rbush.
import { placesIn } from "../lib/boxes.mjs";
import { median, ratio, same } from "../lib/figures.mjs";

const COUNT = 1_000;
const RUNS = 3;

export async function changes(house) {
  const sides = await house.shared();
  const figures = [];
  for (const set of house.sets("1000000")) {
    const places = placesIn(set.bounds, COUNT, 3).flat();
    for (const side of ["ours", "peers"]) {
      await sides.begin(side, set);
      await sides.ask(side, "read", { keep: false });
      await sides.ask(side, "prepare", places);
    }
    const [together, single, theirs] = [[], [], []];
    for (let run = 0; run < RUNS; run++) {
      together.push(await sides.ask("ours", "changeAtOnce", 2 * COUNT));
      same("features after as many came as went", await sides.ask("ours", "count"), set.features);
      await sides.ask("ours", "changeAtOnce", COUNT / 2);
      await sides.ask("ours", "changeAtOnce", 0);
      theirs.push(await sides.ask("peers", "change"));
      same("their features after as many came as went", await sides.ask("peers", "count"), set.features);
      await sides.ask("peers", "unchange");
      single.push(await sides.ask("ours", "changeOneByOne", 2 * COUNT));
      await sides.ask("ours", "changeAtOnce", 0);
    }
    figures.push(ratio(`${COUNT} inserts and removals, as one batch`, set.name, median(together), median(theirs), 5));
    figures.push(ratio(`${COUNT} inserts and removals, each found at once`, set.name, median(single), median(theirs), 5));
    await sides.end("ours");
    await sides.end("peers");
  }
  return figures;
}
