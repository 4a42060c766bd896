// Two people on one round. Run by `cargo xtask server-story`, which makes the accounts.
import assert from "node:assert/strict";
import { story } from "../harness.mjs";
import { onStreet } from "../lib/city.mjs";
import { comesIn, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { Round } from "../pages/round.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const LI = { account: "li", name: "李师傅", password: "a long walk in autumn" };

const allow = /status of 401|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/;

const DRAINS = onStreet("storm-drains", "北新巷");
const ALL = DRAINS.length;

story("two who tick one round off apart, both without signal, have done what both did, and one report counts it", { device: "phone", allow }, async ({ page, device, another }) => {
  const second = await another();
  const [wang, li] = [await comesIn(page, WANG), await comesIn(second.page, LI)];
  await new Errand(page).find(DRAINS[0].code);
  await wang.card.makeRound();
  await wang.roundMenu.kind("drain-clear").click();
  await wang.round.shows("drain-clear");
  await stands(page, "account.all_sent");
  await li.go("work");
  await second.page.getByText("北新巷").first().click();
  await li.round.shows("drain-clear");
  await li.round.says(0, ALL);

  await device.offline();
  await second.offline();
  const [ours, theirs] = [DRAINS.slice(0, 6), DRAINS.slice(5, 9)];
  for (const [at, drains] of [[page, ours], [second.page, theirs]]) {
    const round = new Round(at);
    for (const [n, { name }] of drains.entries()) {
      await round.tick(name).click();
      await round.says(n + 1, ALL);
    }
  }
  await stands(page, "account.waiting", { n: ours.length });
  await device.offline(false);
  await second.offline(false);
  for (const at of [page, second.page]) {
    await new Round(at).says(9, ALL);
    await stands(at, "account.all_sent");
  }
  await wang.round.finish();
  await wang.report.shows();
  assert.equal(await wang.report.quantity("drain-clear").inputValue(), "9", "the drain that both ticked was done once");
  await wang.report.close("drain-clear").click();
  await new App(second.page).task.shows("drain-clear", "reported");
});
