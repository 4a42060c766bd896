// Areas as crews measure them: patch by patch, length × width, and their sum.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story, violations } from "./harness.mjs";
import { seen } from "./lib/seen.mjs";
import { App } from "./pages/app.mjs";
import { Records } from "./pages/records.mjs";
import { within, word } from "./pages/words.mjs";

const BARE = [123.494702, 43.52752];

/** The report of a pothole at a bare place. */
async function pothole(page) {
  const app = await App.at(page, BARE, 19);
  await app.map.loaded();
  await app.map.tap(BARE);
  await app.card.showsPlace();
  await app.card.plot();
  await app.plotMenu.choose("pothole-patch");
  await app.task.shows("pothole-patch", "open");
  await app.task.report();
  await app.report.shows();
  return app;
}

story("a pothole of three patches is their sum, to the centimetre, and says how it is known", async ({ page }) => {
  const app = await pothole(page);
  const { report } = app;
  await report.patch(1, "2.5", "1.2");
  await report.quantityIs("pothole-patch", "3");
  await report.patch(2, "0.8", "0.8");
  await report.patch(3, "1", "");
  await report.close("pothole-patch").click();
  await seen(report.region.getByText(word("task.patch_wrong")));
  await report.patch(3, "1", "３");
  await report.quantityIs("pothole-patch", "6.64");
  assert.deepEqual(await violations(page), []);

  await app.reload();
  await app.report.shows();
  await report.quantityIs("pothole-patch", "6.64");
  await seen(report.region.getByText(within("task.quantity_patches")));
  await report.close("pothole-patch").click();
  await app.task.shows("pothole-patch", "reported");
  await seen(app.task.region.getByText("2.5 × 1.2米 + 0.8 × 0.8米 + 1 × 3米"));

  const events = readFileSync(await new Records(app).exportAll(), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const [line] = events.find(({ kind }) => kind === "reported").lines;
  assert.deepEqual([line.quantity, line.measured, line.patches], ["6.64", "patches", [["2.5", "1.2"], ["0.8", "0.8"], ["1", "3"]]]);
});

story("what is typed over a sum of patches is known by typing, and a removed patch counts no more", async ({ page }) => {
  const { report, task } = await pothole(page);
  await report.patch(1, "2", "2");
  await report.patch(2, "3", "1");
  await report.quantityIs("pothole-patch", "7");
  await report.dropPatch(1);
  await report.quantityIs("pothole-patch", "3");
  await report.dropPatch(1);
  await report.quantityIs("pothole-patch", "");
  await report.quantity("pothole-patch").fill("1395.84");
  await report.close("pothole-patch").click();
  await seen(report.region.getByText(within("task.improbable")));
  await report.page.waitForTimeout(500); // sooner it is no answer
  await report.sure().click();
  await task.shows("pothole-patch", "reported");
  await seen(task.quantity("pothole-patch").filter({ hasText: "1,395.84" }));
  await seen(task.region.getByText(word("task.known_typed"), { exact: true }));
});
