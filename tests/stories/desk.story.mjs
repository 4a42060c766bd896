// The supervisor's desk, on one device and without a server.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { asset } from "./lib/city.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Desk } from "./pages/desk.mjs";
import { Errand } from "./pages/errand.mjs";
import { within, word } from "./pages/words.mjs";

const KIND = "drain-clear";
const drain = (n) => asset("storm-drains", `2203820104${String(n).padStart(6, "0")}`);

/** Clears so many drains, each one errand. */
async function clears(page, drains, amounts = {}) {
  const errand = new Errand(page);
  for (const one of drains) {
    await errand.find(one.code);
    await errand.plot(KIND);
    await errand.close(KIND, { quantity: amounts[one.code] ?? 1 });
  }
}

story("whoever checks nothing sees nothing of it", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await clears(page, [drain(1000)]);
  await app.go("work");
  await app.sheet.region.getByText(word("task.filter_closed")).waitFor();
  assert.equal(await app.sheet.region.getByText(within("desk.to_check")).count(), 0);
});

story("a report is sent back for a reason, mended, and verified: the card opens on the reason", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const desk = await Desk.here(page);
  await clears(page, [drain(1000)]);
  await app.go("work");
  await desk.waits(1).click();
  await desk.has(1);
  await desk.button(drain(1000).name, "send_back").click();
  await desk.sendBack("箅子还堵着");
  await desk.has(0);
  await page.keyboard.press("ControlOrMeta+z"); // the word of it came along, with the way back
  await desk.has(1);
  await app.reload();
  await desk.has(1);
  await desk.button(drain(1000).name, "send_back").click();
  await desk.sendBack("箅子还堵着");
  await desk.has(0);

  await new Errand(page).find(drain(1000).code);
  await app.card.work(KIND, "returned").first().click();
  await app.task.shows(KIND, "returned");
  await app.sheet.region.getByText("箅子还堵着").first().waitFor();
  await new Errand(page).close(KIND, { quantity: 1 });
  await desk.open();
  await desk.button(drain(1000).name, "verify").click();
  await desk.has(0);
  await new Errand(page).find(drain(1000).code);
  await app.card.work(KIND, "verified").first().waitFor();
});

story("what is odd about a report is said: more than usual, and reported here before", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const desk = await Desk.here(page);
  await clears(page, [drain(1000), drain(1000)]);
  await desk.open();
  await desk.has(2);
  const odd = desk.report(drain(1000).name);
  await odd.getByText(word("desk.again")).first().waitFor();
  assert.equal(await odd.getByText(word("desk.no_photo")).count(), 2);
});

story("ten reports are verified by keyboard alone, and one that was chosen with others is taken back", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const desk = await Desk.here(page);
  const drains = Array.from({ length: 10 }, (_, n) => drain(1000 + n));
  await clears(page, drains);
  await desk.open();
  await desk.has(10);
  await page.keyboard.press("j");
  for (let left = 9; left >= 3; left -= 1) {
    await page.keyboard.press("v");
    await desk.has(left);
  }
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await desk.verifyChosen(3).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("v");
  await desk.has(0);
  await page.keyboard.press("ControlOrMeta+z");
  await desk.has(3);
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await desk.sendBack("没有照片");
  await desk.has(2);
});

story("work is given to a crew, with a deadline and how much is expected", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  const desk = await Desk.here(page);
  const errand = new Errand(page);
  await errand.find(drain(1000).code);
  await errand.plot(KIND);
  await desk.dispatch("drain-1", { due: "2099-05-03T17:30", planned: "1" });
  // The history says to whom, until when and how much, not only that somebody did.
  await app.task.happenedLast(/派活.*排水一班.*5月3日.*1/);
  await app.task.shows(KIND, "open");
  await app.sheet.region.getByText(/2099/).first().waitFor();
  await app.task.button("accept").waitFor();
  await errand.close(KIND, { quantity: 3 });
  await desk.open();
  await desk.report(drain(1000).name).getByText(word("desk.unlike_plan")).waitFor();
  await becomes(() => desk.report(drain(1000).name).count(), 1);
});
