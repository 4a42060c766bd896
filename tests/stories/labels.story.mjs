// What only a look at the map tells: its names, and that it follows while things may move.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { difference, find, pixels } from "./lib/picture.mjs";
import { appears } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";

/** Between the search and the map's own buttons. */
const CLIP = { x: 180, y: 140, width: 600, height: 620 };
/** Ink: darker than anything but letters. */
const ink = (red, green, blue) => Math.max(red, green, blue) < 100;

story("the names of streets and communities stand on the map", { device: "desk", seen: true }, async ({ page }) => {
  const app = await App.open(page, "#/?at=15.2/43.5205/123.503");
  await app.map.loaded();
  const letters = async () => find(await pixels(page, CLIP), ink).count;
  await appears(async () => (await letters()) > 1000, "letters on the map");
});

story("the map turns dark at once where things may move, and says nothing of errors", { device: "desk", seen: true, reducedMotion: "no-preference" }, async ({ page }) => {
  const app = await App.open(page, "#/?at=15.2/43.5205/123.503");
  await app.map.loaded();
  const light = await pixels(page, CLIP);
  const pale = find(light, (red, green, blue) => Math.min(red, green, blue) > 200).count;
  assert.ok(pale > (light.width * light.height) / 2, "paper is light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "no-preference" });
  await appears(async () => {
    const now = await pixels(page, CLIP);
    return difference(light, now) > (light.width * light.height) / 2 && find(now, (red, green, blue) => Math.min(red, green, blue) > 200).count < pale / 4;
  }, "dark paper");
});
