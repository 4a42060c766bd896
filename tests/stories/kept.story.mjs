// Nothing a crew did or typed is lost: not by a reload, not without a network, not by a killed tab.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { hash } from "./lib/address.mjs";
import { camera } from "./lib/camera.mjs";
import { DRAIN, LAMP } from "./lib/city.mjs";
import { App } from "./pages/app.mjs";
import { Photos } from "./pages/photos.mjs";

/** Work of a kind on an asset, plotted and begun. */
async function begun(page, asset, kind) {
  const app = await App.open(page, `#/asset/${asset.uid}`);
  await app.card.shows(asset.name);
  await app.card.plot();
  await app.plotMenu.choose(kind);
  await app.task.start();
  await app.task.shows(kind, "under_way");
  return app;
}

/** The work is closed, as someone sees who opens the app anew and looks for it. */
async function isClosed(app, asset, kind, records) {
  await app.hasSaved(records);
  await app.go("work");
  await app.work.filter("closed");
  await app.work.lines(kind).filter({ hasText: asset.name }).click();
  await app.task.shows(kind, "reported");
}

story("closed work is there after a reload, and after one without a network", { device: "phone" }, async ({ page, device }) => {
  const app = await begun(page, DRAIN, "drain-clear");
  await app.task.report();
  await app.report.note.fill("雨前清完");
  await app.report.close("drain-clear").click();
  await app.toast.says("task.reported");
  await device.readyOffline();

  await app.reload();
  await app.task.shows("drain-clear", "reported");
  await isClosed(app, DRAIN, "drain-clear", 3);

  await device.offline();
  await app.reload();
  await isClosed(app, DRAIN, "drain-clear", 3);
  await app.sheet.region.getByText("雨前清完").first().waitFor();
  await app.go("map");
  await app.map.loaded();
});

story("work is plotted, done and closed with no network at all, and is there tomorrow", { device: "phone" }, async ({ page, device }) => {
  const first = await App.open(page);
  await first.map.loaded();
  await device.readyOffline();
  await device.offline();
  const app = await begun(page, LAMP, "lamp-repair");
  await app.task.report();
  await app.report.close("lamp-repair").click();
  await app.toast.says("task.reported");
  await page.close();
  const tomorrow = await App.open(await device.tab());
  await isClosed(tomorrow, LAMP, "lamp-repair", 3);
});

story("what was said to be saved survives a tab that is killed at once", { device: "phone" }, async ({ page, device }) => {
  const app = await begun(page, DRAIN, "drain-clear");
  await app.task.report();
  await app.report.close("drain-clear").click();
  await app.toast.says("task.reported");
  const again = await App.open(await device.killTab());
  await isClosed(again, DRAIN, "drain-clear", 3);
  assert.equal(await again.task.quantity("drain-clear").innerText(), "1座");
});

story("a report that was being typed when the tab was killed is still there", { device: "phone" }, async ({ page, device }) => {
  const app = await begun(page, DRAIN, "drain-clear");
  await app.task.report();
  await app.report.quantity("drain-clear").fill("3");
  await app.report.ofWhich("drain-repair").fill("1");
  await app.report.note.pressSequentially("淤泥很深，明天再来看");
  const place = await hash(page);

  const again = await App.open(await device.killTab(), place);
  await again.report.shows();
  await again.report.draftKept.waitFor();
  assert.equal(await again.report.quantity("drain-clear").inputValue(), "3");
  assert.equal(await again.report.ofWhich("drain-repair").inputValue(), "1");
  assert.equal(await again.report.note.inputValue(), "淤泥很深，明天再来看");

  await again.report.close("drain-clear").click();
  await again.toast.says("task.reported");
  await isClosed(again, DRAIN, "drain-clear", 3);
  assert.equal(await again.task.quantity("drain-clear").innerText(), "3座");
  await again.sheet.region.getByText("淤泥很深，明天再来看").first().waitFor();
});

story("a photo stays with the report that is being typed, and is on its card tomorrow, without a network", { device: "phone" }, async ({ page, device }) => {
  const app = await begun(page, DRAIN, "drain-clear");
  await device.readyOffline();
  await device.offline();
  await app.task.report();
  const photos = new Photos(page, app.report.region);
  const picture = await camera(page, { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" });
  await photos.add(picture);
  await photos.shows(1);
  // What is none is refused in words, and takes nothing along.
  await photos.add({ name: "IMG_0002.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a picture") });
  await app.report.says("trouble.no_picture").waitFor();
  await photos.remove(1);
  await photos.nth(1).waitFor({ state: "detached" });
  await app.toast.undo();
  await photos.shows(1);
  assert.deepEqual(await violations(page), []);
  const place = await hash(page);

  const again = await App.open(await device.killTab(), place);
  await again.report.shows();
  await new Photos(again.page, again.report.region).shows(1);
  await again.report.close("drain-clear").click();
  await again.toast.says("task.reported");
  await again.reload();
  await isClosed(again, DRAIN, "drain-clear", 3);
  const card = new Photos(again.page, again.task.region);
  await card.shows(1);
  assert.deepEqual(await card.large(1), [800, 1600]);
  assert.deepEqual(await violations(again.page), []);
});
