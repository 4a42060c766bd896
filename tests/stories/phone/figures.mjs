// The table of figures, and the same as a file for other programs.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";

const rank = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];

export class Figures {
  rows = [];
  began = loadavg()[0];

  /**
   * Adds a figure: `values` as measured, `unit` "ms", "bytes" or "×". `bar`: what `by` ("median", "p95",
   * "worst") of them may be at most; a figure without one explains another.
   */
  add(name, values, { unit = "ms", bar = null, by = "median", least = 5 } = {}) {
    if (values.length < least) throw new Error(`${name}: measured ${values.length} times, not ${least}`);
    const broken = values.find((value) => !Number.isFinite(value) || value < 0);
    if (broken !== undefined) throw new Error(`${name}: ${broken} was measured`);
    const sorted = values.toSorted((one, other) => one - other);
    const [median, p95, worst] = [rank(sorted, 0.5), rank(sorted, 0.95), sorted.at(-1)];
    const held = { median, p95, worst }[by];
    this.rows.push({ name, unit, times: values.length, median, p95, worst, bar, by: bar === null ? null : by, kept: bar === null ? null : held <= bar, values });
  }

  print() {
    const number = (value, unit) => value.toLocaleString("en", { maximumFractionDigits: unit === "×" || value < 10 ? 1 : 0 }).padStart(11);
    console.log(`\n  ${"".padEnd(52)}${"times".padStart(6)}${["median", "p95", "worst", "bar"].map((head) => head.padStart(11)).join("")}`);
    for (const { name, unit, times, median, p95, worst, bar, by, kept } of this.rows) {
      const bars = bar === null ? "" : `${number(bar, unit)} ${by.padEnd(7)}${kept ? "kept" : "MISSED"}`;
      console.log(`  ${`${name}, ${unit}`.padEnd(52)}${String(times).padStart(6)}${number(median, unit)}${number(p95, unit)}${number(worst, unit)}${bars}`);
    }
    const missed = this.rows.filter(({ kept }) => kept === false).length;
    console.log(`\n  ${missed === 0 ? "Every bar is kept" : `${missed} missed`}; load of the machine ${this.began.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after, on ${cpus().length} cores.`);
  }

  write(path, isWhole) {
    mkdirSync(dirname(path), { recursive: true });
    const load = { before: this.began, after: loadavg()[0], cores: cpus().length };
    writeFileSync(path, `${JSON.stringify({ isWhole, at: new Date().toISOString(), load, figures: this.rows }, null, 2)}\n`);
    console.log(`  ${path}`);
  }
}
