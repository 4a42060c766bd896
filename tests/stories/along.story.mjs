// Along the road: from tap to tap the length follows the street.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { line } from "./lib/city.mjs";
import { length } from "./lib/geodesic.mjs";
import { events, number } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { Records } from "./pages/records.mjs";
import { within, word } from "./pages/words.mjs";

const LANE = line("roads", "2203829003000073");
/** Two places on it, and the lane between them. */
const PIECE = LANE.line.slice(6, 10);
const METRES = length(PIECE);

/** Measuring cracks on the lane, for their report. */
async function cracks(page) {
  const app = await App.at(page, PIECE[2], 17);
  await app.map.loaded();
  const errand = new Errand(page);
  await errand.find(LANE.code);
  await errand.plot("crack-seal");
  await app.task.report();
  await app.report.shows();
  await app.report.measureAlong();
  await app.along.shows();
  return app;
}

story("the length of sealed cracks follows the street from tap to tap, and its report says so", async ({ page }) => {
  const app = await cracks(page);
  await app.map.tap(PIECE[0]);
  await app.along.hasTaps(1);
  await app.map.tap(PIECE.at(-1));
  await app.along.hasTaps(2);
  const shown = number(await app.along.measured());
  assert.ok(Math.abs(shown - METRES) < 3, `${shown} m where the lane is ${METRES} m`);
  assert.deepEqual(await violations(page), []);
  await app.reload();
  assert.equal(number(await app.along.measured()), shown, "what was tapped stays");
  await app.along.take();
  await app.report.shows();
  await app.report.quantityIs("crack-seal", String(shown));
  await seen(app.report.region.getByText(within("task.quantity_along")));
  await app.report.close("crack-seal").click();
  await app.task.shows("crack-seal", "reported");

  const all = events(await new Records(app).exportAll());
  const [reported] = all.find(({ kind }) => kind === "reported").lines;
  assert.equal(reported.measured, "along");
  const covered = reported.covered.reduce((sum, [, from, to]) => sum + (to - from), 0);
  assert.ok(Math.abs(covered / 1000 - shown) < 0.1, `${covered} mm are ${shown} m`);
  assert.ok(reported.covered.some(([uid]) => uid === LANE.uid));
});

story("a tap beside every street is said, taken back and set anew; what is typed over it was typed", async ({ page }) => {
  const app = await cracks(page);
  await app.map.tap(PIECE[0]);
  await app.along.hasTaps(1);
  const [lon, lat] = LANE.line[10];
  await app.map.tap([lon + 0.001, lat]);
  await app.along.hasTaps(2);
  await seen(app.sheet.region.getByText(within("trouble.no_line_near")));
  await app.along.takeBack();
  await app.along.hasTaps(1);
  await app.map.tap(PIECE[3]);
  await app.along.measured();
  await app.along.take();
  await app.report.shows();
  await app.report.quantity("crack-seal").fill("12.5");
  await app.report.close("crack-seal").click();
  await app.task.shows("crack-seal", "reported");
  const all = events(await new Records(app).exportAll());
  const [reported] = all.find(({ kind }) => kind === "reported").lines;
  assert.deepEqual([reported.quantity, reported.measured, reported.covered], ["12.5", "typed", undefined]);
});
