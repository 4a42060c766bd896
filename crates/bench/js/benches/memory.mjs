// What the browser's process of a page has in memory, while a million features are read and after.
import { readFileSync, writeFileSync } from "node:fs";
import { median, ratioAtMost, figure } from "../lib/figures.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const SETTLE_MS = 2_000;

export async function memory(house) {
  if (process.platform !== "linux") {
    console.log("  SKIPPED: /proc is wanted");
    return [];
  }
  const figures = [];
  for (const set of house.sets("1000000")) {
    const seen = { ours: [], peers: [] };
    for (let run = 0; run < RUNS; run++) for (const side of ["ours", "peers"]) seen[side].push(await watched(house, side, set));
    const of = (side, what) => median(seen[side].map((one) => one[what]));
    figures.push(ratioAtMost("memory at its peak while loading", set.name, of("ours", "peak"), of("peers", "peak"), 1 / 2));
    figures.push(ratioAtMost("memory once settled", set.name, of("ours", "settled"), of("peers", "settled"), 1 / 3));
    figures.push(figure("memory before", set.name, of("ours", "before"), of("peers", "before"), "MB"));
  }
  return figures;
}

/** A browser of its own in which one side loads a set: megabytes of its page's process. */
async function watched(house, side, set) {
  const { browser, renderer: id, sides } = await house.browser();
  try {
    const before = megabytes(id, "VmRSS");
    // From here on the peak is counted anew: https://docs.kernel.org/filesystems/proc.html
    writeFileSync(`/proc/${id}/clear_refs`, "5");
    await sides.start(side, set);
    const { features } = await sides.load(side, set);
    if (features !== set.features) throw new Error(`${features} features of ${set.features}`);
    const peak = megabytes(id, "VmHWM");
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    await sides.ask(side, "collect");
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return { before, peak, settled: megabytes(id, "VmRSS") };
  } finally {
    await browser.close();
  }
}

function megabytes(process, field) {
  const [, kilobytes] = readFileSync(`/proc/${process}/status`, "utf8").match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"));
  return Number(kilobytes) / 1024;
}
