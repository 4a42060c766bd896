// Nothing is typed twice: what is mostly done, noted and measured is offered; and how it was before.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { camera } from "./lib/camera.mjs";
import { DRAIN, line, onStreet } from "./lib/city.mjs";
import { events } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { smallTargets } from "./lib/targets.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { Photos } from "./pages/photos.mjs";
import { Records } from "./pages/records.mjs";

const LANES = ["2203829003000073", "2203829003000074", "2203829003000075"].map((code) => line("roads", code));
const DRAINS = onStreet("storm-drains", DRAIN.street);
const PLACE = { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" };

story("what is mostly plotted stands above all, and what was typed before is one tap", { device: "phone", locale: "zh-CN" }, async ({ page }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  for (const [n, lane] of LANES.entries()) {
    await errand.find(lane.code);
    await app.card.plot();
    await app.plotMenu.shows();
    if (n === 2) {
      await app.plotMenu.offersFirst("crack-seal");
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await smallTargets(page), []);
    }
    await app.plotMenu.choose("crack-seal");
    await app.task.shows("crack-seal", "open");
    await app.task.report();
    await app.report.shows();
    if (n === 0) {
      await app.report.quantity("crack-seal").fill("38.5");
      await app.report.note.fill("灌缝胶两桶，交通锥四个");
    } else {
      await app.report.pick("灌缝胶两桶，交通锥四个").click();
      await becomes(() => app.report.note.inputValue(), "灌缝胶两桶，交通锥四个");
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await smallTargets(page), []);
    }
    await app.report.close("crack-seal").click();
    await app.task.shows("crack-seal", "reported");
  }
  const all = events(await new Records(app).exportAll()).filter(({ kind }) => kind === "reported");
  assert.deepEqual(all.map(({ note }) => note), Array(3).fill("灌缝胶两桶，交通锥四个"));
});

story("a report shows how it was before and how it is after", { device: "phone", locale: "zh-CN" }, async ({ page }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  await errand.find(DRAINS[0].code);
  await errand.plot("drain-repair");
  await app.task.report();
  await app.report.shows();
  const form = new Photos(page, app.report.region);
  await form.addBefore(await camera(page, PLACE));
  await form.shows(1);
  await app.sheet.back();
  await app.task.shows("drain-repair", "open");

  // The work is done meanwhile.
  await app.task.report();
  await app.report.shows();
  await form.shows(1);
  await form.add(await camera(page, { ...PLACE, taken: "2024:05:03 10:40:00", longitude: 123.5001 }, "#2c2"));
  await form.shows(2);
  await seen(app.report.region.getByText("处置前", { exact: true }));
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);
  await app.report.close("drain-repair").click();
  await app.task.shows("drain-repair", "reported");
  await seen(app.task.region.getByText("处置前", { exact: true }));
  await seen(app.task.region.getByText("处置后", { exact: true }));
  const { photos } = events(await new Records(app).exportAll()).find(({ kind }) => kind === "reported");
  assert.deepEqual(photos.map(({ role }) => role), ["before", "after"]);
});
