// Safety before work: asked, never forced; a bad reading forbids to enter, never to save.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { DRAIN, MANHOLE, onStreet } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";

/** Paper beside a street, where nothing stands that a finger could mean. */
const BARE = [123.494702, 43.52752];
const GOOD = { o2: "20.9", h2s: "0", co: "0", lel: "0" };

story("cones and signs are asked once for a pothole in traffic, and work goes on without an answer too", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, BARE);
  await app.map.loaded();
  await app.map.tap(BARE);
  await app.card.showsPlace();
  await app.card.plot();
  await app.plotMenu.choose("pothole-patch");
  await app.task.shows("pothole-patch", "open");
  await app.checks.says("traffic", "task.safe_unanswered");

  await app.checks.open("traffic");
  await app.safe.shows("traffic");
  assert.equal(await app.safe.watcher.count(), 0, "nobody keeps watch over a pothole");
  await app.safe.tick(2);
  await app.safe.save.click();
  await app.toast.says("task.safe_saved_open");
  await app.task.shows("pothole-patch", "open");
  await app.checks.says("traffic", "task.safe_lack_item", { item: "反光背心已穿好" });

  // Asked anew each time: what was done before is not presumed.
  await app.checks.open("traffic");
  await app.safe.shows("traffic");
  assert.equal(await app.safe.items.first().isChecked(), false);
  await app.safe.tick(3);
  await app.safe.save.click();
  await app.toast.says("task.safe_saved", { check: "占道作业防护" });
  await app.task.shows("pothole-patch", "open");
  await app.checks.says("traffic", "task.safe_answered");
  await becomes(() => app.checks.line("traffic").getByText("没打勾").count(), 0);
  await app.task.happenedLast(/占道作业防护/);

  // The undo of the moment takes the answer back, and what was answered before counts again.
  await app.toast.undo();
  await app.toast.says("task.undone");
  await app.checks.says("traffic", "task.safe_open");

  await app.reload();
  await app.checks.says("traffic", "task.safe_open");
  await new Errand(page).find(DRAIN.code);
  await new Errand(page).plot("drain-clear");
  await new Errand(page).close("drain-clear");
  await app.checks.says("traffic", "task.safe_unanswered");
  assert.equal(await app.checks.button("traffic").count(), 0, "the work is over");
});

story("too little oxygen in a chamber is saved without signal, says do not enter, and a later good reading lifts it", { device: "phone" }, async ({ page, device }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  await errand.find(MANHOLE.code);
  await errand.plot("manhole-clear");
  await device.readyOffline();
  await device.offline();
  await app.checks.says("chamber-entry", "task.safe_unanswered");
  await app.checks.open("chamber-entry");
  await app.safe.shows("chamber-entry");
  assert.deepEqual(await violations(page), []);

  await app.safe.tick(4);
  await app.safe.measures("chamber-entry", { ...GOOD, o2: "18" });
  await app.safe.watcher.fill("李师傅");
  await app.safe.note.fill("井底有积水");
  await app.safe.says("task.safe_bad", { range: "19.5～23.5\u00a0%" }).waitFor();
  assert.deepEqual(await violations(page), []);

  // Nothing that was typed is lost.
  await app.reload();
  await app.safe.shows("chamber-entry");
  await app.safe.draftKept.waitFor();
  assert.equal(await app.safe.reading("chamber-entry", "o2").inputValue(), "18");
  assert.equal(await app.safe.watcher.inputValue(), "李师傅");
  assert.equal(await app.safe.note.inputValue(), "井底有积水");
  assert.equal(await app.safe.items.last().isChecked(), true);
  await app.safe.says("task.safe_bad").waitFor();

  await app.safe.save.click();
  await app.toast.says("task.safe_saved_forbidden");
  await app.task.shows("manhole-clear", "open");
  await app.checks.alarm("chamber-entry").filter({ hasText: "禁止下井" }).waitFor();
  await app.checks.says("chamber-entry", "task.safe_lack_bad", { value: "氧气 18\u00a0%", range: "19.5～23.5\u00a0%" });
  await app.checks.says("chamber-entry", "task.safe_watch", { who: "李师傅" });
  await app.task.happenedLast(/禁止下井.*氧气 18\s%.*井底有积水/);
  assert.deepEqual(await violations(page), []);
  await app.reload();
  await app.checks.alarm("chamber-entry").waitFor();

  await app.checks.open("chamber-entry");
  await app.safe.shows("chamber-entry");
  assert.equal(await app.safe.watcher.inputValue(), "李师傅", "the same as before, most likely");
  assert.equal(await app.safe.reading("chamber-entry", "o2").inputValue(), "", "measured anew");
  await app.safe.tick(4);
  // One gas was forgotten.
  const { co, ...most } = GOOD;
  await app.safe.measures("chamber-entry", most);
  await app.safe.save.click();
  await app.toast.says("task.safe_saved_forbidden");
  await app.checks.says("chamber-entry", "task.safe_lack_reading", { gas: "一氧化碳" });

  await app.checks.open("chamber-entry");
  await app.safe.shows("chamber-entry");
  await app.safe.tick(4);
  await app.safe.measures("chamber-entry", { ...most, co, o2: "２０．９" });
  await app.safe.save.click();
  await app.toast.says("task.safe_saved", { check: "下井作业" });
  await app.checks.alarm("chamber-entry").waitFor({ state: "detached" });
  await app.checks.says("chamber-entry", "task.safe_answered");
  await app.task.happenedLast(/氧气 20.9\s%/);
  await app.hasSaved(4);
});

story("each chamber of a round is asked by itself, and the list says which nobody may enter", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await new Errand(page).find(MANHOLE.code);
  await app.card.makeRound();
  await app.roundMenu.shows();
  await app.roundMenu.kind("manhole-clear").click();
  await app.round.shows("manhole-clear");
  await app.checks.says("traffic", "task.safe_unanswered");
  assert.equal(await app.checks.line("chamber-entry").count(), 0, "asked at each");

  const other = onStreet("manholes", MANHOLE.street).find(({ code }) => code !== MANHOLE.code);
  await app.round.open(MANHOLE.name);
  await app.stop.shows(MANHOLE.name);
  await app.checks.open("chamber-entry");
  await app.safe.shows("chamber-entry");
  await app.safe.tick(4);
  await app.safe.measures("chamber-entry", { ...GOOD, h2s: "12.5" });
  await app.safe.note.fill("臭");
  await app.safe.save.click();
  await app.stop.shows(MANHOLE.name);
  await app.checks.says("chamber-entry", "task.safe_lack_bad", { value: "硫化氢 12.5\u00a0mg/m³", range: "不超过 10\u00a0mg/m³" });
  await app.sheet.back();
  await app.round.shows("manhole-clear");
  await app.round.line(MANHOLE.name).getByText("禁止下井").waitFor();
  assert.equal(await app.round.line(other.name).getByText("禁止下井").count(), 0);

  await app.round.open(MANHOLE.name);
  await app.stop.shows(MANHOLE.name);
  await app.checks.open("chamber-entry");
  await app.safe.shows("chamber-entry");
  await app.safe.tick(4);
  await app.safe.measures("chamber-entry", GOOD);
  await app.safe.save.click();
  await app.stop.shows(MANHOLE.name);
  await app.checks.says("chamber-entry", "task.safe_answered");
  await app.checks.alarm("chamber-entry").waitFor({ state: "detached" });
  await app.stop.done.click();
  await app.round.shows("manhole-clear");
  assert.equal(await app.round.line(MANHOLE.name).getByText("禁止下井").count(), 0);
});
