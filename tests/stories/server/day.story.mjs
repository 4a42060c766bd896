// A crew's whole day, from Today to all sent. Run by `cargo xtask server-story`, which makes the accounts.
import assert from "node:assert/strict";
import { address, story } from "../harness.mjs";
import { camera } from "../lib/camera.mjs";
import { asset, line, onStreet } from "../lib/city.mjs";
import { length } from "../lib/geodesic.mjs";
import { number } from "../lib/measured.mjs";
import { Releases } from "../lib/releases.mjs";
import { seen } from "../lib/seen.mjs";
import { goes, phoneWalks, pipes, walk } from "../lib/walk.mjs";
import { comesIn, stands } from "../pages/account.mjs";
import { Errand } from "../pages/errand.mjs";
import { Find } from "../pages/find.mjs";
import { Photos } from "../pages/photos.mjs";
import { Round } from "../pages/round.mjs";
import { Track } from "../pages/track.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const LI = { account: "li", name: "李师傅", password: "a long walk in autumn" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

const allow = /status of 40[14]|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/;

/** Forty inlets of one lane: what Wang clears of them, and what Li does; two of them both. */
const INLETS = onStreet("storm-drains", "滨河路一街").slice(0, 40);
const [WANGS, LIS] = [INLETS.slice(0, 21), INLETS.slice(19)];
/** Three lanes, one behind the other: from some way along the first to some way along the last. */
const [FIRST, LAST] = [line("roads", "2203829003000075").line, line("roads", "2203829003000074").line];
const LANE = line("roads", "2203829003000073");
const JUNCTIONS = [LANE.line[4], LANE.line[7]];
const STREET = "郑家屯大街一巷";
const LINE = pipes(STREET, "pipe-sewage");
const INLET = asset("storm-drains", "2203820104003099");
const LID = asset("manholes", "2203820102000924");
const PHOTO = { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" };

/** The place on a line that lies next to a junction on it. */
const besides = (corners, junction) => {
  const at = corners.findIndex((corner) => String(corner) === String(junction));
  return corners[at + 1] ?? corners[at - 1];
};

/** What the ledger says was done today of some kinds of work. */
async function ledger(page) {
  const day = await page.evaluate(() => new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" }));
  const answer = await page.request.get(new URL(`api/v1/ledger?from=${day}&to=${day}`, address).href);
  const { lines } = await answer.json();
  return Object.fromEntries(lines.map(({ work, quantity }) => [work, Number(quantity)]));
}

/** A phone whose processor is so many times slower than this machine's. */
const SLOWER = 4;

/** How full the phone says that it is. */
const isFull = (page, used) =>
  page.evaluate((used) => (navigator.storage.estimate = async () => ({ usage: used * 1e8, quota: 1e8 })), used);

const state = (page, wanted) => page.waitForFunction((is) => document.documentElement.dataset.offline === is, wanted);

story("a whole day without signal is in the evening's ledger, to the unit and the decimal", { device: "phone", allow, timeout: 900_000 }, async ({ page, device, another, t }) => {
  const site = await Releases.before(address);
  t.after(() => site.stop());
  await phoneWalks(page);
  const desk = await another({ device: "desk" });
  await comesIn(desk.page, ZHAO);
  const before = await ledger(desk.page);
  const second = await another();
  const [wang, li] = [await comesIn(page, WANG, site.address), await comesIn(second.page, LI, site.address)];
  await device.readyOffline();
  await device.slow(SLOWER);
  await second.slow(SLOWER);

  // In the yard, with signal: the round of the day, on both phones.
  const errand = new Errand(page);
  await errand.find(INLETS[0].code);
  await wang.card.makeRound();
  await wang.roundMenu.kind("drain-clear").click();
  await wang.round.shows("drain-clear");
  await stands(page, "account.all_sent");
  await li.go("work");
  await second.page.getByText("滨河路一街").first().click();
  await li.round.shows("drain-clear");

  // Out of the yard there is none.
  await device.offline();
  await second.offline();
  const all = onStreet("storm-drains", "滨河路一街").length;
  for (const [at, inlets] of [[page, WANGS], [second.page, LIS]]) {
    const round = new Round(at);
    for (const [n, { name }] of inlets.entries()) {
      await round.tick(name).click();
      await round.says(n + 1, all);
    }
  }

  // Cracks, along three lanes.
  await wang.go("map");
  await errand.find(LANE.code);
  await errand.plot("crack-seal");
  await wang.task.report();
  await wang.report.shows();
  await wang.report.measureAlong();
  await wang.along.shows();
  const ends = [besides(FIRST, JUNCTIONS[0]), besides(LAST, JUNCTIONS[1])];
  for (const [n, end] of ends.entries()) {
    await wang.map.tap(end);
    await wang.along.hasTaps(n + 1);
  }
  const sealed = number(await wang.along.measured());
  const metres = length([ends[0], ...LANE.line.slice(4, 8), ends[1]]);
  assert.ok(Math.abs(sealed - metres) < 5, `${sealed} m where it is ${metres} m along the lanes`);
  await wang.along.take();
  await wang.report.shows();
  await wang.report.close("crack-seal").click();
  await wang.task.shows("crack-seal", "reported");

  // A pothole of three patches, with a photo, on a phone that is nearly full.
  await errand.find(LANE.code);
  await errand.plot("pothole-patch");
  await isFull(page, 0.98);
  await wang.task.report();
  await wang.report.shows();
  await seen(wang.report.says("task.photo_full"));
  for (const [n, sides] of [["1.2", "0.8"], ["2", "1.5"], ["0.5", "0.5"]].entries()) await wang.report.patch(n + 1, ...sides);
  await wang.report.quantityIs("pothole-patch", "4.21");
  const form = new Photos(page, wang.report.region);
  await form.add(await camera(page, PHOTO));
  await form.shows(1);
  await wang.report.close("pothole-patch").click();
  await wang.task.shows("pothole-patch", "reported");
  await stands(page, "account.photos_waiting", { n: 1 });
  await isFull(page, 0.5);

  // At noon there is signal for a while, and a newer version of the app: it is offered, and taken in
  // the middle of a report, of which nothing is lost.
  await errand.find(INLET.code);
  await errand.plot("drain-repair");
  await wang.task.report();
  await wang.report.shows();
  await wang.report.note.fill("篦子断了一根");
  site.release("noon");
  await device.offline(false);
  await stands(page, "account.all_sent");
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
  await state(page, "update");
  assert.equal(await wang.report.note.inputValue(), "篦子断了一根", "it does not come by itself");
  await page.evaluate(() => window.dispatchEvent(new Event("mendmap:update")));
  await page.waitForFunction(() => document.querySelector('meta[name="version"]')?.content === "noon");
  await wang.started();
  await state(page, "ready");
  await device.offline();
  await wang.report.shows();
  assert.equal(await wang.report.note.inputValue(), "篦子断了一根");
  await wang.report.close("drain-repair").click();
  await wang.task.shows("drain-repair", "reported");

  // A patrol, whose phone falls asleep once, and is out of a pocket at first.
  await wang.search.type(`${STREET}污水管`);
  await wang.search.result(STREET).first().waitFor();
  await wang.search.field.press("Enter");
  await errand.plot("pipe-patrol");
  await wang.task.record();
  const track = new Track(page);
  await track.shows();
  await track.start();
  await goes(page, walk(LINE, { gaps: [[150, 210], [400, 560]] }));
  await track.pause();
  await track.closesGap();
  await track.covers(length(LINE), 0.02);
  await track.finish();
  await wang.report.shows();
  const patrolled = Number(await wang.report.quantity("pipe-patrol").inputValue());
  await wang.report.close("pipe-patrol").click();
  await wang.task.shows("pipe-patrol", "reported");

  // A lid that is not there: its clock of six hours runs until there is a new one.
  await errand.find(LID.code);
  const find = new Find(page);
  await find.open();
  await find.dangerous.check();
  await find.save.click();
  await wang.task.shows("lid-replace", "open");
  await seen(wang.sheet.region.getByText(/[56]小时后到期/));
  await errand.close("lid-replace");

  // Back in the yard.
  await device.offline(false);
  await second.offline(false);
  await stands(second.page, "account.all_sent");
  await stands(page, "account.all_sent");
  await wang.go("work");
  await page.getByText("滨河路一街").first().click();
  await wang.round.says(INLETS.length, all);
  await wang.round.finish();
  await wang.report.shows();
  assert.equal(await wang.report.quantity("drain-clear").inputValue(), String(INLETS.length), "what both ticked was cleared once");
  await wang.report.close("drain-clear").click();
  await wang.task.shows("drain-clear", "reported");
  await stands(page, "account.all_sent");

  const after = await ledger(desk.page);
  const done = (work) => Math.round(((after[work] ?? 0) - (before[work] ?? 0)) * 1000) / 1000;
  // A drain that is repaired is one of those cleared.
  const wanted = { "drain-clear": INLETS.length + 1, "crack-seal": sealed, "pothole-patch": 4.21, "drain-repair": 1, "pipe-patrol": patrolled, "lid-replace": 1 };
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((work) => [work, done(work)])), wanted);
});
