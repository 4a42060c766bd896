// Bytes → the first whole view of a map, against the same file as MapLibre's own source.
import { atMost, figure, median, ratio } from "../lib/figures.mjs";

/** Of half a million there is no bar: it is what the peers' page bears where it does not bear a million. */
const BARS = { 100_000: 3, 1_000_000: 6 };
const ZOOM = 12;
const RUNS = 3;
/** Of so many points one may be drawn by one side alone: at the edge of the view each rounds to a grid of its own. */
const EDGE = 10_000;

export async function view(house) {
  const figures = [];
  for (const set of house.sets("100000", "500000", "1000000")) {
    const [west, south, east, north] = set.bounds;
    const center = [(west + east) / 2, (south + north) / 2];
    const seen = { ours: [], peers: [] };
    for (let run = 0; run < RUNS; run++) {
      for (const side of ["ours", "peers"]) seen[side].push(await one(house, { side, url: set.layers[0].url, center, zoom: ZOOM }));
      if (seen.peers[run].crashed) {
        console.log(`  ${set.name}: drawn ${seen.ours[run].counts} points, lines, areas by ours; the browser ended the peers' page`);
        continue;
      }
      const [ours, theirs] = [seen.ours[run].counts, seen.peers[run].counts];
      console.log(`  ${set.name}: drawn ${ours} and ${theirs} points, lines, areas`);
      if (Math.abs(ours[0] - theirs[0]) > theirs[0] / EDGE) throw new Error(`${set.name}: ${ours[0]} points drawn by ours, ${theirs[0]} by theirs`);
    }
    const of = (side, what) => median(seen[side].map((one) => one[what]));
    const ended = seen.peers.filter(({ crashed }) => crashed).length;
    if (ended > 0) {
      figures.push(figure(`bytes → first whole view of zoom ${ZOOM}; the browser ended the peers' page ${ended} times of ${RUNS}`, set.name, of("ours", "ms")));
      figures.push(atMost("longest task of the page meanwhile, drawing included", set.name, of("ours", "longest"), 50));
      continue;
    }
    figures.push(ratio(`bytes → first whole view of zoom ${ZOOM}`, set.name, of("ours", "ms"), of("peers", "ms"), BARS[set.features]));
    const [ours, theirs] = [of("ours", "longest"), of("peers", "longest")];
    const what = "longest task of the page meanwhile, drawing included";
    figures.push(set.features < 1e6 ? figure(what, set.name, ours, theirs) : { ...atMost(what, set.name, ours, 50), theirs });
  }
  return figures;
}

async function one(house, wanted) {
  const { browser, page } = await house.browser("map");
  try {
    return await page.evaluate((wanted) => view(wanted), wanted);
  } catch (error) {
    // A map that asks for more memory than a page may have is told of, and is ours never.
    if (wanted.side === "peers" && /Target crashed/.test(error.message)) return { crashed: true };
    throw error;
  } finally {
    await browser.close();
  }
}
