// From the finger that leaves the glass to the card of what it meant.
import assert from "node:assert/strict";
import { DRAIN } from "../lib/city.mjs";
import { App } from "../pages/app.mjs";
import { expects, pressed } from "./watch.mjs";

const TIMES = 20;
const BAR = 100;
const [LON, LAT] = DRAIN.at;
/** A place beside the drain where nothing stands: a tap there lets go of a card. */
const BESIDE = [LON - 0.00036, LAT + 0.0003];

const showsTitle = (title) => document.querySelector("h2").textContent.trim() === title;
const hidesTitle = (title) => document.querySelector("h2").textContent.trim() !== title;

export async function taps(place, figures) {
  const device = await place.phone();
  const { page } = device;
  const app = await App.open(page, `${place.line.address}#/?at=18.00/${LAT}/${LON}`);
  await app.map.loaded();
  await device.readyOffline();
  const drain = await app.map.pixel(DRAIN.at);
  const beside = await app.map.pixel(BESIDE);
  const taken = [];
  const tap = async (pixel, sees, stays = false) => {
    await expects(page, sees, DRAIN.name);
    await page.touchscreen.tap(...pixel);
    const seen = await pressed(page);
    if (!stays) taken.push(seen);
  };
  await place.slowly(device, async () => {
    for (let turn = 0; turn < TIMES; turn += 1) {
      await tap(drain, showsTitle);
      await tap(beside, hidesTitle, true);
    }
  });
  assert.equal(taken.length, TIMES);
  const times = taken.map(({ ms }) => ms);
  figures.add("tap → card, the middle one", times, { bar: BAR });
  figures.add("tap → card, the slowest but one", times, { bar: BAR, by: "p95" });
  figures.add("  before it was painted", taken.map(({ changed }) => changed));
}
