// What cannot be is refused in a sentence that says what to do, and nothing typed is lost.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { DRAIN, MANHOLE } from "./lib/city.mjs";
import { seen } from "./lib/seen.mjs";
import { App } from "./pages/app.mjs";

/** The report of work of a kind on an asset. */
async function reporting(page, place, kind) {
  const app = await App.open(page, place);
  await app.card.plot();
  await app.plotMenu.choose(kind);
  await app.task.report();
  await app.report.shows();
  return app;
}

/** Presses the one button, and expects the sentence, the focus on the field, and everything as typed. */
async function isRefused(app, { kind, typed, sentence, given, note }) {
  const field = app.report.quantity(kind);
  await field.fill(typed);
  await app.report.close(kind).click();
  await seen(app.report.says(sentence, given));
  await field.and(app.page.locator("[aria-invalid=true]:focus")).waitFor();
  assert.equal(await field.inputValue(), typed, "what was typed stays");
  assert.equal(await app.report.note.inputValue(), note);
  await app.hasSaved(1);
}

story("nonsense for a number of drains is refused with a sentence, and nothing typed is lost", { device: "phone" }, async ({ page }) => {
  const kind = "drain-clear";
  const app = await reporting(page, `#/asset/${DRAIN.uid}`, kind);
  const note = "箅子松动";
  await app.report.note.fill(note);
  await isRefused(app, { kind, note, typed: "0", sentence: "task.err_quantity_zero" });
  await isRefused(app, { kind, note, typed: "-1", sentence: "task.err_quantity_zero" });
  await isRefused(app, { kind, note, typed: "两座", sentence: "task.err_quantity_not_number", given: { text: "两座" } });
  await isRefused(app, { kind, note, typed: "1.5", sentence: "task.err_quantity_whole", given: { unit: "座" } });
  await isRefused(app, { kind, note, typed: "", sentence: "task.err_quantity_missing" });

  await app.report.quantity(kind).fill("2");
  await app.report.ofWhich("drain-repair").fill("x");
  await app.report.close(kind).click();
  await seen(app.report.says("task.err_quantity_not_number", { text: "x" }));
  assert.equal(await app.report.quantity(kind).inputValue(), "2");
  await app.hasSaved(1);

  await app.report.ofWhich("drain-repair").fill("3"); // of the two that were cleared
  await app.report.close(kind).click();
  await seen(app.report.says("task.err_quantity_part"));
  await app.hasSaved(1);

  await app.report.ofWhich("drain-repair").fill("");
  await app.report.close(kind).click();
  await app.task.shows(kind, "reported");
  assert.equal(await app.task.quantity(kind).innerText(), "2座");
  await app.sheet.region.getByText(note).first().waitFor();
});

story("too many decimals of a square metre are refused, in English too", { device: "desk", locale: "en-GB" }, async ({ page }) => {
  const kind = "pothole-patch";
  const app = await reporting(page, "#/place/point/123.4947020,43.5275200", kind);
  const of = { kind, note: "" };
  await isRefused(app, { ...of, typed: "1.2345", sentence: "task.err_quantity_decimals" });
  await isRefused(app, { ...of, typed: "1,5", sentence: "task.err_quantity_not_number", given: { text: "1,5" } });
  await app.report.quantity(kind).fill("1.23");
  await app.report.close(kind).click();
  await app.task.shows(kind, "reported");
});

story("a day that has not come is refused", { device: "phone" }, async ({ page }) => {
  const kind = "drain-clear";
  const app = await reporting(page, `#/asset/${DRAIN.uid}`, kind);
  await app.report.doneOn.fill("2099-12-31");
  await app.report.close(kind).click();
  await seen(app.report.says("task.err_future"));
  assert.equal(await app.report.doneOn.inputValue(), "2099-12-31");
  await app.hasSaved(1);
});

story("an improbable number asks again before it is kept", { device: "phone" }, async ({ page }) => {
  const kind = "manhole-clear";
  const app = await reporting(page, `#/asset/${MANHOLE.uid}`, kind);
  await app.report.quantity(kind).fill("4000");
  await app.report.close(kind).click();
  await seen(app.report.says("task.improbable", { n: "4,000座" }));
  await app.hasSaved(1);

  await app.report.quantity(kind).fill("9");
  await seen(app.report.says("task.improbable", { n: "9座" })); // one chamber has no nine lids
  await app.report.quantity(kind).fill("3");
  await app.report.says("task.improbable").waitFor({ state: "detached" });
  await app.report.close(kind).waitFor();

  await app.report.typesAndPresses("5000");
  await seen(app.report.says("task.improbable", { n: "5,000座" }));
  assert.equal(await app.report.sure().count(), 1, "a tap that comes with the question is no answer to it");
  await page.waitForTimeout(500);
  await app.report.sure().click();
  await app.task.shows(kind, "reported");
  assert.equal(await app.task.quantity(kind).innerText(), "5,000座");
});
