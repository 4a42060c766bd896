// Rounds: many like assets, ticked off one by one.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { asset, onStreet } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";

/** The drains of a short lane. */
const DRAINS = onStreet("storm-drains", "光明路二胡同");
const [DRAIN, ...OTHERS] = DRAINS;
/** The lamps of a short street. */
const LAMPS = onStreet("street-lamps", "振兴路");
/** A renovated community. */
const COMMUNITY = asset("communities", "2203829006000114");

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
  await app.round.says(1, DRAINS.length, `${(Math.floor(1000 / DRAINS.length) / 10).toFixed(1)}%`);
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

  // What is held says more too, and is not ticked by that.
  await app.round.hold(app.round.tick(two.name));
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

story("what a completion has left in view is made a round, at a tap that says of how many", { device: "desk" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at, 18);
  await app.map.loaded();
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.round.waitFor();
  const [n] = (await completion.round.innerText()).match(/\d+/).map(Number);
  assert.ok(n > 1 && n < 4000, `a part of the city: ${n}`);
  await completion.round.click();
  await app.round.shows("drain-clear");
  await app.round.says(0, n);
  await app.sheet.close();
  await completion.shows({ done: 0, open: n, never: 4000 - n, left: 4000 });
  await becomes(() => completion.round.count(), 0); // all of it is open now

  // What lies in a community would be one too; in those of the demonstration nothing does.
  await new Errand(page).find(COMMUNITY.code);
  await app.card.makeRound();
  await app.roundMenu.shows();
  await app.roundMenu.none.waitFor();
});

story("assets are chosen one by one, on the map and in the list, and made a round", { device: "phone", seen: true }, async ({ page }) => {
  const [, TWO] = DRAINS;
  const app = await App.at(page, DRAIN.at, 18);
  await new Errand(page).find(DRAIN.code);
  await app.card.shows(DRAIN.name);
  await app.card.chooseSeveral();
  await app.choose.shows(1);
  await app.choose.tick(TWO.name).click();
  await app.choose.shows(2);
  assert.deepEqual(await violations(page), []);
  await app.map.picture(DRAIN.at); // the map has come to rest
  await app.map.tap(DRAIN.at); // a second touch takes out
  await app.choose.shows(1);
  await app.choose.tick(DRAIN.name).click();
  await app.choose.shows(2);
  await app.reload();
  await app.choose.shows(2);
  await app.choose.make.click();
  await app.roundMenu.kind("drain-clear").click();
  await app.round.shows("drain-clear");
  await app.round.says(0, 2);
  await app.sheet.close();
  await app.card.shows(DRAIN.name); // not the choice again: it has become the round
});

story("the dark lamps of a street are touched at night, and the rest is lit when the round is finished", { device: "phone" }, async ({ page, device }) => {
  const [one, two] = LAMPS;
  const all = LAMPS.length;
  const app = await App.open(page);
  await new Errand(page).find(one.code);
  await app.card.makeRound();
  await app.roundMenu.kind("lamp-lit-rate").click();
  await app.round.shows("lamp-lit-rate");
  await app.round.saw(all, all);
  await device.offline();
  await app.round.tick(one.name).click();
  await app.round.saw(all - 1, all);
  await app.round.tick(one.name).click(); // it was lit after all
  await app.round.saw(all, all);
  for (const [n, lamp] of [one, two].entries()) {
    await app.round.tick(lamp.name).click();
    await app.round.saw(all - n - 1, all);
  }
  assert.deepEqual(await violations(page), []);
  await app.round.finishSeen.click();
  await app.task.shows("lamp-lit-rate", "reported");
  await app.round.saw(all - 2, all);
  const rate = async () => parseFloat(await app.task.quantity("lamp-lit-rate").innerText());
  await becomes(rate, Math.floor((10_000 * (all - 2)) / all) / 100);
  // Each dark one is open work, where it stands.
  await app.round.open(two.name);
  await app.task.shows("lamp-repair", "open");
});

story("a round is printed as a sheet of paper, with its map and a line for each asset", { device: "phone", seen: true }, async ({ page }) => {
  await page.addInitScript(() => (window.print = () => (window.printed = { lines: [...document.querySelectorAll(".paper tbody tr")].map((line) => line.textContent), width: document.querySelector(".paper img").naturalWidth })));
  const app = await makesRound(page);
  await app.round.tick(DRAIN.name).click();
  await app.round.says(1, DRAINS.length);
  await app.round.print();
  const { lines, width } = await (await page.waitForFunction(() => window.printed)).jsonValue();
  assert.equal(lines.length, DRAINS.length);
  assert.ok(lines.some((line) => line.includes("☑") && line.includes(DRAIN.code)));
  assert.ok(width > 300, "with its map");
});
