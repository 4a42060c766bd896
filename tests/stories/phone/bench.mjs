// What a phone bears: figures, with the bar that each has. Run by `cargo xtask phone [part of a name]`.
//
// One phone-sized window in Chromium, its processor four times slower (slow.mjs) and its line slow 4G
// (line.mjs). Timings are no tests: a bar that is missed is printed, and the program ends well. What
// is counted is a test: a figure of something that did not happen is an error.
import { closeBrowser } from "../lib/device.mjs";
import { day } from "./day.mjs";
import { Figures } from "./figures.mjs";
import { pan } from "./pan.mjs";
import { Place } from "./place.mjs";
import { taps } from "./taps.mjs";
import { ticks } from "./ticks.mjs";
import { visits } from "./visits.mjs";

const MEASUREMENTS = { visits, taps, ticks, pan, day };

const words = process.argv.slice(2);
const wanted = Object.entries(MEASUREMENTS).filter(([name]) => words.every((word) => name.includes(word)));
if (wanted.length === 0) throw new Error(`nothing measured is called ${words.join(" ")}: ${Object.keys(MEASUREMENTS).join(", ")}`);
const figures = new Figures();
try {
  for (const [name, measure] of wanted) {
    console.log(`  ${name} …`);
    // Only a server hears of a day's work; all else is measured as a static host gives it.
    const place = await Place.open(name === "day" ? process.env.MENDMAP_SERVER : process.env.MENDMAP_URL);
    try {
      await measure(place, figures);
    } finally {
      await place.close();
    }
  }
} finally {
  await closeBrowser();
}
figures.print();
figures.write("target/phone.json", words.length === 0);
