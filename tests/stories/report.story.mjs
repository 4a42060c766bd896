// What a report says beside its amounts: who was there, for whom it is entered, with what; what was checked.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { asset, DRAIN, onStreet } from "./lib/city.mjs";
import { events } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { smallTargets } from "./lib/targets.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { Find } from "./pages/find.mjs";
import { Records } from "./pages/records.mjs";

const OTHER = onStreet("storm-drains", DRAIN.street).find(({ code }) => code !== DRAIN.code);

const STATION = asset("pump-stations", "2203829004000001");
const TOILET = asset("toilets", "2203820301000001");

/** The reports in the records of this device. */
const reports = async (app) => events(await new Records(app).exportAll()).filter(({ kind }) => kind === "reported");

/** The form for the report of new work on a drain. */
async function reportOf(app, { code }) {
  const errand = new Errand(app.page);
  await errand.find(code);
  await errand.plot("drain-repair");
  await app.task.report();
  await app.report.shows();
  return app.report;
}

/** An earlier day than today, as its field takes it. */
const earlier = (page) =>
  page.evaluate(() => {
    const day = new Date(Date.now() - 3 * 24 * 3600 * 1000);
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  });

story("who was there is asked once a day, for whom and with what is offered again, and the card says it all", { device: "phone", locale: "zh-CN" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  const report = await reportOf(app, DRAIN);
  await report.attended.click();
  await report.with.fill("张三，李四, 王五，");
  await report.onBehalf.fill("排水一班");
  await report.material.fill("球墨铸铁雨水篦子");
  const day = await earlier(page);
  await report.doneOn.fill(day);
  await seen(report.attended.getByText("张三、李四、王五 · 替排水一班填 · 球墨铸铁雨水篦子"));
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);

  // What was typed is still there after a reload, and after the report was taken back.
  await app.reload();
  await report.shows();
  await report.attended.click();
  await becomes(() => report.with.inputValue(), "张三，李四, 王五，");
  await report.close("drain-repair").click();
  await app.task.shows("drain-repair", "reported");
  await app.task.reopen();
  await app.task.shows("drain-repair", "open");
  await app.task.report();
  await report.shows();
  await report.attended.click();
  await becomes(() => report.with.inputValue(), "张三、李四、王五");
  await becomes(() => report.onBehalf.inputValue(), "排水一班");
  await becomes(() => report.material.inputValue(), "球墨铸铁雨水篦子");
  await becomes(() => report.doneOn.inputValue(), day);
  await report.close("drain-repair").click();
  await app.task.shows("drain-repair", "reported");
  await seen(app.task.reported("task.with").filter({ hasText: "张三、李四、王五" }));
  await seen(app.task.reported("task.on_behalf").filter({ hasText: "排水一班" }));
  await seen(app.task.reported("task.material").filter({ hasText: "球墨铸铁雨水篦子" }));
  await app.task.happenedLast(/替排水一班填/);

  // The next one of the day: who was there is filled in and said; all else is only offered.
  await reportOf(app, OTHER);
  await seen(report.attended.getByText("张三、李四、王五", { exact: true }));
  await report.attended.click();
  await becomes(() => report.onBehalf.inputValue(), "");
  await becomes(() => report.material.inputValue(), "");
  assert.notEqual(await report.doneOn.inputValue(), day, "no other day is chosen silently");
  await report.pick("李四").click();
  await report.pick("球墨铸铁雨水篦子").click();
  await report.pick(/^还是/).click();
  await becomes(() => report.doneOn.inputValue(), day);
  await report.attended.getByText("张三、王五 · 球墨铸铁雨水篦子", { exact: true }).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);
  await report.close("drain-repair").click();
  await app.task.shows("drain-repair", "reported");

  const said = (await reports(app)).map(({ with: names, on_behalf: on, done_on: day, lines: [{ material }] }) => [names, on, day, material]);
  const first = [["张三", "李四", "王五"], "drain-1", day, "球墨铸铁雨水篦子"];
  assert.deepEqual(said, [first, first, [["张三", "王五"], undefined, day, "球墨铸铁雨水篦子"]]);
});

story("a hurried crew closes its work without unfolding anything, and nothing is said of anybody", { device: "phone", locale: "en-GB" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  const report = await reportOf(app, DRAIN);
  assert.equal(await report.with.isVisible(), false);
  await report.close("drain-repair").click();
  await app.task.shows("drain-repair", "reported");
  const { with: names, on_behalf: on, lines: [{ material }] } = (await reports(app))[0];
  assert.deepEqual([names, on, material], [undefined, undefined, undefined]);
});

story("names without a comma are no name: the form opens where that is said, and loses nothing", { device: "phone", locale: "en-GB" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  const report = await reportOf(app, DRAIN);
  await report.attended.click();
  await report.with.fill("Ann Lee and Bo Chen and Cy Wang and Di Zhao and Ed Sun");
  await report.attended.click();
  await report.close("drain-repair").click();
  await seen(report.says("trouble.r_too_long"));
  await report.with.fill("Ann Lee, Bo Chen, Cy Wang");
  await becomes(() => report.says("trouble.r_too_long").count(), 0);
  assert.equal(await report.with.isVisible(), true, "it stays open while it is put right");
  await report.close("drain-repair").click();
  await app.task.shows("drain-repair", "reported");
  await seen(app.task.reported("task.with").filter({ hasText: "Ann Lee, Bo Chen, Cy Wang" }));
});

story("a pump station is looked at by a short list: each thing one tap, what is wrong in words and a defect at once", { device: "phone", locale: "zh-CN" }, async ({ page }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  const { report, task } = app;
  await errand.find(STATION.code);
  await errand.plot("pump-sewage-keep");
  await task.report();
  await report.shows();
  await seen(report.says("task.checked_of", { list: "泵站检查", n: 0, all: 5 }));
  await report.looked("水泵", "found_good").click();
  await report.looked("格栅", "found_wrong").click();
  await report.whatIsWrong("格栅").fill("被塑料袋堵住");
  await report.looked("供电和控制柜", "found_wrong").click();
  await report.looked("供电和控制柜", "found_good").click();
  await seen(report.says("task.checked_of", { list: "泵站检查", n: 3, all: 5 }));
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);

  // The defect begins with what was found; the report waits meanwhile.
  const find = new Find(page);
  await find.open();
  assert.equal(await find.what.inputValue(), "格栅：被塑料袋堵住");
  await find.choose("pump-repair");
  await find.save.click();
  await task.shows("pump-repair", "open");
  await page.goBack();
  await report.shows();
  await becomes(() => report.whatIsWrong("格栅").inputValue(), "被塑料袋堵住");
  await report.close("pump-sewage-keep").click();
  await task.shows("pump-sewage-keep", "reported");
  await seen(task.found("水泵").filter({ hasText: "正常" }));
  await seen(task.found("格栅").filter({ hasText: "有问题：被塑料袋堵住" }));
  assert.equal(await task.found("水位和液位计").count(), 0, "of what nobody looked at nothing is said");

  // Taken back, the list is as it was.
  await task.reopen();
  await task.shows("pump-sewage-keep", "open");
  await task.report();
  await report.shows();
  await seen(report.says("task.checked_of", { list: "泵站检查", n: 3, all: 5 }));
  await becomes(() => report.whatIsWrong("格栅").inputValue(), "被塑料袋堵住");
  await report.close("pump-sewage-keep").click();
  await task.shows("pump-sewage-keep", "reported");
  const [{ checked }] = await reports(app);
  assert.deepEqual(checked, [{ item: "pumps", good: true }, { item: "screens", good: false, note: "被塑料袋堵住" }, { item: "power", good: true }]);
});

story("a toilet has a list of its own, a drain has none, and nobody has to answer", { device: "phone", locale: "en-GB" }, async ({ page }) => {
  const app = await App.open(page);
  const errand = new Errand(page);
  await errand.find(TOILET.code);
  await errand.plot("toilet-keep");
  await app.task.report();
  await app.report.shows();
  await seen(app.report.says("task.checked_of", { list: "Toilet check", n: 0, all: 5 }));
  await app.report.close("toilet-keep").click();
  await app.task.shows("toilet-keep", "reported");
  const [{ checked }] = await reports(app);
  assert.equal(checked, undefined);
  await app.go("map");
  await reportOf(app, DRAIN);
  await app.report.quantity("drain-repair").waitFor();
  assert.equal(await app.report.says("task.found_good").count(), 0);
});
