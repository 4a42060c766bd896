// From the supervisor's desk to the crew and back: a round is given out, done, sent back, mended and
// verified, and the ledger moves by exactly that. Run by `cargo xtask server-story`.
import assert from "node:assert/strict";
import { story } from "../harness.mjs";
import { camera } from "../lib/camera.mjs";
import { onStreet } from "../lib/city.mjs";
import { becomes } from "../lib/wait.mjs";
import { comesIn, stands } from "../pages/account.mjs";
import { Desk } from "../pages/desk.mjs";
import { Errand } from "../pages/errand.mjs";
import { Ledger } from "../pages/ledger.mjs";
import { Photos } from "../pages/photos.mjs";
import { within, word } from "../pages/words.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };
const allow = /status of 401/;
const KIND = "drain-clear";
const STREET = "文化街三胡同";
const DRAINS = onStreet("storm-drains", STREET);

/** The figure of cleared drains that counts, as the ledger of this page has it. */
async function cleared(page, app) {
  await app.go("completion");
  await app.sheet.region.getByRole("button", { name: within("desk.open_ledger") }).click();
  const ledger = new Ledger(page);
  await ledger.shows();
  await ledger.count("verified");
  await ledger.paragraph.waitFor();
  const line = ledger.figure(KIND);
  return (await line.count()) === 0 ? 0 : Number.parseInt((await line.innerText()).replace(/\D/g, ""), 10) || 0;
}

story("a round goes to a crew, is done, sent back with a photo, mended and verified, and the ledger moves by exactly that", { device: "desk", allow }, async ({ page, another }) => {
  const office = await comesIn(page, ZHAO);
  const desk = new Desk(page);
  await office.go("map");
  await office.map.loaded();
  // What the other stories left was verified by nobody.
  await becomes(() => cleared(page, office), 0);
  await office.go("map");

  await new Errand(page).find(DRAINS[0].code);
  await office.card.makeRound();
  await office.roundMenu.kind(KIND).click();
  await office.round.shows(KIND);
  await desk.dispatch("drain-1", { due: "2099-05-03T17:30", planned: String(DRAINS.length) });
  await stands(page, "account.all_sent");

  const phone = await another({ device: "phone" });
  const crew = await comesIn(phone.page, WANG);
  await crew.go("work");
  await crew.sheet.region.getByText(/2099/).first().waitFor();
  await crew.work.lines(KIND).first().click();
  await crew.round.shows(KIND);
  await crew.sheet.grow();
  for (const [n, { name }] of DRAINS.slice(0, 3).entries()) {
    await crew.round.tick(name).click();
    await crew.round.says(n + 1, DRAINS.length);
  }
  await crew.round.finishButton.click();
  await crew.report.shows();
  await crew.report.close(KIND).click();
  await crew.task.shows(KIND, "reported");
  await stands(phone.page, "account.all_sent");
  for (const key of ["verify", "send_back", "dispatch"]) assert.equal(await crew.sheet.region.getByRole("button", { name: word(`desk.${key}`) }).count(), 0, `a crew does not ${key}`);

  // Other reports may wait as well.
  await desk.open();
  await desk.button(STREET, "send_back").click();
  await office.sheet.shows(word("desk.send_back_title"));
  const said = { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" };
  await new Photos(page, office.sheet.region).add(await camera(page, said, "#274"));
  await desk.sendBack("第二个箅子还堵着");
  await desk.sheet.shows(word("desk.review"));
  await becomes(() => desk.report(STREET).count(), 0);
  await stands(page, "account.all_sent");

  await crew.sheet.region.getByText("第二个箅子还堵着").first().waitFor();
  await crew.round.finishButton.click();
  await crew.report.shows();
  await crew.report.close(KIND).click();
  await crew.task.shows(KIND, "reported");
  await becomes(() => cleared(page, office), 0); // nothing is published before it is verified
  await desk.open();
  await desk.report(STREET).getByRole("button").first().focus();
  await page.keyboard.press("v");
  await becomes(() => desk.report(STREET).count(), 0);
  await becomes(() => cleared(page, office), 3);
  await crew.task.shows(KIND, "verified");
  await crew.sheet.region.getByText(word("common.mark_verified")).first().waitFor();
});
