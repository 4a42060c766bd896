// Links reproduce what was seen; the next visit begins where the last one ended.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { hash } from "./lib/address.mjs";
import { DRAIN, LAMP, MANHOLE } from "./lib/city.mjs";
import { distance } from "./lib/geodesic.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { panel } from "./pages/navigation.mjs";
import { word } from "./pages/words.mjs";

/** Where the map looks, as the address says. */
const view = async (page) => (await hash(page)).match(/at=([\d.]+)\/([\d.]+)\/([\d.]+)/)?.slice(1).map(Number);
const listed = (page) => panel(page).getByRole("listitem").getByRole("button");

story("a link shows another device the same view and the same asset", { device: "desk" }, async ({ page, another }) => {
  const app = await App.open(page, "#/?at=17/43.5063/123.4812");
  await app.map.loaded();
  await new Errand(page).find("2203820104000002");
  const card = await panel(page).getByRole("heading", { level: 2 }).innerText();
  const [link] = await becomesStill(async () => [await hash(page)]); // the map has come to the asset

  const other = await another();
  const theirs = await App.open(other.page, link);
  await panel(other.page).getByRole("heading", { level: 2, name: card }).waitFor();
  assert.match(await panel(other.page).innerText(), /2203820104000002/);
  const [zoom, lat, lon] = await view(page);
  await becomes(async () => {
    const [otherZoom, otherLat, otherLon] = (await view(other.page)) ?? [];
    return Math.abs(otherZoom - zoom) < 0.05 && Math.abs(otherLat - lat) < 1e-4 && Math.abs(otherLon - lon) < 1e-4;
  }, true);
  // Without the card, what is listed around the middle of the map is the same too.
  for (const { sheet, map } of [app, theirs]) {
    await sheet.close();
    await map.loaded();
    await listed(map.page).first().waitFor();
  }
  await becomes(async () => listed(other.page).allInnerTexts(), await becomesStill(() => listed(page).allInnerTexts()));
});

story("the link to what is selected is copied with one press", { device: "phone" }, async ({ page, device, another }) => {
  await device.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const app = await App.open(page, `#/asset/${DRAIN.uid}`);
  await app.card.shows(DRAIN.name);
  await panel(page).getByRole("button", { name: word("map.share_link") }).click();
  await app.toast.says("map.link_copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await another();
  await other.page.goto(link);
  await new App(other.page).card.shows(DRAIN.name);
});

story("the next visit begins where the last one ended", { device: "desk" }, async ({ page, device }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await page.getByRole("button", { name: "放大" }).click();
  const map = page.getByRole("application");
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await becomes(async () => {
    const [zoom, , lon] = (await view(page)) ?? [0, 0, 0];
    return zoom > 14.9 && lon > 123.5005;
  }, true);
  // A manhole and the pipes that end in it are equally far: a hair decides their order.
  const seen = (await becomesStill(() => listed(page).allInnerTexts())).sort();
  const left = await view(page);
  await page.close();

  const again = await device.tab();
  await (await App.open(again)).map.loaded();
  await becomes(async () => (await listed(again).allInnerTexts()).sort().join(), seen.join());
  const now = await view(again);
  if (now) assert.deepEqual(now, left);
});

story("back shows the same part of the city again, however often", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  const began = await app.map.view();
  for (const code of [LAMP.code, MANHOLE.code]) {
    await new Errand(page).find(code);
    await becomes(async () => distance((await app.map.view()).center, began.center) > 50, true);
    await page.goBack();
    await app.map.loaded();
    const [zoom, longitude, latitude] = await becomesStill(async () => Object.values(await app.map.view()).flat());
    assert.ok(distance([longitude, latitude], began.center) < 1, "the map wandered");
    assert.equal(zoom, began.zoom);
  }
});

story("a link to something that is not here says so and what to do", { device: "phone" }, async ({ page }) => {
  await App.open(page, "#/task/018f0000-0000-7000-8000-000000000000");
  await panel(page).getByRole("heading", { name: "这里找不到这一项" }).waitFor();
  await panel(page).filter({ hasText: /导出记录文件.*合并/s }).waitFor();
});

/** What `look` gives once it gives the same twice. */
async function becomesStill(look) {
  for (let before = null; ; ) {
    const now = await look();
    if (before !== null && before.join() === now.join() && now.length > 0) return now;
    before = now;
    await new Promise((later) => setTimeout(later, 700));
  }
}
