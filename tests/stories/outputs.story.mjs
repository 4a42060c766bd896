// Files for other programs: workbooks, and layers for maps, made in the browser and without a server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { sheets, unzipped } from "./lib/xlsx.mjs";
import { yearFile } from "./lib/year.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Ledger } from "./pages/ledger.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { within, word } from "./pages/words.mjs";

/** What is saved by pressing that: its name and its bytes. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** A GeoJSON file's features, each of which is whole. */
function features({ bytes }) {
  const file = JSON.parse(bytes.toString());
  assert.equal(file.type, "FeatureCollection");
  for (const { type, geometry, properties } of file.features) {
    assert.equal(type, "Feature");
    assert.ok(geometry === null || geometry.coordinates.flat(9).every((degrees) => Math.abs(degrees) <= 180));
    assert.ok(properties);
  }
  return file.features;
}

const counted = (values) => values.reduce((counts, value) => ({ ...counts, [value]: (counts[value] ?? 0) + 1 }), {});

async function yearsLedger(page) {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  await page.goto(page.url().replace(/#.*/, "#/ledger/2024-01-01/2024-10-31/verified"));
  const ledger = new Ledger(page);
  await ledger.shows();
  await becomes(async () => /^3,846/.test(await ledger.figure("drain-clear").innerText()), true);
  return ledger;
}

story("the ledger's tasks are a layer for other maps, each with its work and where it was done", { device: "desk" }, async ({ page }) => {
  const ledger = await yearsLedger(page);
  const file = await saved(page, ledger.button("shapes"));
  assert.equal(file.name, "mendmap-2024-01-01-2024-10-31.geojson");
  const tasks = features(file);
  const clearing = tasks.map(({ properties }) => properties).filter(({ work, counts }) => work === "drain-clear" && counts);
  assert.equal(clearing.reduce((sum, { verified }) => sum + Number(verified), 0), 3846);
  assert.ok(clearing.every(({ work_name, unit, state, done_on }) => work_name === "清掏雨漏" && unit === "pcs" && state === "verified" && /^2024-\d\d-\d\d$/.test(done_on)));
  assert.ok(tasks.length > 1000, `${tasks.length} tasks`);
  assert.ok(tasks.every(({ geometry }) => geometry), "every task is somewhere");
});

story("a completion is a layer for other maps, as of the day that is shown", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await (await SettingsPage.open(page)).merge(yearFile());
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.days("2024-01-01", "2024-10-31");
  await becomes(async () => (await completion.counts())?.done > 0, true);
  const layer = async () => {
    const counts = await completion.counts();
    const file = await saved(page, completion.panel.getByRole("button", { name: word("desk.shapes") }));
    const marks = counted(features(file).map(({ properties }) => properties.mark));
    const sum = (...names) => names.reduce((sum, name) => sum + (marks[name] ?? 0), 0);
    assert.deepEqual({ done: sum("done", "verified"), never: sum("never", "due", "overdue") + sum("open", "under_way", "reported", "sent_back", "conflict"), all: sum(...Object.keys(marks)) }, { done: counts.done, never: counts.never + counts.open, all: counts.done + counts.open + counts.never });
    return { file, done: counts.done };
  };
  const end = await layer();
  assert.equal(end.file.name, "mendmap-drain-clear-2024-10-31.geojson");
  assert.ok(features(end.file).every(({ geometry, properties }) => geometry.type === "Point" && (properties.mark !== "verified" || properties.last_done)));
  await completion.goTo(120);
  await becomes(async () => (await completion.counts()).done < end.done, true);
  const before = await layer();
  assert.equal(before.file.name, "mendmap-drain-clear-2024-04-30.geojson");
  assert.ok(features(before.file).every(({ properties }) => properties.last_done === null || properties.last_done <= "2024-04-30"));
});

story("the ledger of a period is downloaded as a workbook, also without a network, and its month is on the screen", { device: "desk" }, async ({ page, device }) => {
  const ledger = await yearsLedger(page);
  await device.readyOffline();
  await device.offline();
  const file = await saved(page, ledger.button("workbook"));
  assert.equal(file.name, "mendmap-2024-01-01-2024-10-31.xlsx");
  assert.ok(unzipped(file.bytes)["[Content_Types].xml"].includes("spreadsheetml"));
  const { 台账: table, 通报: report, 月报: month, 任务清单: tasks } = sheets(file.bytes);
  assert.equal(table.find(({ A }) => A === "pothole-patch").D, 6500);
  assert.equal(report.at(-1).A, await ledger.paragraph.inputValue());
  const counted = tasks.filter(({ A, J }) => A === "清掏雨漏" && J === "是");
  assert.equal(counted.reduce((sum, { G }) => sum + G, 0), 3846);

  const form = await ledger.monthly();
  assert.deepEqual(await violations(page), []);
  const figure = (text) => Number(text.replaceAll(/[^\d.]/g, ""));
  for (const name of ["补坑槽", "清掏雨漏"]) {
    const { E: inMonth, F: inYear } = month.find(({ B }) => B === name);
    assert.deepEqual(form[name].slice(0, 2).map(figure), [inMonth, inYear], name);
    assert.equal(inYear, table.find(({ B }) => B === name).D);
    assert.ok(inMonth > 0 && inMonth < inYear, `${name}: ${inMonth} in October`);
  }
});

story("a workbook that cannot be made is explained, and made when it is asked for again", { device: "desk", serviceWorkers: "block", allow: /net::ERR/ }, async ({ page }) => {
  const ledger = await yearsLedger(page);
  await page.route("**/workbook-*", (route) => route.abort());
  await ledger.button("workbook").click();
  await ledger.region.getByRole("alert").getByText(within("trouble.no_workbook")).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.unroute("**/workbook-*");
  const file = await saved(page, ledger.button("workbook"));
  assert.equal(sheets(file.bytes).台账.find(({ A }) => A === "pothole-patch").D, 6500);
  assert.equal(await ledger.region.getByRole("alert").count(), 0);
});
