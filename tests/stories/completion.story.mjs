// The completion layer: which storm drains were cleared this year, on the map and in figures.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { difference, pixels } from "./lib/picture.mjs";
import { appears, becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { go } from "./pages/navigation.mjs";
import { SettingsPage } from "./pages/settings.mjs";

const DRAIN = "2203820104000001"; // a drain of the demonstration, by its code
const OTHER = "2203820104000002";
const NONE = { done: 0, open: 0, never: 4000, left: 4000 };

/** Clears a drain from its search to its closing. */
async function clear(page, code) {
  const errand = new Errand(page);
  await errand.find(code);
  await errand.plot("drain-clear");
  await errand.close("drain-clear");
}

story("the completion of a kind of work counts never, open and done, and moves with the work", { device: "desk" }, async ({ page }) => {
  await App.open(page);
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.shows(NONE);
  assert.match(await completion.share(), /^0\.0%/);
  await completion.drawn.waitFor(); // how work counts that is done at no asset

  const errand = new Errand(page);
  await errand.find(DRAIN);
  await errand.plot("drain-clear");
  await go(page, "completion");
  await completion.choose("drain-clear");
  await completion.shows({ done: 0, open: 1, never: 3999, left: 4000 });

  await clear(page, OTHER);
  await go(page, "completion");
  await completion.choose("drain-clear");
  await completion.shows({ done: 1, open: 1, never: 3998, left: 3999 });
  assert.match(await completion.share(), /^< 0\.1%/, "1 of 4000 is not nothing");
});

for (const zoom of [13, 15]) {
  story(`a completion chosen on a map that has come to rest is drawn on it as on one that is opened with it, at zoom ${zoom}`, { device: "desk", seen: true }, async ({ page, device }) => {
    const place = [123.5005, 43.518];
    const app = await App.at(page, place, zoom);
    await app.map.loaded();
    const bare = await app.map.picture(place, 300);
    await (await CompletionPage.open(page)).choose("lid-replace");
    await app.map.pictureAfter(place, bare, 300);
    const opened = await App.open(await device.tab(), new URL(page.url()).hash);
    // A map lets a name stand where it once found room: some letters may differ, no tile.
    const clip = await app.map.around(place, 300);
    const both = () => Promise.all([page, opened.page].map((each) => pixels(each, clip)));
    await appears(async () => difference(...(await both())) < (clip.width * clip.height) / 100, "the same picture on both maps");
  });
}

story("what is left leads to the card, and shrinks when the work is done", { device: "phone" }, async ({ page }) => {
  await App.open(page);
  const completion = await CompletionPage.open(page);
  await completion.choose("toilet-keep");
  await becomes(async () => (await completion.counts())?.never, 57);
  assert.equal(await completion.drawn.count(), 0, "a toilet is kept where it stands");
  await becomes(() => completion.left.count(), 57);
  const metres = await completion.metres();
  assert.ok(metres.length === 57 && metres[0] < metres[56], "each line says how far it is");
  assert.deepEqual(metres, metres.toSorted((a, b) => a - b), "the nearest come first");
  const first = await completion.left.first().innerText();
  await completion.left.first().click();
  const errand = new Errand(page);
  await errand.plot("toilet-keep");
  await errand.close("toilet-keep");
  await go(page, "completion");
  await completion.choose("toilet-keep");
  await completion.shows({ done: 1, open: 0, never: 56, left: 56 });
  assert.match(await completion.share(), /^1\.7%/, "1 of 57, rounded down: all is said only of all");
  assert.ok(!(await completion.left.allInnerTexts()).includes(first));
});

story("an asset's mark turns on the map from never to open to done, and its neighbour's stays", { device: "desk", seen: true }, async ({ page }) => {
  // The two drains at a kerb corner, close enough for their marks to be told apart.
  const [lat, lon] = [43.5062905, 123.4811592];
  const lens = `#/?at=19/${lat}/${lon}&done=drain-clear/2020-01-01/${new Date().getFullYear()}-12-31`;
  const app = await App.open(page, lens);
  const at = async () => {
    const { x, y, width, height } = await page.getByRole("application").boundingBox();
    const square = (dx, dy) => ({ x: x + width / 2 + dx - 14, y: y + height / 2 + dy - 14, width: 28, height: 28 });
    // 17 m east and 2.3 m south of it: the second drain.
    const perMetre = (512 * 2 ** 19) / (40_075_016.686 * Math.cos((lat * Math.PI) / 180));
    const next = [(123.48137 - lon) * 111_320 * Math.cos((lat * Math.PI) / 180), (lat - 43.5063114) * 110_574].map((m) => m * perMetre);
    return { drain: square(0, 0), neighbour: square(...next) };
  };
  /** The two marks once the picture has come to rest. */
  const marks = async () => {
    const { drain, neighbour } = await at();
    let before = null;
    for (;;) {
      const now = { drain: await pixels(page, drain), neighbour: await pixels(page, neighbour) };
      if (before && difference(before.drain, now.drain) + difference(before.neighbour, now.neighbour) === 0) return now;
      before = now;
      await new Promise((later) => setTimeout(later, 1500));
    }
  };
  /** Looks at the map until the drain's mark is not what it was before. */
  const look = async (...before) => {
    await page.evaluate((hash) => (location.hash = hash), lens);
    await app.map.loaded();
    await page.mouse.move(5, 5);
    return appears(async () => {
      const now = await marks();
      return before.every(({ drain }) => difference(drain, now.drain) > 10) && now;
    }, "a mark that tells never, open and done apart");
  };
  const never = await look();
  const errand = new Errand(page);
  await errand.find(DRAIN);
  await errand.plot("drain-clear");
  const open = await look(never);
  await errand.find(DRAIN);
  await page.getByRole("region", { name: /内容/ }).getByRole("button", { name: /^清掏雨漏/ }).first().click();
  await errand.close("drain-clear");
  const done = await look(never, open);
  assert.equal(difference(never.neighbour, done.neighbour), 0, "the neighbour's mark turned too");
});

story("the completion follows a record file that is merged, and a month has its own counts", { device: "desk" }, async ({ page, another }) => {
  const crew = await another();
  await App.open(crew.page);
  await clear(crew.page, DRAIN);
  const file = await (await SettingsPage.open(crew.page)).export();

  await App.open(page);
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.shows(NONE);
  await (await SettingsPage.open(page)).merge(file);
  await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.shows({ done: 1, open: 0, never: 3999, left: 3999 });
  await completion.period("month");
  await completion.shows({ done: 1, open: 0, never: 3999, left: 3999 });
  await completion.days("2020-01-01", "2020-12-31");
  await completion.shows(NONE);
});
