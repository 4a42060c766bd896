// The product's main job, on a phone: from the tap to the closed task.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { DRAIN, LAMP } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";

/** Paper beside a street, where nothing stands that a finger could mean. */
const BARE = [123.494702, 43.52752];

/** Taps an asset on the map, and waits for its card. */
async function tap(app, asset) {
  await app.map.loaded();
  const before = await app.map.picture(asset.at);
  await app.map.tap(asset.at);
  await app.card.shows(asset.name);
  return before;
}

/** Looks at the map again, past the cards. */
async function seeTheMap(app) {
  await app.go("map");
  await app.map.loaded();
}

/** Undoes by "reopen" on the task's card, and leaves the task open. */
async function reopenLater(app, kind) {
  await app.task.reopen();
  await app.task.shows(kind, "under_way");
  await app.task.happenedLast(/撤销了一步/);
}

story("a storm drain is cleared, and while at it repaired: from the tap to closed", { device: "phone", seen: true }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  const before = await tap(app, DRAIN);
  assert.equal(await app.card.fact("task.code").innerText(), DRAIN.code);

  await app.card.plot();
  await app.plotMenu.shows();
  await app.plotMenu.choose("drain-clear");
  await app.toast.says("task.plotted");
  await app.task.shows("drain-clear", "open");
  await app.task.start();
  await app.task.shows("drain-clear", "under_way");

  await app.task.report();
  await app.report.shows();
  assert.equal(await app.report.quantity("drain-clear").inputValue(), "1", "one drain is what one drain usually is");
  assert.equal(await app.report.ofWhich("drain-repair").inputValue(), "", "what was done besides is not presumed");
  assert.match(await app.report.close("drain-clear").innerText(), /清掏完成 1座/);
  await app.report.ofWhich("drain-repair").fill("1");
  await app.report.note.fill("换了一块箅子");
  await app.report.close("drain-clear").click();

  await app.toast.says("task.reported");
  await app.task.shows("drain-clear", "reported");
  assert.equal(await app.task.quantity("drain-clear").innerText(), "1座");
  assert.equal(await app.task.quantity("drain-repair").innerText(), "1座");
  await app.sheet.region.getByText("换了一块箅子").first().waitFor();
  await app.hasSaved(3);

  await seeTheMap(app);
  const closed = await app.map.pictureAfter(DRAIN.at, before);
  await app.map.tap(DRAIN.at);
  await app.card.shows(DRAIN.name);
  await app.card.work("drain-clear", "reported").click();
  await app.task.shows("drain-clear", "reported");
  await reopenLater(app, "drain-clear");
  await app.task.report();
  await app.report.shows();
  assert.equal(await app.report.note.inputValue(), "换了一块箅子", "what was typed is there to be sent again");
  assert.equal(await app.report.ofWhich("drain-repair").inputValue(), "1");
  await app.sheet.back();
  await app.task.shows("drain-clear", "under_way");
  await seeTheMap(app);
  await app.map.pictureAfter(DRAIN.at, closed);
});

story("a street lamp is mended, and the undo of the moment takes the report back", { device: "phone", seen: true }, async ({ page }) => {
  const app = await App.at(page, LAMP.at);
  const before = await tap(app, LAMP);
  await app.card.plot();
  await app.plotMenu.choose("lamp-repair");
  await app.task.shows("lamp-repair", "open");
  await seeTheMap(app);
  const open = await app.map.pictureAfter(LAMP.at, before);

  await app.go("work");
  await app.work.shows();
  await app.work.lines("lamp-repair").click();
  await app.task.start();
  await app.task.shows("lamp-repair", "under_way");
  await seeTheMap(app);
  const underWay = await app.map.pictureAfter(LAMP.at, open);

  await app.map.tap(LAMP.at);
  await app.card.shows(LAMP.name);
  await app.card.report();
  assert.equal(await app.report.quantity("lamp-repair").inputValue(), "1");
  await app.report.close("lamp-repair").click();
  await app.toast.says("task.reported", { n: "1盏" });
  await app.toast.hold();
  await app.task.shows("lamp-repair", "reported");
  assert.equal(await app.task.quantity("lamp-repair").innerText(), "1盏");

  await app.toast.undo();
  await app.toast.says("task.undone");
  await app.task.shows("lamp-repair", "under_way");
  await app.task.happenedLast(/撤销了一步/);
  await app.task.button("report").waitFor();
  await seeTheMap(app);
  await app.map.pictureAgain(LAMP.at, underWay);
  await app.hasSaved(4);
});

for (const { device, ...window } of [{ device: "phone" }, { device: "desk", viewport: { width: 1000, height: 700 } }]) {
  story(`what was just done is said clear of the buttons, and stays behind when one goes on (${device})`, { device, ...window }, async ({ page }) => {
    const app = await App.open(page, `#/asset/${DRAIN.uid}`);
    await app.card.shows(DRAIN.name);
    await app.card.plot();
    await app.plotMenu.choose("drain-clear");
    await app.toast.says("task.plotted");
    await app.sheet.grow();
    const isClear = async () => {
      const [said, ...buttons] = await Promise.all([app.toast.region, app.task.button("start"), app.task.button("report")].map((it) => it.boundingBox()));
      return buttons.every((one) => said.y + said.height <= one.y || said.x + said.width <= one.x);
    };
    await becomes(isClear, true);
    await app.task.report();
    await app.report.shows();
    await app.toast.gone();
  });
}

story("a pothole at a bare place is patched, measured in square metres", { device: "phone", seen: true }, async ({ page }) => {
  const app = await App.at(page, BARE, 19);
  await app.map.loaded();
  const before = await app.map.picture(BARE);
  await app.map.tap(BARE);
  await app.card.showsPlace();
  await app.card.plot();
  await app.plotMenu.choose("pothole-patch");
  await app.task.shows("pothole-patch", "open");
  await seeTheMap(app);
  const open = await app.map.pictureAfter(BARE, before);

  await app.map.tap(BARE);
  await app.task.shows("pothole-patch", "open");
  await app.task.start();
  await app.task.shows("pothole-patch", "under_way");
  await app.task.report();
  assert.equal(await app.report.quantity("pothole-patch").inputValue(), "", "nobody knows how large it is but who patched it");
  await app.report.quantity("pothole-patch").fill("2.35");
  await app.report.close("pothole-patch").filter({ hasText: /补坑完成 2\.35平方米/ }).waitFor();
  await app.report.close("pothole-patch").click();
  await app.toast.says("task.reported");
  await app.task.shows("pothole-patch", "reported");
  assert.equal(await app.task.quantity("pothole-patch").innerText(), "2.35平方米");

  await app.sheet.close(); // once: the form is not behind the card
  await app.map.loaded();
  const done = await app.map.pictureAfter(BARE, open);
  assert.notEqual(done, before, "what was patched stays on the map");
  await app.map.tap(BARE);
  await app.task.shows("pothole-patch", "reported");
  await app.go("work");
  await app.work.filter("closed");
  await app.work.lines("pothole-patch").click();
  await app.task.shows("pothole-patch", "reported");
  await reopenLater(app, "pothole-patch");
  await app.go("work");
  await app.work.filter("open");
  await app.work.lines("pothole-patch").waitFor();
});
