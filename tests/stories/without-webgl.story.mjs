// A device that cannot show the map: the lists do the whole job, and the page says why.
import assert from "node:assert/strict";
import { story, turns, violations } from "./harness.mjs";
import { SHUANGLIAO } from "./lib/device.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { go, panel } from "./pages/navigation.mjs";
import { within, word } from "./pages/words.mjs";

const NO_3D = ["--disable-3d-apis"];

for (const device of ["desk"]) {
  story(`without WebGL 2 a ${device} finds, plots, starts, reports and closes by lists alone`, { device, flags: NO_3D }, async ({ page }) => {
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

story("without a map a place is where this device is, and nowhere else", { device: "phone", flags: NO_3D }, async ({ page }) => {
  const app = await App.open(page);
  await app.sheet.shrink();
  await page.getByRole("button", { name: word("map.add") }).click();
  await page.getByRole("dialog").getByRole("button", { name: within("map.add_point_hint") }).click();
  await app.drawing.done().click();
  await app.card.showsPlace();
  const [latitude, longitude] = (await app.card.fact("map.coordinates").innerText()).split(", ").map(Number);
  assert.ok(Math.abs(latitude - SHUANGLIAO.latitude) < 1e-6 && Math.abs(longitude - SHUANGLIAO.longitude) < 1e-6);
});
