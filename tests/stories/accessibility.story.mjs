// No screen has a violation of serious or critical weight, in either theme, on phone and desk.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { DRAIN } from "./lib/city.mjs";
import { smallTargets } from "./lib/targets.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { LayersPage } from "./pages/layers.mjs";
import { go, panel } from "./pages/navigation.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { Sheet } from "./pages/sheet.mjs";
import { word } from "./pages/words.mjs";

const BAD_FILE = JSON.stringify({ type: "FeatureCollection", features: [{ type: "Feature", geometry: null, properties: {} }] });

/** Every screen, in the order in which one leads to the next. Each step ends where it can be seen. */
const SCREENS = [
  ["the map with its hint", async (page) => {
    const app = await App.open(page);
    await app.sheet.heading.waitFor();
    await app.sheet.grow(); // on a desk there is nothing to grow
    await panel(page).getByRole("heading", { name: /三步/ }).waitFor();
    await panel(page).getByRole("listitem").getByRole("button").first().waitFor();
  }],
  ["the legend", async (page) => {
    await panel(page).getByText("图例", { exact: true }).click();
    await panel(page).getByRole("switch").first().waitFor();
  }],
  ["search results", async (page) => {
    await page.getByRole("combobox", { name: /搜索/ }).fill("雨箅子2");
    await page.getByRole("search").getByRole("listitem").first().waitFor();
  }],
  ["a search without results", async (page) => {
    await page.getByRole("combobox", { name: /搜索/ }).fill("没有这个");
    await page.getByRole("search").getByText(/没有找到/).waitFor();
  }],
  ["an asset's card", (page) => new Errand(page).find("2203820104000001")],
  ["the plot menu", async (page) => {
    await new Errand(page).button("task.plot").click();
    await panel(page).getByRole("button", { name: /^清掏雨漏/ }).waitFor();
  }],
  ["a task's card with its toast", async (page) => {
    await panel(page).getByRole("button", { name: /^清掏雨漏/ }).click();
    await new Errand(page).button("task.report").waitFor();
  }],
  ["the report form", async (page) => {
    await new Errand(page).button("task.report").click();
    await panel(page).getByRole("textbox").first().waitFor();
  }],
  ["the report form with errors", async (page) => {
    await panel(page).getByRole("textbox").first().fill("很多");
    await panel(page).getByRole("button", { name: /^清掏完成/ }).last().click();
    await panel(page).getByText(/不是数/).waitFor();
  }],
  ["the report form with a doubt", async (page) => {
    await panel(page).getByRole("textbox").first().fill("9999");
    await panel(page).getByText(/没有填错吗/).waitFor();
  }],
  ["a closed task's card", async (page) => {
    await panel(page).getByRole("textbox").first().fill("1");
    await panel(page).getByRole("button", { name: /^清掏完成 / }).last().click();
    await panel(page).getByText("已完成", { exact: true }).first().waitFor();
  }],
  ["today, empty", (page) => go(page, "work")],
  ["today, all of it", async (page) => {
    await panel(page).getByText("全部", { exact: true }).click();
    await panel(page).getByRole("listitem").first().waitFor();
  }],
  ["completion before a choice", async (page) => {
    await CompletionPage.open(page);
    await panel(page).getByText(word("completion.choose"), { exact: true }).waitFor();
  }],
  ["completion", async (page) => {
    await new CompletionPage(page).choose("drain-clear");
    await panel(page).getByRole("img", { name: /做完/ }).waitFor();
  }],
  ["completion of days of one's own", async (page) => {
    await new CompletionPage(page).period("custom");
    await panel(page).getByLabel(word("completion.from")).waitFor();
  }],
  ["layers", async (page) => {
    const layers = await LayersPage.open(page);
    await layers.unfold();
    await layers.layer("toilets").waitFor();
  }],
  ["layers with a file that has problems", async (page) => {
    await new LayersPage(page).give("toilets", "bad.geojson", BAD_FILE);
  }],
  ["settings", (page) => SettingsPage.open(page)],
  ["the keys", async (page) => {
    await panel(page).getByRole("button", { name: "键盘快捷键" }).click();
    await page.getByRole("dialog").waitFor();
  }],
  ["what can be added", async (page) => {
    await page.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await go(page, "map");
    await new Sheet(page).shrink();
    await page.getByRole("button", { name: "添加", exact: true }).click();
    await page.getByRole("dialog").waitFor();
  }],
  ["drawing a line", async (page) => {
    await page.getByRole("dialog").getByRole("button", { name: /一条线/ }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }],
  ["a place's card", async (page) => {
    await page.evaluate(() => (location.hash = "#/place/point/123.5,43.52"));
    await new App(page).card.showsPlace();
  }],
  ["what can be done at a place", async (page) => {
    await new App(page).card.plot();
    await new App(page).plotMenu.shows();
  }],
  ["a drawn area's card", async (page) => {
    await page.evaluate(() => (location.hash = "#/place/area/123.5,43.52;123.501,43.52;123.501,43.521"));
    await panel(page).getByRole("button", { name: "标一件活" }).waitFor();
  }],
  ["a card that is not here", async (page) => {
    await page.evaluate(() => (location.hash = "#/task/018f0000-0000-7000-8000-000000000000"));
    await panel(page).getByRole("heading", { name: "这里找不到这一项" }).waitFor();
  }],
];

for (const device of ["phone", "desk"]) {
  for (const colorScheme of ["light", "dark"]) {
    story(`every screen of a ${device} in ${colorScheme} can be used by everyone`, { device, colorScheme }, async ({ page }) => {
      const found = [];
      for (const [name, show] of SCREENS) {
        await show(page);
        found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
        found.push(...(await smallTargets(page)).map((target) => `${name}: ${target}`));
      }
      assert.deepEqual(found, []);
    });
  }
}

/** The same in English, as far as one asset leads from the map to the closed work and to each place of the navigation. */
const IN_ENGLISH = [
  ["the map with its hint", async (app) => {
    await app.sheet.grow();
    await app.map.loaded();
  }],
  ["search results", async (app) => {
    await app.search.type(DRAIN.code);
    await app.search.result(DRAIN.name).waitFor();
  }],
  ["an asset's card", (app) => new Errand(app.page).find(DRAIN.code)],
  ["the plot menu", async (app) => {
    await app.card.plot();
    await app.plotMenu.shows();
  }],
  ["a task's card", async (app) => {
    await app.plotMenu.choose("drain-clear");
    await app.task.shows("drain-clear", "open");
    await app.task.start();
    await app.task.shows("drain-clear", "under_way");
  }],
  ["the report form", async (app) => {
    await app.task.report();
    await app.report.shows();
  }],
  ["a closed task's card", async (app) => {
    await app.report.close("drain-clear").click();
    await app.task.shows("drain-clear", "reported");
  }],
  ["today", async (app) => {
    await app.go("work");
    await app.work.filter("all");
    await app.work.lines("drain-clear").waitFor();
  }],
  ["completion", async (app) => (await CompletionPage.open(app.page)).choose("drain-clear")],
  ["layers with a file that has problems", async (app) => {
    const layers = await LayersPage.open(app.page);
    await layers.unfold();
    await layers.give("toilets", "bad.geojson", BAD_FILE);
  }],
  ["settings", (app) => SettingsPage.open(app.page)],
  ["drawing a line", async (app) => {
    await app.go("map");
    await app.sheet.shrink();
    await app.map.draw("line");
  }],
];

for (const [device, colorScheme] of [["phone", "dark"], ["desk", "light"]]) {
  story(`every screen of a ${device} in English and ${colorScheme} can be used by everyone`, { device, colorScheme, locale: "en-GB" }, async ({ page }) => {
    const app = await App.open(page);
    const found = [];
    for (const [name, show] of IN_ENGLISH) {
      await show(app);
      found.push(...(await violations(page)).map((violation) => `${name}: ${violation}`));
    }
    assert.deepEqual(found, []);
  });
}

story("the outdoor theme can be used by everyone", { device: "phone" }, async ({ page }) => {
  await App.open(page);
  const settings = await SettingsPage.open(page);
  await settings.wear("outdoor");
  assert.deepEqual(await violations(page), []);
  await go(page, "map");
  await new App(page).sheet.grow();
  await panel(page).getByRole("listitem").getByRole("button").first().waitFor();
  assert.deepEqual(await violations(page), []);
});
