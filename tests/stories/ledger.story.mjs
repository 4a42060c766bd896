// How much was done: the year's figures, in the browser and without a server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { printed, yearFile } from "./lib/year.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { asset } from "./lib/city.mjs";
import { Ledger } from "./pages/ledger.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { within, word } from "./pages/words.mjs";

story("the year that was merged from a file prints the figures that were published", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const settings = await SettingsPage.open(page);
  await settings.merge(yearFile());
  await page.goto(page.url().replace(/#.*/, "#/ledger/2024-01-01/2024-10-31"));
  const ledger = new Ledger(page);
  await ledger.shows();
  await ledger.count("verified");
  const { zh, en } = printed();
  await becomes(() => ledger.paragraph.inputValue(), zh);
  assert.deepEqual(await violations(page), []);
  for (const [kind, figure] of [["pothole-patch", "6,500"], ["drain-clear", "3,846"], ["crack-seal", "210,000"], ["lamp-repair", "1,099"]]) {
    assert.ok((await ledger.figure(kind).innerText()).startsWith(figure), `${kind}: ${await ledger.figure(kind).innerText()}`);
  }
  await ledger.line("lamp-repair").click();
  await becomes(() => ledger.behind().count(), 50);
  await ledger.behind().first().click();
  await app.sheet.region.getByText(word("common.mark_verified")).first().waitFor();
  await app.sheet.back().catch(() => page.goBack());
  await ledger.shows();

  // What a crew did is a part of it; what is changed by hand is copied, and taken back.
  await ledger.count("verified");
  await becomes(() => ledger.paragraph.inputValue(), zh);
  await ledger.paragraph.fill(`${zh}（送审稿）`);
  await ledger.button("again_print").click();
  assert.equal(await ledger.paragraph.inputValue(), zh);
  const [download] = await Promise.all([page.waitForEvent("download"), ledger.button("table").click()]);
  const table = readFileSync(await download.path(), "utf8");
  assert.match(table, /补坑槽,,6500,/);
  await ledger.of("lamp-1");
  await becomes(async () => /^0/.test(await ledger.figure("pothole-patch").innerText()), true);
  assert.equal(await ledger.paragraph.inputValue(), zh, "what is printed is the city's");
  await ledger.of("");
  await (await SettingsPage.open(page)).speak("English");
  await page.goto(page.url().replace(/#.*/, "#/ledger/2024-01-01/2024-10-31"));
  await ledger.shows();
  await ledger.count("verified");
  await becomes(() => ledger.paragraph.inputValue(), en);
});

story("a figure moves by exactly what is reported", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const errand = new Errand(page);
  await errand.find(asset("storm-drains", "2203820104001000").code);
  await errand.plot("drain-clear");
  await errand.close("drain-clear", { quantity: 1 });
  await app.go("completion");
  await app.sheet.region.getByRole("button", { name: within("desk.open_ledger") }).click();
  const ledger = new Ledger(page);
  await ledger.shows();
  await becomes(async () => /^1\D/.test(await ledger.figure("drain-clear").innerText()), true);
  await ledger.line("drain-clear").click();
  await becomes(() => ledger.behind().count(), 1);
});
