// Bytes → a layer that answers, against JSON.parse and flatbush.
import { boxesIn } from "../lib/boxes.mjs";
import { figure, median, ratio, same } from "../lib/figures.mjs";

const BARS = { 100_000: 5, 1_000_000: 5, osm_dev_merge: 3 };
const BOXES = 50;
/** Where the file of others lies that is measured. */
const ELSEWHERE = [-8.7, 41.1, -8.5, 41.2];
const DEMO = [123.46, 43.49, 123.53, 43.55];

export async function reading(house) {
  const sides = await house.shared();
  const figures = [];
  for (const set of house.sets("demo", "osm", "100000", "1000000")) {
    const runs = set.features > 500_000 ? 3 : 5;
    const [ms, worked, fetched] = [0, 1, 2].map(() => ({ ours: [], peers: [] }));
    let megabytes;
    for (let run = 0; run < runs; run++) {
      const counts = {};
      const read = {};
      // In turns, each in a worker of its own, so that none starts with the other's garbage.
      for (const side of ["ours", "peers"]) {
        megabytes = (await sides.begin(side, set)) / 1e6;
        const before = house.processor();
        read[side] = await sides.ask(side, "read", { keep: false });
        worked[side].push(house.processor() - before);
        ms[side].push(read[side].ms);
        if (run === 0) counts[side] = await sides.ask(side, "inBoxes", boxesIn(set.bounds ?? (set.catalog ? DEMO : ELSEWHERE), BOXES));
        await sides.end(side);
        await sides.start(side, set);
        const loaded = await sides.load(side, set);
        same(`${set.name}: features while they came`, loaded.features, read[side].features);
        fetched[side].push(loaded.ms);
        await sides.end(side);
      }
      same(`${set.name}: features`, read.ours.features, read.peers.features);
      same(`${set.name}: refused`, read.ours.refused, 0);
      if (run === 0) {
        same(`${set.name}: hits of ${BOXES} boxes`, counts.ours, counts.peers);
        console.log(`  ${set.name}: ${read.ours.features} features, ${counts.ours.reduce((a, b) => a + b)} hits of ${BOXES} boxes on both sides`);
      }
    }
    const bar = BARS[set.features ?? set.name];
    figures.push(ratio("reading, bytes → queryable layer", set.name, median(ms.ours), median(ms.peers), bar));
    if (house.processor() !== undefined) figures.push(ratio("the same in time of processors, all threads and collecting", set.name, median(worked.ours), median(worked.peers)));
    figures.push(ratio("fetching besides, ours read while the file comes", set.name, median(fetched.ours), median(fetched.peers)));
    figures.push(figure("reading, per second", set.name, (megabytes / median(ms.ours)) * 1e3, (megabytes / median(ms.peers)) * 1e3, "MB/s"));
  }
  return figures;
}
