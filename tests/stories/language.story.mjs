// Chinese and English: the browser's at the first visit, the person's from then on.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { difference, pixels } from "./lib/picture.mjs";
import { appears, becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { LayersPage } from "./pages/layers.mjs";
import { go, panel } from "./pages/navigation.mjs";
import { SettingsPage } from "./pages/settings.mjs";

const language = (page) => page.evaluate(() => document.documentElement.lang);
/** Chinese letters in what can be read, names that the city gives its streets and assets left out. */
const chinese = (text) => text.match(/\p{Script=Han}+/gu) ?? [];
/** The demonstration's own names: they are the city's, in any language. */
const GIVEN = /^(?:中文|城养一张图)$/;

story("the first visit speaks the browser's language", { device: "desk", locale: "en-GB" }, async ({ page, another }) => {
  await App.open(page);
  await becomes(() => language(page), "en");
  await becomes(() => page.title(), "Mendmap");
  await page.getByRole("link", { name: "Today" }).waitFor();

  const taiwan = await another({ locale: "zh-TW" });
  await App.open(taiwan.page);
  await taiwan.page.getByRole("link", { name: "今天" }).waitFor();
  assert.equal(await language(taiwan.page), "zh-CN");
  assert.match(await taiwan.page.title(), /城养一张图/);

  const mongol = await another({ locale: "mn" });
  await App.open(mongol.page);
  await becomes(() => language(mongol.page), "en");
});

story("the language switches everywhere, and is remembered", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded(); // what comes late is looked at too
  const settings = await SettingsPage.open(page);
  assert.equal(await language(page), "zh-CN");
  const zh = await page.title();
  await settings.speak("English");
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await becomes(() => language(page), "en");
  await appears(async () => (await page.title()) !== zh, "the document's title to follow");

  for (const tab of ["settings", "work", "completion", "layers"]) {
    await go(page, tab);
    const strange = chinese(await panel(page).innerText()).filter((text) => !GIVEN.test(text));
    assert.deepEqual(strange, [], `${tab} is all in English`);
  }
  /** What only a screen reader hears. */
  const names = () =>
    page.locator("[aria-label], [title], [placeholder]").evaluateAll((all) =>
      all.flatMap((element) => ["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? "")),
    );
  await becomes(async () => (await names()).flatMap(chinese), []);

  await app.reload();
  await becomes(() => language(page), "en");
  await page.getByRole("link", { name: "Completion" }).waitFor();
});

story("numbers and dates take the form of the language", { device: "desk" }, async ({ page }) => {
  await App.open(page);
  const errand = new Errand(page);
  await errand.find("2203820104000001");
  await errand.plot("drain-clear");
  await errand.close("drain-clear", { quantity: "2" });
  const today = new Date();
  const zh = new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeZone: "Asia/Shanghai" }).format(today);
  const en = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "Asia/Shanghai" }).format(today);
  await becomes(async () => (await panel(page).innerText()).includes(zh), true);
  await (await SettingsPage.open(page)).speak("English");
  await page.goBack();
  await becomes(async () => (await panel(page).innerText()).includes(en), true);
  assert.match(await panel(page).innerText(), /2\s?pcs|2 units|2/);
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.shows({ done: 1, open: 0, never: 3999, left: 3999 });
  await page.getByText("3,999", { exact: true }).first().waitFor();
});

story("dates take the form of the browser's own region", { device: "desk", locale: "en-GB" }, async ({ page }) => {
  await App.open(page);
  const errand = new Errand(page);
  await errand.find("2203820104000001");
  await errand.plot("drain-clear");
  await errand.close("drain-clear");
  const today = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "Asia/Shanghai" }).format(new Date());
  await becomes(async () => (await panel(page).innerText()).includes(today), true); // 3 May 2024, not May 3, 2024
});

story("the map's own words switch too", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page, "#/?at=16/43.52/123.5");
  await app.map.loaded();
  await page.getByRole("application", { name: /地图/ }).waitFor();
  await page.locator(".map-scale").filter({ hasText: /米/ }).waitFor();
  await (await SettingsPage.open(page)).speak("English");
  await page.getByRole("application", { name: /Map/ }).waitFor();
  await page.locator(".map-scale").filter({ hasText: /\d+ m/ }).waitFor();
  await page.getByRole("button", { name: "Zoom in" }).waitFor();
});

story("the names of kinds follow the language in legend and layers", { device: "phone", locale: "en-GB" }, async ({ page }) => {
  await App.open(page);
  const layers = await LayersPage.open(page);
  for (const name of ["Roads", "Manholes", "Storm drains", "Pump stations", "Public toilets", "Renovated communities"]) {
    await layers.panel.getByRole("switch", { name: new RegExp(`^${name}`) }).waitFor();
  }
  await (await SettingsPage.open(page)).speak("中文");
  await LayersPage.open(page);
  for (const name of ["道路", "检查井", "雨漏", "泵站", "公厕", "改造小区"]) {
    await layers.panel.getByRole("switch", { name: new RegExp(`^${name}`) }).waitFor();
  }
});
