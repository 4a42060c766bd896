// A patrol: a track is recorded, matched to what it ran along, and corrected by hand.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { length } from "./lib/geodesic.mjs";
import { events, number } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { goes, phoneWalks, pipes, walk, watches } from "./lib/walk.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { Records } from "./pages/records.mjs";
import { Track } from "./pages/track.mjs";
import { within, word } from "./pages/words.mjs";

const STREET = "郑家屯大街一巷";
const LINE = pipes(STREET, "pipe-sewage");
const METRES = length(LINE);
/** Where the phone hears nothing: one that nobody can have left meanwhile, and one that is asked about. */
const [SHORT, LONG] = [[150, 210], [400, 560]];

/** A patrol of the pipes, recorded from its card. */
async function patrol(page) {
  await phoneWalks(page);
  const app = await App.at(page, LINE[Math.floor(LINE.length / 2)], 16);
  await app.map.loaded();
  const errand = new Errand(page);
  await app.search.type(`${STREET}污水管`);
  await app.search.result(STREET).first().waitFor();
  await app.search.field.press("Enter");
  await errand.plot("pipe-patrol");
  await app.task.record();
  const track = new Track(page);
  await track.shows();
  return { app, track };
}

story("a patrol with gaps and wild fixes covers what was walked, to two in a hundred, and its report says so", async ({ page }) => {
  const { app, track } = await patrol(page);
  assert.equal(await watches(page), 0, "nothing needs the phone's place yet");
  assert.deepEqual(await violations(page), []);
  await track.start();
  assert.equal(await watches(page), 1);
  const fixes = walk(LINE, { gaps: [SHORT, LONG] });
  const half = fixes.findIndex(({ s }) => s > 250);
  await goes(page, fixes.slice(0, half));
  // The tab goes and comes back: what was recorded is there, and goes on.
  await app.reload();
  await track.shows();
  const later = fixes.slice(half);
  await goes(page, later.map((fix) => ({ ...fix, s: fix.s - fixes[half - 1].s })));
  await track.pause();
  assert.equal(await watches(page), 0, "a pause needs no place");
  const long = LONG[1] - LONG[0];
  await track.covers(METRES - long, 0.02);
  await seen(track.gap("gap_plain"));
  await seen(track.region.getByText(within("track.refused")));
  await track.closesGap();
  await track.covers(METRES, 0.02);
  assert.deepEqual(await violations(page), []);
  await track.finish();

  await app.report.shows();
  const shown = Number(await app.report.quantity("pipe-patrol").inputValue()) * 1000;
  await seen(app.report.region.getByText(within("task.quantity_tracked")));
  await app.report.close("pipe-patrol").click();
  await app.task.shows("pipe-patrol", "reported");
  assert.ok(Math.abs(shown - METRES) <= 0.02 * METRES, `${shown} m where ${METRES} m were walked`);
  const all = events(await new Records(app).exportAll());
  const [line] = all.find(({ kind }) => kind === "reported").lines;
  assert.equal(line.measured, "tracked");
  const covered = line.covered.reduce((sum, [, from, to]) => sum + (to - from), 0) / 1000;
  assert.ok(Math.abs(covered - shown) <= 1, `${covered} m are ${shown} m`);
  const tracks = all.filter(({ kind }) => kind === "tracked");
  assert.equal(tracks.length, 1);
  assert.ok(tracks[0].points.length < fixes.length / 4, "the log keeps a fix in ten seconds");
});

story("what a track ran along is switched off by hand, and what is recorded is found again from Today", async ({ page }) => {
  const { app, track } = await patrol(page);
  await track.start();
  await goes(page, walk(LINE.slice(0, 8)));
  await app.go("work");
  await page.getByRole("region", { name: word("common.panel_region") }).getByRole("button", { name: word("track.other_open") }).click();
  await track.shows();
  await track.pause();
  await track.covers(length(LINE.slice(0, 8)), 0.03);
  const before = number(await track.region.getByRole("status").first().innerText());
  const lines = track.lines();
  const metres = number(await lines.first().evaluate((line) => line.closest("label").querySelector(".about").innerText));
  await lines.first().click();
  await track.covers(before * 1000 - metres, 0.01);
  await track.goesOn();
  assert.equal(await watches(page), 1);
  // Thrown away by a slip, it is there again; and its end does not wait for a pause.
  await track.throwAway();
  await app.toast.undo();
  await track.goesOn();
  await goes(page, walk(LINE.slice(7, 12)).slice(3));
  await track.finish();
  await app.report.shows();
  const shown = Number(await app.report.quantity("pipe-patrol").inputValue()) * 1000;
  const whole = length(LINE.slice(0, 8)) + length(LINE.slice(7, 12)) - metres;
  assert.ok(Math.abs(shown - whole) <= 0.04 * whole, `${shown} m where ${whole} m were walked`);
});
