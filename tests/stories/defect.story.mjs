// Finding a defect: from the map, from where one stands, with its clock, and not twice.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { camera } from "./lib/camera.mjs";
import { DRAIN, LAMP, MANHOLE } from "./lib/city.mjs";
import { events } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { smallTargets } from "./lib/targets.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { Find } from "./pages/find.mjs";
import { Photos } from "./pages/photos.mjs";
import { Records } from "./pages/records.mjs";
import { within, word } from "./pages/words.mjs";

story("a lid found missing starts its clock of six hours, with a photo and without signal", async ({ page, device }) => {
  const app = await App.open(page);
  await device.readyOffline();
  await device.offline();
  await new Errand(page).find(MANHOLE.code);
  const find = new Find(page);
  await find.open();
  assert.equal(await find.kind.inputValue(), "lid-replace", "what mostly is found on it comes first");
  assert.equal(await find.region.getByText(within("task.limit_guard_now")).count(), 0, "what is no danger needs no guard");
  await find.dangerous.check();
  await seen(find.region.getByText(within("task.limit_guard_now")));
  await find.what.fill("井盖不见了");
  const photos = new Photos(page, find.region);
  await photos.add(await camera(page, { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" }));
  await photos.shows(1);
  assert.deepEqual(await violations(page), []);
  await app.reload();
  await find.shows();
  assert.equal(await find.what.inputValue(), "井盖不见了", "what was typed is still there");
  assert.ok(await find.dangerous.isChecked());
  await photos.shows(1);
  await find.save.click();
  await app.task.shows("lid-replace", "open");
  await seen(app.sheet.region.getByText(/[56]小时后到期/));
  await seen(app.sheet.region.getByText("危险", { exact: true }));
  await seen(app.sheet.region.getByText("井盖不见了").first());
  await new Photos(page, app.sheet.region).shows(1);
  await app.go("work");
  assert.match(await app.work.lines("lid-replace").innerText(), /危险[^]*[56]小时后到期/);
  await app.work.lines("lid-replace").click();
  await app.task.shows("lid-replace", "open");

  const [found] = events(await new Records(app).exportAll()).filter(({ kind }) => kind === "found");
  assert.deepEqual([found.work, found.dangerous, found.defect, found.photos.length], ["lid-replace", true, "井盖不见了", 1]);
});

story("how bad a defect is starts the clock that is right for it", async ({ page }) => {
  const app = await App.open(page);
  await new Errand(page).find(DRAIN.code);
  const find = new Find(page);
  await find.open();
  await find.choose("drain-repair");
  await find.severity("plain").click();
  await find.severity("serious").click();
  assert.equal(await find.severity("plain").getAttribute("aria-pressed"), "false", "it is one or the other");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);
  await app.reload();
  await find.shows();
  assert.equal(await find.severity("serious").getAttribute("aria-pressed"), "true");
  await find.save.click();
  await seen(app.sheet.region.getByText(/2[34]小时后到期/));
  await seen(app.sheet.region.getByText("严重", { exact: true }));
  const [found] = events(await new Records(app).exportAll()).filter(({ kind }) => kind === "found");
  assert.equal(found.severity, "serious");
});

story("what is known already nearby is offered before it is reported again", async ({ page }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  await errand.find(LAMP.code);
  await errand.plot("lamp-repair");
  await errand.find(LAMP.code);
  const find = new Find(page);
  await find.open();
  await seen(find.region.getByText(word("task.find_alike")));
  await find.alike("lamp-repair").click();
  await app.task.shows("lamp-repair", "open");
  await app.hasSaved(1);
});

story("from where one stands a defect is two taps away, and asks which work it needs", async ({ page }) => {
  const app = await App.at(page, LAMP.at);
  await app.map.loaded();
  const find = new Find(page);
  await find.here();
  await find.save.click();
  await seen(find.missing);
  await find.choose("pothole-patch");
  await find.save.click();
  await app.task.shows("pothole-patch", "open");
});
