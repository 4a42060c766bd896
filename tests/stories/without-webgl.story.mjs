// A device that cannot show the map: the lists do the whole job, and the page says why.
import assert from "node:assert/strict";
import { story, turns, violations } from "./harness.mjs";
import { SHUANGLIAO } from "./lib/device.mjs";
import { area, length } from "./lib/geodesic.mjs";
import { closes, isAbout, measures, number, place } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { smallTargets } from "./lib/targets.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { go, panel } from "./pages/navigation.mjs";
import { within, word } from "./pages/words.mjs";

const NO_3D = ["--disable-3d-apis"];

/** Counts in the page who watches the position. */
function countWatches() {
  const { watchPosition, clearWatch } = Geolocation.prototype;
  window.watches = new Set();
  Geolocation.prototype.watchPosition = function (...asked) {
    const id = watchPosition.apply(this, asked);
    window.watches.add(id);
    return id;
  };
  Geolocation.prototype.clearWatch = function (id) {
    window.watches.delete(id);
    return clearWatch.call(this, id);
  };
}
const watches = (page) => page.evaluate(() => window.watches.size);

for (const device of ["desk"]) {
  story(`without WebGL 2 a ${device} finds, plots, starts, reports and closes by lists alone`, { device, flags: NO_3D }, async ({ page }) => {
    await page.addInitScript(countWatches);
    await App.open(page);
    assert.equal(await page.evaluate(() => document.createElement("canvas").getContext("webgl2")), null, "this browser has no WebGL 2");
    const why = panel(page).getByRole("status").filter({ hasText: "显示不了地图" });
    await why.waitFor();
    for (const colorScheme of ["dark", "light"]) {
      await turns(page, colorScheme);
      assert.deepEqual(await violations(page), []);
    }
    assert.match(await why.innerText(), /WebGL 2.*搜索、附近.*更新浏览器/s);
    assert.equal(await page.getByRole("application").count(), 0);

    // What is nearest to the middle of the city is listed without being asked for.
    const nearest = panel(page).getByRole("listitem").getByRole("button", { name: /雨箅子/ }).first();
    await nearest.waitFor();
    const lines = panel(page).getByRole("list").last().getByRole("listitem");
    await becomes(() => lines.count(), 30);
    await panel(page).getByRole("button", { name: word("common.show_more", { n: 30 }) }).click();
    await becomes(() => lines.count(), 60);
    assert.equal(await panel(page).getByText(word("map.hint_1")).count(), 0, "there is no map to tap");
    await panel(page).getByText(word("map.hint_1_list")).waitFor();
    await panel(page).getByText(word("task.sorted_city")).waitFor();
    await panel(page).getByRole("button", { name: word("map.locate") }).click();
    await panel(page).getByText(word("task.sorted_near")).waitFor();
    await becomes(() => watches(page), 0); // once is enough
    await nearest.click();
    const errand = new Errand(page);
    await errand.plot("drain-clear");
    await errand.button("task.start").click();
    await panel(page).getByText("进行中", { exact: true }).first().waitFor();
    await errand.close("drain-clear");
    await panel(page).getByText("已完成", { exact: true }).first().waitFor();

    await errand.find("2203820118000001"); // and by search
    await errand.plot("lamp-repair");
    await go(page, "work");
    await becomes(() => panel(page).getByRole("listitem").count(), 1);
    assert.deepEqual(await violations(page), []);
  });
}

story("a map whose picture is lost for good leaves the lists at work", { device: "desk" }, async ({ page }) => {
  await page.addInitScript(() => {
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind === "webgl2" || kind === "webgl" ? null : get.call(this, kind, ...rest);
    };
  });
  await App.open(page);
  await panel(page).getByText("显示不了地图").waitFor();
  await new Errand(page).find("2203820104000001");
});

story("without a map a place is where this device is, or at its coordinates", { device: "phone", flags: NO_3D }, async ({ page }) => {
  await page.addInitScript(countWatches);
  const app = await App.open(page);
  await app.drawing.begin("point");
  await app.drawing.isAt([SHUANGLIAO.longitude, SHUANGLIAO.latitude]);
  assert.equal(await watches(page), 1);
  await app.drawing.finish();
  await app.card.showsPlace();
  assert.equal(await watches(page), 0, "nobody looks where the device is who need not know");
  const coordinates = async () => (await app.card.fact("map.coordinates").innerText()).split(", ").map(Number);
  const [latitude, longitude] = await coordinates();
  assert.ok(Math.abs(latitude - SHUANGLIAO.latitude) < 1e-6 && Math.abs(longitude - SHUANGLIAO.longitude) < 1e-6);

  await app.sheet.close();
  await app.drawing.begin("point");
  await app.drawing.type("43.5261，123.4952");
  await app.card.showsPlace();
  assert.deepEqual(await coordinates(), [43.5261, 123.4952]);
});

story("without a map a line is walked corner by corner, plotted, reported and closed", { device: "phone", flags: NO_3D }, async ({ page, device }) => {
  await page.addInitScript(countWatches);
  const app = await App.open(page);
  const adds = async ([longitude, latitude], n) => {
    await device.context.setGeolocation({ longitude, latitude, accuracy: 5 });
    await app.drawing.isAt([longitude, latitude]);
    await app.drawing.addHere();
    await app.drawing.hasCorners(n);
  };
  const corners = [[123.4951, 43.5257], [123.4962, 43.5266], [123.4976, 43.5259], [123.4979, 43.5267]];
  await app.drawing.begin("line");
  await adds(corners[0], 1);
  assert.equal(await app.drawing.done().getAttribute("aria-disabled"), "true", "one corner is no line");
  await adds([123.51, 43.53], 2); // a detour
  await adds(corners[1], 3);
  for (const colorScheme of ["dark", "light"]) {
    await turns(page, colorScheme);
    assert.deepEqual([...(await violations(page)), ...(await smallTargets(page))], []);
  }
  await app.drawing.takeOut(2);
  await app.drawing.hasCorners(2);
  await measures(app, length(corners.slice(0, 2)), "without the detour");
  await app.drawing.corner(2).filter({ hasText: within("map.corner_leg", { d: "130米" }) }).waitFor();

  // What was walked is still there after going back, and after the page was loaded anew.
  await app.sheet.back();
  await panel(page).getByRole("listitem").getByRole("button").first().waitFor();
  await becomes(() => watches(page), 0);
  await app.reload();
  await app.drawing.begin("line");
  await app.drawing.hasCorners(2);
  await panel(page).getByText(word("map.corners_kept")).waitFor();
  await adds(corners[2], 3);
  await app.reload();
  await app.drawing.hasCorners(3);
  await measures(app, length(corners.slice(0, 3)), "gone on with");
  await adds(corners[3], 4);
  await measures(app, length(corners), "while walking");
  await app.drawing.finish();
  await app.card.showsPlace("place_line");
  const shown = number(await app.card.fact("map.length").innerText());
  isAbout(shown, length(corners), "on the card");
  const { target, line } = await closes(app, "crack-seal", shown);
  assert.deepEqual(target.line.map(place), corners);
  assert.ok(Math.abs(Number(line.quantity) - length(corners)) < 0.02, `${line.quantity} m reported of ${length(corners)} m`);

  await app.go("map");
  await app.drawing.begin("line");
  await app.drawing.isAt(corners[3]);
  await app.drawing.hasCorners(0); // the former corners have become work
});

story("without a map and a position an area is given by its coordinates, plotted, reported and closed", { device: "desk", locale: "en-GB", flags: NO_3D, location: null }, async ({ page }) => {
  const app = await App.open(page);
  const corners = [[123.49622, 43.52628], [123.49639, 43.52629], [123.4964, 43.52613], [123.4962, 43.52615]];
  await app.drawing.begin("area");
  await seen(panel(page).getByText(word("map.locate_denied")));
  await app.drawing.type("123.49622, 43.52628");
  await seen(panel(page).getByText(word("map.typed_wrong")));
  await app.drawing.type("34.52, 123.49622"); // two digits changed places
  await seen(panel(page).getByText(within("map.typed_far", { city: "Shuangliao" })));
  await app.drawing.hasCorners(0);
  for (const [at, [longitude, latitude]] of corners.entries()) {
    await app.drawing.type(`${latitude}, ${longitude}`);
    await app.drawing.hasCorners(at + 1);
  }
  assert.deepEqual([...(await violations(page)), ...(await smallTargets(page))], []);
  await page.keyboard.press("ControlOrMeta+z");
  await app.drawing.hasCorners(3);
  await measures(app, area(corners.slice(0, 3)), "three corners");
  await app.drawing.type("43.52615 123.4962");
  await measures(app, area(corners), "four corners");
  await app.drawing.finish();
  await app.card.showsPlace("place_area");
  const shown = number(await app.card.fact("map.area").innerText());
  isAbout(shown, area(corners), "on the card");
  const { target, line } = await closes(app, "pothole-patch", shown);
  assert.deepEqual(target.polygon[0].map(place), corners);
  assert.ok(Math.abs(Number(line.quantity) - area(corners)) < 0.05, `${line.quantity} m² reported of ${area(corners)} m²`);
});
