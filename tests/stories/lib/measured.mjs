// What a drawing measures: while it is drawn, in the report, and in the exported file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Records } from "../pages/records.mjs";
import { PATIENCE } from "./wait.mjs";

/** The events of an exported file. */
export const events = (path) =>
  readFileSync(path, "utf8").trim().split("\n").slice(1).map((line) => JSON.parse(line));

/** A position of the file, in degrees. */
export const place = ([longitude, latitude]) => [longitude / 1e7, latitude / 1e7];

/** Within half a percent or half a unit, whichever is more. */
const isNear = (printed, expected) => Math.abs(printed - expected) <= Math.max(0.5, expected * 0.005);

/** Fails unless that was drawn. */
export function isAbout(printed, expected, what) {
  assert.ok(isNear(printed, expected), `${what}: ${printed} where ${expected.toFixed(2)} was drawn`);
}

/** The number in a text such as "1,204.55平方米". */
export const number = (text) => Number(text.replaceAll(",", "").match(/\d+(\.\d+)?/)[0]);

/** Waits until the drawing says that it measures so much. */
export async function measures(app, expected, what) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const printed = number(await app.drawing.measured());
    if (isNear(printed, expected)) return;
    if (Date.now() > end) isAbout(printed, expected, what);
    await pause(100);
  }
}

/** From the finished drawing to the closed task; what the exported file says was plotted and reported. */
export async function closes(app, kind, shown) {
  await app.card.plot();
  await app.plotMenu.choose(kind);
  await app.task.report();
  assert.equal(Number(await app.report.quantity(kind).inputValue()).toFixed(2), shown.toFixed(2), "the drawing is the default");
  await app.report.close(kind).click();
  await app.task.shows(kind, "reported");
  isAbout(number(await app.task.quantity(kind).innerText()), shown, "reported");
  const all = events(await new Records(app).exportAll());
  const [plotted, reported] = ["plotted", "reported"].map((name) => all.find((event) => event.kind === name));
  return { target: plotted.target.place.shape, line: reported.lines[0] };
}
