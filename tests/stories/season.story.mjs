// The year's completion day by day and place by place, in the browser and without a server.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { yearFile } from "./lib/year.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { SettingsPage } from "./pages/settings.mjs";

/** The year's events, merged, and the completion of clearing drains in it. */
async function theYear(page) {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  const completion = await CompletionPage.open(page);
  await completion.days("2024-01-01", "2024-10-31");
  await completion.choose("drain-clear");
  return { app, completion };
}

story("a slider plays the season day by day: what is done only grows, and the last day is the year's figure", { device: "desk" }, async ({ page }) => {
  const { completion } = await theYear(page);
  await becomes(async () => (await completion.counts()).done, 3846);
  assert.equal(await completion.day(), 304, "it begins with the last day");
  await completion.goTo(0);
  await becomes(async () => (await completion.counts()).done < 3846 && (await completion.day()) === 0, true);
  const first = (await completion.counts()).done;
  await completion.goTo(150);
  await becomes(async () => (await completion.counts()).done > first && (await completion.day()) === 150, true);
  const middle = (await completion.counts()).done;
  assert.ok(middle < 3846);

  await completion.goTo(280);
  await becomes(() => completion.day(), 280);
  await completion.play();
  await becomes(() => completion.day(), 304);
  await becomes(async () => (await completion.counts()).done, 3846);
  assert.deepEqual(await violations(page), []);
});

story("place by place the least done come first, the map shows their shares, and last year lies beside them", { device: "desk" }, async ({ page }) => {
  const { completion } = await theYear(page);
  // Drains stand in streets and in no community.
  for (const [by, least] of [["street", 10], ["community", 1], ["cell", 10]]) {
    await completion.by(by);
    await becomes(async () => (await completion.places()).length >= least, true);
    const places = await completion.places();
    const shares = places.map(({ share }) => share);
    assert.deepEqual(shares, shares.toSorted((a, b) => a - b), `the least done first, by ${by}`);
    for (const { done, open, never, share } of places) {
      const exact = (100 * done) / (done + open + never);
      assert.ok(Math.abs(exact - share) <= 0.1, `${done} of ${done + open + never} is ${share} %`);
    }
  }
  // Grid cells are all over the city: their assets are all there are.
  await completion.allPlaces();
  const places = await completion.places();
  const sum = (of) => places.reduce((sum, place) => sum + place[of], 0);
  const { done, open, never } = await completion.counts();
  assert.deepEqual([sum("done"), sum("open"), sum("never")], [done, open, never]);

  await completion.compare();
  await completion.sides(/0\.0%.*96\.1%|then 0\.0%/i);
});

story("where nobody has been is a list, and the map marks nothing else", { device: "desk" }, async ({ page }) => {
  const { completion } = await theYear(page);
  const all = await completion.counts();
  assert.equal(all.left, all.open + all.never);
  await completion.list("nobody");
  await becomes(async () => (await completion.counts()).left === all.never, true);
  const nobody = (await completion.counts()).left;
  await completion.list("never");
  await becomes(async () => (await completion.counts()).left <= nobody, true);
  await completion.list("not_done");
  await becomes(async () => (await completion.counts()).left, all.left);
});

story("a link shows the same day, the same places and the same period beside it", { device: "desk" }, async ({ page, device }) => {
  const { completion } = await theYear(page);
  await completion.goTo(150);
  await becomes(() => completion.day(), 150);
  await completion.by("cell");
  await completion.compare();
  await becomes(() => /[&?]on=2024-05-30(&|$)/.test(page.url()) && /&by=cell&beside=2023-01-01\/2023-10-31$/.test(page.url()), true);
  const [counts, places] = [await completion.counts(), await completion.places()];
  assert.ok(places.length >= 10);

  const other = await device.tab();
  await App.open(other, page.url());
  const shown = new CompletionPage(other);
  await becomes(() => shown.day(), 150);
  await becomes(() => shown.counts(), counts);
  await becomes(() => shown.places(), places);
  await shown.sides(/0\.0%|then 0\.0%/i);
});
