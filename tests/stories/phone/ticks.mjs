// Ticking a round off: from the finger to a mark that is on the screen and on the disk.
//
// The page marks a stop when its worker has answered, and the worker answers when the transaction
// has ended that holds the event, with strict durability. So a mark that is seen is durable; that it
// is, a killed tab says at the end.
import assert from "node:assert/strict";
import { onStreet } from "../lib/city.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { within } from "../pages/words.mjs";
import { expects, pressed } from "./watch.mjs";

const TICKS = 40;
const BAR = 50;
const KIND = "drain-clear";
/** A street with so many drains and hardly more: all of them are in the first portion of the list. */
export const DRAINS = onStreet("storm-drains", "滨河路一街");

/** Finds the first of the drains and makes a round of all. */
export async function makesRound(app) {
  await new Errand(app.page).find(DRAINS[0].code);
  await app.card.makeRound();
  await app.roundMenu.kind(KIND).click();
  await app.round.shows(KIND);
  await app.round.says(0, DRAINS.length);
}

/** In the page: the stop is marked, and so many are said to be done. */
const isTicked = ({ name, said }) => {
  const stop = [...document.querySelectorAll(".stop")].find((line) => line.textContent.includes(name));
  return stop?.querySelector(".tick")?.getAttribute("aria-pressed") === "true" && new RegExp(said).test(document.querySelector("h2").closest("section, aside, [role=region]").textContent);
};

/** Ticks one stop off; what was measured. */
export async function tick(app, { name }, done) {
  const { page } = app;
  const button = app.round.tick(name);
  // Clear of what was just said of the tick before, which offers to take it back.
  await button.evaluate((tick) => tick.scrollIntoView({ block: "center" }));
  await expects(page, isTicked, { name, said: within("task.round_done", { done, all: DRAINS.length }).source });
  // Only now: the line before may have gone to the end of the list a moment ago.
  const { x, y, width, height } = await button.boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  return pressed(page);
}

export async function ticks(place, figures) {
  const device = await place.phone();
  const app = await App.open(device.page, place.line.address);
  await app.map.loaded();
  await device.readyOffline();
  await makesRound(app);
  await app.sheet.grow();
  const seen = [];
  await place.slowly(device, async () => {
    for (const drain of DRAINS.slice(0, TICKS)) seen.push(await tick(app, drain, seen.length + 1));
  });
  assert.equal(seen.length, TICKS);
  assert.ok(seen.every(({ answers }) => answers > 0), "a stop was marked before the worker had answered");
  const again = await device.killTab();
  await App.open(again, place.line.address);
  const after = new App(again);
  await after.go("work");
  await after.work.lines(KIND).first().click();
  await after.round.says(TICKS, DRAINS.length);
  figures.add("tick → marked, and on the disk", seen.map(({ ms }) => ms), { bar: BAR });
  figures.add("  before it was painted", seen.map(({ changed }) => changed));
}
