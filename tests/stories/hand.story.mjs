// For every hand and eye: big letters, the left hand, and what is told to others outside the app.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { LAMP } from "./lib/city.mjs";
import { seen } from "./lib/seen.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { word } from "./pages/words.mjs";

/** How many pixels of what is shown lie beside the window. */
const hidden = (page) => page.evaluate(() => Math.max(0, ...[...document.querySelectorAll(".sheet *, .nav *")].filter((it) => it.getClientRects().length > 0 && getComputedStyle(it).position !== "absolute").map((it) => Math.max(it.getBoundingClientRect().right - innerWidth, -it.getBoundingClientRect().left))));

for (const locale of ["zh-CN", "en-GB"]) {
  story(`big letters and the left hand are kept, and everything stays within a small phone's window (${locale})`, { viewport: { width: 360, height: 740 }, locale }, async ({ page }) => {
    const app = await App.at(page, LAMP.at);
    await app.map.loaded();
    const settings = await SettingsPage.open(page);
    await settings.turn("large");
    await settings.turn("left");
    await app.reload();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "20px");
    for (const tab of ["work", "completion", "layers", "settings"]) {
      await app.go(tab);
      await becomes(() => hidden(page), 0);
      assert.deepEqual(await violations(page), [], tab);
    }
    const errand = new Errand(page);
    await app.go("map");
    await errand.find(LAMP.code);
    await errand.plot("lamp-repair");
    const [first, other] = await Promise.all([app.task.button("start"), app.task.button("report")].map((button) => button.boundingBox()));
    assert.ok(first.y !== other.y || first.x < other.x, "what is done first lies under the left thumb");
    await becomes(() => hidden(page), 0);
    await app.task.report();
    await app.report.shows();
    await becomes(() => hidden(page), 0);
    assert.deepEqual(await violations(page), []);
  });
}

story("what is copied for a chat says what, where, and how to find it", async ({ page, device }) => {
  await device.context.grantPermissions(["clipboard-read", "clipboard-write", "geolocation"]);
  const app = await App.at(page, LAMP.at);
  await app.map.loaded();
  const errand = new Errand(page);
  await errand.find(LAMP.code);
  await errand.plot("lamp-repair");
  await app.task.copyForChat();
  await app.toast.says("task.tell_copied");
  const [what, place, ...rest] = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  assert.equal(what, "【路灯维修】");
  assert.ok(place.startsWith("地点：") && (place.includes(LAMP.code) || place.includes(LAMP.name)), place);
  assert.equal(rest.at(-1), page.url());
  const [latitude, longitude] = rest.at(-2).match(/\d+\.\d+/g).map(Number);
  assert.ok(Math.abs(latitude - LAMP.at[1]) + Math.abs(longitude - LAMP.at[0]) < 1e-4, rest.at(-2));
});

story("WeChat's own browser is not where work is filled in, and the app says so", { userAgent: "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.42" }, async ({ page }) => {
  const app = await App.open(page, "#/work");
  await seen(app.sheet.region.getByText(word("task.wechat")));
  await seen(app.sheet.region.getByText(word("task.wechat_why")));
  assert.deepEqual(await violations(page), []);
});

story("a phone that is nearly full says so before the shot, and what is written down is kept all the same", async ({ page }) => {
  // Chromium tells every page of ten gigabytes; what a phone tells that is honest about it:
  await page.addInitScript(() => (navigator.storage.estimate = async () => ({ usage: 98_000_000, quota: 100_000_000 })));
  const app = await App.at(page, LAMP.at);
  await app.map.loaded();
  const errand = new Errand(page);
  await errand.find(LAMP.code);
  await errand.plot("lamp-repair");
  await app.task.report();
  await app.report.shows();
  await seen(app.report.region.getByText(word("task.photo_full")));
  assert.deepEqual(await violations(page), []);
  await app.report.close("lamp-repair").click();
  await app.task.shows("lamp-repair", "reported");
});
