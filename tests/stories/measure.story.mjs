// A drawn line is as long, and a drawn area as large, as the ground it was drawn on.
import assert from "node:assert/strict";
import { drag, story, violations } from "./harness.mjs";
import { hashThat } from "./lib/address.mjs";
import { DRAIN } from "./lib/city.mjs";
import { area, length } from "./lib/geodesic.mjs";
import { closes, isAbout, measures, number, place } from "./lib/measured.mjs";
import { smallTargets } from "./lib/targets.mjs";
import { appears, becomes } from "./lib/wait.mjs";
import { goes, phoneWalks, watches } from "./lib/walk.mjs";
import { App } from "./pages/app.mjs";

const MIDDLE = [123.4963, 43.5262];

/** Taps corners on the map, and finishes the drawing. */
async function draws(app, shape, corners) {
  await app.map.loaded();
  await app.map.draw(shape);
  for (const [at, corner] of corners.entries()) {
    await app.map.tap(corner);
    await app.drawing.hasCorners(at + 1);
  }
}

story("a drawn line has the length of the ground under it, on the screen and in the file", { device: "desk" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 17);
  const corners = [[123.4951, 43.5257], [123.4962, 43.5266], [123.4976, 43.5259], [123.4979, 43.5267]];
  await draws(app, "line", corners);
  await measures(app, length(corners), "while drawing");
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
  const shown = number(await app.card.fact("map.length").innerText());
  isAbout(shown, length(corners), "on the card");

  const { target, line } = await closes(app, "crack-seal", shown);
  const drawn = target.line;
  assert.equal(drawn.length, corners.length);
  const exact = length(drawn.map(place));
  assert.ok(Math.abs(Number(line.quantity) - exact) < 0.02, `${line.quantity} m reported of a line of ${exact} m`);
});

story("an area drawn by finger has the size of the ground under it", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 19);
  const corners = [[123.49622, 43.52628], [123.49639, 43.52629], [123.4964, 43.52613], [123.4962, 43.52615]];
  await draws(app, "area", corners);
  await measures(app, area(corners), "while drawing");
  await app.drawing.finish();
  await app.card.showsPlace("place_area");
  const shown = number(await app.card.fact("map.area").innerText());
  isAbout(shown, area(corners), "on the card");

  const { target, line } = await closes(app, "pothole-patch", shown);
  const [ring] = target.polygon;
  const exact = area(ring.map(place));
  assert.ok(Math.abs(Number(line.quantity) - exact) < 0.05, `${line.quantity} m² reported of an area of ${exact} m²`);
});

story("Ctrl Z takes back the last corner of a drawing, and not what was done before it", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page, `#/asset/${DRAIN.uid}`);
  await app.card.plot();
  await app.plotMenu.choose("drain-clear");
  await app.task.shows("drain-clear", "open");
  await app.go("map");
  const [lon, lat] = DRAIN.at;
  const corners = [[lon, lat], [lon + 0.0003, lat], [lon + 0.0003, lat + 0.0002]];
  await draws(app, "line", corners);
  await page.keyboard.press("ControlOrMeta+z");
  await app.drawing.hasCorners(2);
  await measures(app, length(corners.slice(0, 2)), "two corners");
  await app.hasSaved(1);
});

story("a corner set by mistake is taken back, and the length follows", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  const corners = [[123.4959, 43.5262], [123.4966, 43.5264], [123.4966, 43.5267]];
  await draws(app, "line", corners);
  await measures(app, length(corners), "three corners");
  await app.drawing.takeBack();
  await app.drawing.hasCorners(2);
  await measures(app, length(corners.slice(0, 2)), "two corners");
  const before = await app.map.view();
  await drag(page, [195, 300], [195, 360]);
  await appears(async () => (await app.map.view()).center.join() !== before.center.join(), "the map to be dragged");
  await app.drawing.hasCorners(2);
  await measures(app, length(corners.slice(0, 2)), "after the map was dragged");
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
});

story("a drawing that was interrupted goes on where it was", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  const corners = [[123.4959, 43.5262], [123.4966, 43.5264], [123.4966, 43.5267]];
  await draws(app, "line", corners.slice(0, 2));
  await app.reload();
  await app.map.takesCorners();
  await app.drawing.hasCorners(2);
  await app.map.tap(corners[2]);
  await app.drawing.hasCorners(3);
  await measures(app, length(corners), "gone on with");
  await app.drawing.takeBack();
  await app.drawing.takeBack();
  await app.drawing.hasCorners(1); // the second was set before the interruption
  await app.map.tap(corners[2]);
  await app.drawing.hasCorners(2);
  await measures(app, length([corners[0], corners[2]]), "with another second corner");
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
});

story("a corner is dragged to where it belongs, and the map stays where it is", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  const corners = [[123.4959, 43.5262], [123.4966, 43.5264], [123.4966, 43.5267]];
  await draws(app, "line", corners);
  const before = await app.map.view();
  const better = [123.4963, 43.5266];
  await drag(page, await app.map.pixel(corners[1]), await app.map.pixel(better));
  await app.drawing.hasCorners(3);
  await measures(app, length([corners[0], better, corners[2]]), "after it was dragged");
  assert.deepEqual(await app.map.view(), before);
  await app.drawing.takeBack(); // the move, and no corner
  await measures(app, length(corners), "with the corner where it was");
  await app.drawing.hasCorners(3);
  await app.map.tap(corners[2]); // its end, once more
  await app.card.showsPlace("place_line");
});

story("a finger that takes its time over a corner sets it all the same", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  const corners = [[123.4959, 43.5262], [123.4966, 43.5264]];
  await draws(app, "line", corners.slice(0, 1));
  await app.map.press(corners[1]);
  await app.drawing.hasCorners(2);
  await measures(app, length(corners), "after it was lifted");
  await app.map.press(corners[1]); // its end, once more
  await app.card.showsPlace("place_line");
});

story("a drawing left half done is offered again, with its corners", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  const corners = [[123.4959, 43.5262], [123.4966, 43.5264], [123.4966, 43.5267]];
  await draws(app, "line", corners.slice(0, 2));
  await page.goBack();
  await app.toast.says("map.draw_left");
  await hashThat(page, (hash) => hash.startsWith("#/?"), "is the map's");
  await app.toast.take("map.draw_on");
  await app.map.takesCorners();
  await app.drawing.hasCorners(2);
  await app.map.tap(corners[2]);
  await app.drawing.hasCorners(3);
  await measures(app, length(corners), "gone on with");
  // Also where nobody took the offer, and the app was opened anew.
  await App.at(page, MIDDLE, 18);
  await app.map.loaded();
  await app.map.draw("line");
  await app.drawing.hasCorners(3);
  await app.toast.take("map.corners_anew");
  await app.drawing.hasCorners(0);
});

story("back from the card of a drawing goes on with it; once work is plotted, back leads to the map", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  const corners = [[123.4959, 43.5262], [123.4966, 43.5264], [123.4966, 43.5267]];
  await draws(app, "line", corners.slice(0, 2));
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
  await app.sheet.back();
  await app.map.takesCorners();
  await app.map.tap(corners[2]);
  await app.drawing.hasCorners(3);
  await measures(app, length(corners), "gone on with");
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
  await app.card.plot();
  await app.plotMenu.choose("crack-seal");
  await app.task.shows("crack-seal", "open");
  await app.sheet.close();
  await hashThat(page, (hash) => hash.startsWith("#/?"), "is the map's, past the card of the line");
});

story("a drawing begun by a link leads to the map once work is plotted on it", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page, "#/draw/line/123.4959,43.5262;123.4966,43.5264?at=18/43.5262/123.4963");
  await app.drawing.hasCorners(2);
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
  await app.card.plot();
  await app.plotMenu.choose("crack-seal");
  await app.task.shows("crack-seal", "open");
  await app.sheet.close();
  await hashThat(page, (hash) => hash.startsWith("#/?"), "is the map's");
});

story("a place under the crosshair is taken with one press", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, MIDDLE, 18);
  await app.map.loaded();
  await app.map.draw("point");
  await app.drawing.done().click();
  await app.card.showsPlace();
});

story("an area is as large as what one walked around, whatever the phone said while one stood still", { device: "phone" }, async ({ page }) => {
  await phoneWalks(page);
  const app = await App.at(page, MIDDLE, 19);
  const corners = [[123.49622, 43.52628], [123.49659, 43.52629], [123.4966, 43.52603], [123.4962, 43.52605]];
  await app.map.loaded();
  await app.map.draw("area");
  await app.drawing.goRound();
  const says = (at, accuracy) => goes(page, [{ s: 1, at, accuracy }]);
  await says(corners[0], 80);
  await app.drawing.waitsForAFix();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);
  for (const [n, corner] of corners.entries()) {
    await says(corner, 5);
    await app.drawing.hasCorners(n + 1);
    await says([corner[0] + 0.00001, corner[1]], 5); // where one stands it is a metre off
    await says([corner[0] + 0.01, corner[1]], 60); // and from a mast half a mile
  }
  await measures(app, area(corners), "while walking");
  await app.drawing.hasCorners(corners.length);
  await app.drawing.takeBack();
  await app.drawing.hasCorners(corners.length - 1);
  const [east, north] = corners.at(-1);
  await says([east, north], 5); // still there: what was taken back stays so
  await says([east, north + 0.0001], 5);
  await app.drawing.hasCorners(corners.length);
  await app.drawing.takeBack();
  await app.drawing.hasCorners(corners.length - 1);
  await says([east, north], 5);
  await app.drawing.hasCorners(corners.length);
  await measures(app, area(corners), "where one walked on");
  await app.drawing.goRound();
  await becomes(() => watches(page), 0, "battery: nobody asks where the phone is");
  await app.drawing.finish();
  await app.card.showsPlace("place_area");
  isAbout(number(await app.card.fact("map.area").innerText()), area(corners), "on the card");
});
