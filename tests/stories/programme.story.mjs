// What is done over years: the ledger's own figures, and how far each asset's trades have come.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { yearFile } from "./lib/year.mjs";
import { App } from "./pages/app.mjs";
import { Desk } from "./pages/desk.mjs";
import { Ledger } from "./pages/ledger.mjs";
import { Programmes, Trades } from "./pages/programme.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { Toast } from "./pages/toast.mjs";
import { catalog, within } from "./pages/words.mjs";

const read = (layer) => JSON.parse(readFileSync(new URL(`../../public/city/${layer}.geojson`, import.meta.url), "utf8")).features.map(({ properties }) => properties);
const HOMES = read("communities");
const OUTFALLS = read("outfalls");
const [HEATED] = read("heated-communities");
const THIS_YEAR = new Date().getFullYear();

const of = (figures, year) => figures.find(([name]) => name === String(year))?.[1];
/** The number at the beginning of a cell; a plan stands behind it. */
const first = (cell) => Number(cell.match(/^[\d,]+/)?.[0].replaceAll(",", ""));

const at = (page, hash) => page.goto(`${new URL(page.url()).origin}/${hash}`);

story("communities, heating and outfalls are told year by year as the ledger has them", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  const programmes = await Programmes.open(page);
  const expected = [2023, 2022, 2021, 2020, 2019].map((year) => [year, HOMES.filter((home) => home.programme_year === year).length]);
  await becomes(async () => {
    const figures = await programmes.years();
    return expected.map(([year]) => [year, first(of(figures, year)?.[0] ?? "")]);
  }, expected);
  const [, inAll] = of(await programmes.years(), 2023);
  assert.equal(first(inAll), HOMES.length, "so many in all");
  await programmes.members(2023, expected[0][1]).waitFor();
  assert.deepEqual(await violations(page), []);

  // A community has the trades that its file names, each in word and mark.
  const home = HOMES.find((home) => home.programme_year === 2023);
  const line = programmes.member(home.ObjName).first();
  await line.getByText(within("programme.s_done")).first().waitFor();
  const labels = catalog.programmes[0].trades.filter((trade) => home.trades.includes(trade.value));
  const text = await line.innerText();
  assert.ok(labels.every(({ label }) => text.includes(label.zh) || text.includes(label.en)), text);

  // The same figure stands in the ledger of the year.
  await programmes.choose("heating");
  await becomes(async () => first(of(await programmes.years(), 2024)?.[0] ?? ""), 12);
  await programmes.year(2024).click();
  await programmes.members(2024, 12).waitFor();
  await programmes.ledger().click();
  const ledger = new Ledger(page);
  await ledger.shows();
  await becomes(async () => first(await ledger.figure("heating-renovate").innerText()), 12);
  await app.sheet.back();
  await programmes.shows();
  await programmes.members(2024, 12).waitFor();

  // Outfalls, by what they are.
  await at(page, "#/programme/outfalls/2024");
  await becomes(async () => of(await programmes.years(), 2024)?.map(first), [39, 7]);
  const kinds = new Map(catalog.properties.find(({ id }) => id === "outfall_kind").values.map(({ value, label }) => [value, label]));
  const parts = await programmes.parts();
  for (const [value, inOrder] of [["industrial", 1], ["sewage_works", 5], ["irrigation", 1]]) {
    const all = OUTFALLS.filter((outfall) => outfall.outfall_kind === value).length;
    const row = parts.find(([name]) => Object.values(kinds.get(value)).includes(name));
    assert.deepEqual(row[1].map(Number), [all, all, inOrder], value);
  }
  await programmes.members(2024, 39).waitFor();
  assert.deepEqual(await violations(page), []);
});

story("a supervisor plans a trade, sets it under way and done, and takes that back", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await Desk.here(page);
  await at(page, `#/asset/${HEATED.uid}`);
  await app.sheet.shows(HEATED.ObjName);
  await Trades.way(page, "heating").click();
  const trades = new Trades(page);
  await trades.shows(HEATED.ObjName);
  await trades.stands("outside").waitFor();
  assert.deepEqual(await violations(page), []);

  // Nothing was done on a day that is still to come; it can be planned for it.
  await trades.day.fill(`${THIS_YEAR + 1}-04-01`);
  await trades.setter("heating", "risers", "done").click();
  await trades.region.getByText(within("programme.to_come")).waitFor();
  await trades.setter("heating", "risers", "planned").click();
  await trades.takeBack("heating", "risers").waitFor();
  assert.equal(await trades.region.getByText(within("programme.to_come")).count(), 0);
  await trades.day.fill(`${THIS_YEAR}-01-05`);

  // By the keyboard; and it is there after a reload.
  await trades.setter("heating", "network", "under_way").focus();
  await page.keyboard.press("Enter");
  await new Toast(page).says("programme.kept");
  await becomes(() => trades.setter("heating", "network", "under_way").getAttribute("aria-pressed"), "true");
  await at(page, `#/programme/heating/${THIS_YEAR}`);
  await page.reload();
  const programmes = new Programmes(page);
  await programmes.members(THIS_YEAR, 1).waitFor();
  const line = programmes.member(HEATED.ObjName);
  await line.getByText(within("programme.s_under_way")).first().waitFor();
  await line.click();
  await trades.shows(HEATED.ObjName);
  await trades.stands("under_way").waitFor();

  await trades.day.fill(`${THIS_YEAR}-01-06`);
  await trades.setter("heating", "network", "done").click();
  await becomes(() => trades.setter("heating", "network", "done").getAttribute("aria-pressed"), "true");
  await new Toast(page).undo();
  await becomes(() => trades.setter("heating", "network", "under_way").getAttribute("aria-pressed"), "true");
  await trades.takeBack("heating", "network").click();
  await trades.takeBack("heating", "network").waitFor({ state: "detached" });
  await trades.stands("outside").waitFor();
  await trades.toAsset().click();
  await app.sheet.shows(HEATED.ObjName);
});

story("who is not at a desk sees how far the trades have come, without a network, and sets nothing", { device: "phone" }, async ({ page, device }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await device.readyOffline();
  await device.offline();
  const home = HOMES.find((home) => home.programme_year === 2022);
  await at(page, `#/programme/communities/now/${home.uid}`);
  const trades = new Trades(page);
  await trades.shows(home.ObjName);
  await trades.stands("done").waitFor();
  await trades.region.getByText(within("programme.may_not")).waitFor();
  const { id } = catalog.programmes[0].trades.find((trade) => trade.value === home.trades[0]);
  await trades.trade("communities", id).getByText(within("programme.s_done")).waitFor();
  assert.equal(await trades.setter("communities", id, "planned").count(), 0);
  assert.deepEqual(await violations(page), []);
});
