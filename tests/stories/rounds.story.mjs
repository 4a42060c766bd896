// Rounds: many like assets, ticked off one by one.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { onStreet } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";

/** The drains of a short lane. */
const DRAINS = onStreet("storm-drains", "光明路二胡同");
const [DRAIN, ...OTHERS] = DRAINS;

/** Finds a drain and makes a round of all on its street. */
async function makesRound(page) {
  const app = await App.open(page);
  await new Errand(page).find(DRAIN.code);
  await app.card.shows(DRAIN.name);
  await app.card.makeRound();
  await app.roundMenu.shows();
  const tile = app.roundMenu.kind("drain-clear");
  assert.match(await tile.innerText(), new RegExp(`${DRAINS.length} 处`));
  await tile.click();
  await app.round.shows("drain-clear");
  return app;
}

story("a street's drains are made a round, and ticked off with one tap each, also without signal", { device: "phone" }, async ({ page, device }) => {
  assert.ok(DRAINS.length > 3, "a lane of some drains");
  const app = await makesRound(page);
  await app.round.says(0, DRAINS.length);
  await device.offline();
  await app.round.tick(DRAIN.name).click();
  await app.round.says(1, DRAINS.length);
  assert.equal(await app.round.tick(DRAIN.name).getAttribute("aria-pressed"), "true");
  // The nearest of what is left is one tap away.
  await app.round.next.click();
  await app.round.says(2, DRAINS.length);
  await app.toast.undo();
  await app.round.says(1, DRAINS.length);
  await app.round.next.click();
  await app.round.says(2, DRAINS.length);
  // A tick that was a slip is taken back where it was made, also when others came after.
  await app.round.tick(DRAIN.name).click();
  await app.round.says(1, DRAINS.length);
  await device.offline(false);
  await app.reload();
  await app.round.shows("drain-clear");
  await app.round.says(1, DRAINS.length);
});

story("a tick makes anew only the line that it ticks, and history its newest lines", { device: "phone" }, async ({ page }) => {
  const app = await makesRound(page);
  await app.round.mark(OTHERS.map(({ name }) => name));
  await app.round.tick(DRAIN.name).click();
  await app.round.says(1, DRAINS.length);
  await becomes(() => app.round.marked(), OTHERS.length);
});

story("what one tap does not say is said at the asset: repaired besides, or not reached and why", { device: "phone" }, async ({ page }) => {
  const app = await makesRound(page);
  const [one, two] = OTHERS;
  await app.round.tick(DRAIN.name).click();
  await app.round.says(1, DRAINS.length);

  await app.round.open(one.name);
  await app.stop.shows(one.name);
  assert.equal(await app.report.quantity("drain-clear").inputValue(), "1");
  await app.report.ofWhich("drain-repair").fill("1");
  await app.stop.done.click();
  await app.round.shows("drain-clear");
  await app.round.says(2, DRAINS.length);

  await app.round.open(two.name);
  await app.stop.shows(two.name);
  await app.stop.unreached.click();
  await app.stop.says("task.round_why").waitFor();
  await app.stop.note.fill("上面停着车");
  await app.stop.unreached.click();
  await app.round.shows("drain-clear");
  await app.round.line(two.name).getByText("上面停着车").waitFor();

  await app.round.finish();
  await app.report.shows();
  assert.equal(await app.report.quantity("drain-clear").inputValue(), "2", "what was ticked");
  assert.equal(await app.report.quantity("drain-repair").or(app.report.ofWhich("drain-repair")).inputValue(), "1", "what was said at one of them");
  await app.report.close("drain-clear").click();
  await app.task.shows("drain-clear", "reported");
});

story("what is open already is not made a second round", { device: "desk" }, async ({ page }) => {
  const app = await makesRound(page);
  await new Errand(page).find(DRAIN.code);
  await app.card.shows(DRAIN.name);
  await app.card.makeRound();
  await app.roundMenu.shows();
  await becomes(() => app.roundMenu.kind("drain-repair").count(), 1);
  assert.equal(await app.roundMenu.kind("drain-clear").count(), 0);
});

story("the way to a stop is handed to the phone's navigation, shifted for the maps that want it so", { device: "phone" }, async ({ page }) => {
  const app = await makesRound(page);
  const [lon, lat] = OTHERS[0].at;
  await app.round.open(OTHERS[0].name);
  await app.stop.shows(OTHERS[0].name);
  const links = await app.stop.ways();
  assert.ok(links[0].startsWith(`geo:${Number(lat.toFixed(6))},${Number(lon.toFixed(6))}?q=`), links[0]);
  const [east, north] = /position=([\d.]+),([\d.]+)&/.exec(links[1]).slice(1).map(Number);
  // GCJ-02 lies some 500 m east and 270 m north of WGS 84 here.
  assert.ok(Math.abs(east - lon - 0.0062) < 0.0005 && Math.abs(north - lat - 0.0024) < 0.0005, links[1]);
  assert.ok(links[3].includes("coord_type=wgs84"), links[3]);
});
