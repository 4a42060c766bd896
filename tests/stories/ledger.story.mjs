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

story("a figure is told apart by month, crew and street, narrowed to a street, and its address leads back to that", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  await page.goto(page.url().replace(/#.*/, "#/ledger/2024-01-01/2024-10-31/verified"));
  const ledger = new Ledger(page);
  await ledger.shows();
  await becomes(async () => /^3,846/.test(await ledger.figure("drain-clear").innerText()), true);
  await ledger.line("drain-clear").click();
  const sum = (bars) => Object.values(bars).reduce((a, b) => a + b, 0);
  await becomes(async () => sum(await ledger.apart("desk.p_month")), 3846);
  assert.ok(Object.keys(await ledger.apart("desk.p_month")).every((month) => /^2024-(0\d|10)$/.test(month)));
  await becomes(async () => sum(await ledger.apart("desk.crew")), 3846);
  const streets = await ledger.apart("completion.by_street");
  assert.equal(sum(streets), 3846);
  const [street, count] = Object.entries(streets).find(([name]) => /[街路]$/.test(name));

  await ledger.on(street);
  await becomes(async () => Number((await ledger.figure("drain-clear").innerText()).replaceAll(/\D/g, "")), count);
  await app.reload();
  await ledger.shows();
  await becomes(async () => Number((await ledger.figure("drain-clear").innerText()).replaceAll(/\D/g, "")), count);
  assert.equal(await page.locator("#ledger-street").inputValue(), street);
  assert.deepEqual(await violations(page), []);
});

story("figures that were published a year before are taken in from a table, stand beside this year's, and are given up", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  await page.goto(page.url().replace(/#.*/, "#/ledger/2024-01-01/2024-10-31/verified"));
  const ledger = new Ledger(page);
  await ledger.shows();
  await becomes(async () => /^6,500/.test(await ledger.figure("pothole-patch").innerText()), true);

  // Without days of its own it is of the same days a year before; what cannot be read is named.
  const said = await ledger.takeFigures("last-year.csv", "工作,数量,单位\n补坑槽,5000,m2\n清掏雨漏,四千,pcs\n种树,12,pcs\n");
  assert.match(said, /3.+四千/s);
  assert.match(said, /4.+种树/s);
  await becomes(async () => /\+30%/.test(await ledger.about("pothole-patch")), true);
  assert.match(await ledger.about("pothole-patch"), /5,000/);
  assert.deepEqual(await violations(page), []);
  await page.reload();
  await ledger.shows();
  await becomes(async () => /5,000/.test(await ledger.about("pothole-patch")), true);

  // Of other days they stand beside nothing; of no figure at all, all stays as it was.
  await ledger.takeFigures("2022.csv", "Id,Quantity,From,To\npothole-patch,4000,2022-01-01,2022-12-31\n");
  await becomes(async () => /公布|published/.test(await ledger.about("pothole-patch")), false);
  const none = await ledger.takeFigures("nothing.csv", "Id,Quantity\n");
  assert.match(none, /没有数字|no figures/);
  assert.match(await ledger.published.innerText(), /2022/);
  await ledger.dropFigures();
  await becomes(async () => /2022年|2022-/.test(await ledger.published.innerText()), false);
});

story("the ledger prints on A4 with nothing cut off", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  // A browser without a head prints nothing and says so at once, which would take the sheet away.
  await page.evaluate(() => (window.print = () => {}));
  await page.goto(page.url().replace(/#.*/, "#/ledger/2024-01-01/2024-10-31/verified"));
  const ledger = new Ledger(page);
  await ledger.shows();
  await becomes(async () => /^3,846/.test(await ledger.figure("drain-clear").innerText()), true);
  await ledger.button("print").click();
  await page.locator(".paper table").waitFor({ state: "attached" });
  await page.emulateMedia({ media: "print" });
  // A4 at 96 dots an inch, less a margin of 10 mm on each side.
  await page.setViewportSize({ width: 718, height: 1047 });
  const cut = await page.locator(".paper :is(td, th, p, h1)").evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > 718 || one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
  assert.deepEqual(cut, []);
  const rows = await page.locator(".paper tbody tr").count();
  assert.ok(rows >= 16, `${rows} lines`);
  const { zh } = printed();
  assert.equal(await page.locator(".paper .text").innerText(), zh);
  const pdf = await page.pdf({ format: "A4", margin: { top: "10mm", bottom: "10mm", left: "10mm", right: "10mm" } });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages >= 1 && pages <= 2, `${pages} pages, of which none is empty`);
});
