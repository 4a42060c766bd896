// How far the year's tasks came and how long it took, in the browser and without a server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story, violations } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { yearFile } from "./lib/year.mjs";
import { App } from "./pages/app.mjs";
import { Indicators } from "./pages/indicators.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { catalog, word } from "./pages/words.mjs";

const sum = (of) => Object.values(of).reduce((a, b) => a + b, 0);

/** Tasks of the file, counted by what its lines say and by nothing of ours. */
function tasksOf(file) {
  const events = readFileSync(file, "utf8").trim().split("\n").slice(1).map((line) => JSON.parse(line));
  const of = (kind) => new Set(events.filter((event) => event.kind === kind).map((event) => event.subject.task));
  const begun = new Set([...of("plotted"), ...of("found")]);
  return { begun, returned: of("returned"), cancelled: of("cancelled") };
}

story("the year's tasks each stand at one step, and a rate says of what it is a share", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const file = yearFile();
  await (await SettingsPage.open(page)).merge(file);
  const indicators = await Indicators.open(page, "2024-01-01", "2024-12-31");
  await indicators.by("found");
  const { begun, returned, cancelled } = tasksOf(file);
  await becomes(async () => sum(await indicators.bars("steps")), begun.size);
  const steps = await indicators.bars("steps");
  const at = (key) => Object.entries(steps).find(([name]) => word(`rates.${key}`).test(name))[1];
  const off = at("s_cancelled");
  assert.ok(off > 0 && off <= cancelled.size, `${off} of ${cancelled.size} that somebody called off, some of whom others contradicted`);
  assert.ok(at("s_closed") > begun.size / 2, "most of the year is closed");

  await indicators.of("reworked", "all");
  await becomes(async () => (await indicators.rate("reworked"))[1], begun.size - off);
  const [sent] = await indicators.rate("reworked");
  assert.ok(sent > 0 && sent <= returned.size, `${sent} of ${returned.size} that were sent back`);
  const [handled, all] = (await indicators.of("handled", "all"), await indicators.rate("handled"));
  assert.ok(handled <= all);

  const crews = indicators.table("by_crew");
  for (const crew of catalog.crews) await crews.getByRole("rowheader", { name: crew.label.zh, exact: true }).waitFor();
  assert.deepEqual(await violations(page), []);
  // The address alone leads there again.
  await page.reload();
  await indicators.table("rates").waitFor();
});
