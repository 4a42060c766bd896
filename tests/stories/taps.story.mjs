// How many taps an action takes, from Today: as docs/taps.md has it, and never more than three.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story } from "./harness.mjs";
import { DRAIN, LAMP, line, MANHOLE, onStreet } from "./lib/city.mjs";
import { inHours, Office } from "./lib/office.mjs";
import { seen } from "./lib/seen.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { Find } from "./pages/find.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { Track } from "./pages/track.mjs";
import { word } from "./pages/words.mjs";

const MOST = 3;
const LANE = line("roads", "2203829003000073");
const DRAINS = onStreet("storm-drains", "光明路二胡同");

/** The table of the document: what is done, and by how many taps. */
const table = () => Object.fromEntries([...readFileSync("docs/taps.md", "utf8").matchAll(/^\| (.+?) \| (\d+) \|$/gm)].map(([, action, taps]) => [action, Number(taps)]));

/** What the office gives to the drain crew. */
function given() {
  const office = new Office();
  const due = inHours(150);
  office.dispatch("drain-clear", "storm-drain", DRAIN, { crew: "drain-1", due });
  office.dispatch("lamp-repair", "street-lamp", LAMP, { crew: "drain-1", due });
  office.dispatch("manhole-clear", "manhole-sewage", MANHOLE, { crew: "drain-1", due });
  return office.file();
}

story("every common action is at most three taps from Today, as the document says", { device: "phone" }, async ({ page, device }) => {
  await page.addInitScript(() => addEventListener("pointerup", ({ isTrusted }) => (window.taps = (window.taps ?? 0) + Number(isTrusted)), { capture: true }));
  await device.context.grantPermissions(["clipboard-read", "clipboard-write", "geolocation"]);
  const app = await App.at(page, LANE.line[5], 17);
  await app.map.loaded();
  const settings = await SettingsPage.open(page);
  await settings.join("drain-1");
  await settings.merge(given());
  const errand = new Errand(page);
  await errand.find(DRAINS[0].code);
  await app.card.makeRound();
  await app.roundMenu.kind("drain-clear").click();
  await app.round.shows("drain-clear");
  await errand.find(LANE.code);
  await errand.plot("road-patrol");

  const counted = {};
  const from = async (action, what) => {
    await app.go("work");
    await page.evaluate(() => (window.taps = 0));
    await what();
    counted[action] = await page.evaluate(() => window.taps);
  };
  const card = async (kind, named) => {
    const lines = app.work.lines(kind);
    await (named ? lines.filter({ hasText: named }) : lines).first().click();
  };

  await from("see where a piece of work is, on the map", async () => {
    await card("lamp-repair");
    await app.task.shows("lamp-repair", "open");
  });
  await from("take it", async () => {
    await card("lamp-repair");
    await app.task.button("accept").click();
    await app.toast.says("task.accepted_short");
  });
  await from("be led there by the phone's navigation", async () => {
    await card("lamp-repair");
    await app.sheet.region.getByText(word("task.way")).click();
    await seen(app.sheet.region.getByRole("link", { name: word("task.way_phone") }));
  });
  await from("tell of it in a chat", async () => {
    await card("lamp-repair");
    await app.task.copyForChat();
    await app.toast.says("task.tell_copied");
  });
  await from("answer its safety check", async () => {
    await card("manhole-clear");
    await app.checks.open("traffic");
    await app.safe.shows("traffic");
  });
  await app.sheet.back();
  await from("close it with the usual amount", async () => {
    await card("lamp-repair");
    await app.task.report();
    await app.report.shows();
    await app.report.close("lamp-repair").click();
    await app.task.shows("lamp-repair", "reported");
  });
  await from("tick the nearest of a round", async () => {
    await card("drain-clear", "光明路二胡同");
    await app.round.next.click();
    await app.round.says(1, DRAINS.length);
  });
  await from("say more of one of a round, or why it was not reached", async () => {
    await card("drain-clear", "光明路二胡同");
    await app.round.open(DRAINS[1].name);
    await app.stop.shows(DRAINS[1].name);
  });
  await app.sheet.back();
  await from("record a track", async () => {
    await card("road-patrol");
    await app.task.record();
    const track = new Track(page);
    await track.start();
  });
  await new Track(page).throwAway();
  await app.sheet.back();
  await from("report a defect where one stands", async () => {
    await app.sheet.region.getByRole("button", { name: word("task.find") }).click();
    await new Find(page).shows();
  });
  await app.sheet.back();
  await from("photograph one", async () => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), app.sheet.region.getByRole("button", { name: word("task.find_photo") }).click()]);
    assert.ok(chooser);
  });

  assert.deepEqual(counted, table());
  for (const [action, taps] of Object.entries(counted)) assert.ok(taps <= MOST, `${action} takes ${taps} taps`);
});
