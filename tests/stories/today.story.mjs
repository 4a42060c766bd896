// What now? A crew's day in the order in which to go about it.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { DRAIN, LAMP, MANHOLE, onStreet } from "./lib/city.mjs";
import { inHours, Office, tonight } from "./lib/office.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { SettingsPage } from "./pages/settings.mjs";

const DRAINS = onStreet("storm-drains", "北新巷");

/** An office's morning: for the drain crew something overdue, due today and due next week; for others a lamp. */
function morning() {
  const office = new Office();
  const given = (asset, due) => office.dispatch("drain-clear", "storm-drain", asset, { crew: "drain-1", due });
  given(DRAIN, inHours(150));
  given(DRAINS[0], inHours(-3.5));
  given(DRAINS[1], tonight());
  office.dispatch("lamp-repair", "street-lamp", LAMP, { crew: "lamp-1", due: inHours(5) });
  return office.file();
}

async function begin(page, crew) {
  const app = await App.open(page);
  await app.map.loaded();
  const settings = await SettingsPage.open(page);
  await settings.join(crew);
  await settings.merge(morning());
  return app;
}

story("what is overdue comes first, then what is due today, then the rest; how far it is, and which way", async ({ page }) => {
  const app = await begin(page, "drain-1");
  await app.work.badge(3);
  await app.go("work");
  await becomes(() => app.work.groups(), ["group_overdue", "group_today", "group_open"]);
  const lines = await app.work.texts();
  assert.equal(lines.length, 3, "another crew's lamp is not ours");
  assert.match(lines[0], /逾期3小时/);
  assert.match(lines[1], /(小时|分钟)后到期/);
  for (const line of lines) assert.match(line, /(米|公里)\s*[东南西北]/);
  assert.deepEqual(await violations(page), []);

  await app.work.onlyMine(false);
  await app.work.lines("lamp-repair").waitFor();
  await app.reload();
  await app.go("work");
  await app.work.lines("lamp-repair").waitFor(); // filters stay as left
  await app.work.onlyMine(true);
  await becomes(() => app.work.texts().then((texts) => texts.length), 3);
});

story("what was given to a crew is new until they have taken it, also without signal", async ({ page, device }) => {
  const app = await begin(page, "drain-1");
  await device.readyOffline();
  await device.offline();
  await app.go("work");
  await app.work.badge(3);
  await app.work.lines("drain-clear").first().click();
  await app.task.shows("drain-clear", "open");
  await app.task.button("accept").click();
  await app.work.badge(2);
  await app.task.start();
  await app.task.shows("drain-clear", "under_way");
  await app.go("work");
  await becomes(() => app.work.news().count(), 2);
});

story("a lid found missing has six hours, a lamp a day, by the catalogue's limits", async ({ page }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  await errand.find(LAMP.code);
  await errand.plot("lamp-repair");
  await errand.find(MANHOLE.code);
  await errand.plot("lid-replace");
  await app.go("work");
  await becomes(() => app.work.texts().then((texts) => texts.length), 2);
  const told = async (kind) => app.work.lines(kind).innerText();
  assert.match(await told("lid-replace"), /[56]小时后到期/);
  assert.match(await told("lamp-repair"), /2[34]小时后到期/);
});
