// One device, two tabs: one log.
import { story } from "./harness.mjs";
import { DRAIN } from "./lib/city.mjs";
import { App } from "./pages/app.mjs";

story("work plotted in one tab appears in the other, and what is done there comes back", { device: "desk", seen: true }, async ({ page, device }) => {
  const first = await App.open(page, `#/asset/${DRAIN.uid}`);
  await first.card.shows(DRAIN.name);
  const second = await App.at(await device.tab(), DRAIN.at);
  await second.map.loaded();
  const before = await second.map.picture(DRAIN.at);
  await second.go("work");
  await second.work.shows();

  await page.bringToFront();
  await first.card.plot();
  await first.plotMenu.choose("drain-clear");
  await first.task.shows("drain-clear", "open");

  await second.page.bringToFront();
  await second.work.lines("drain-clear").waitFor();
  await second.hasSaved(1);
  await second.map.pictureAfter(DRAIN.at, before);
  await second.work.lines("drain-clear").click();
  await second.task.start();
  await second.task.shows("drain-clear", "under_way");

  await page.bringToFront();
  await first.task.shows("drain-clear", "under_way");
  await first.hasSaved(2);
});
