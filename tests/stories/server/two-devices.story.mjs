// Several devices and one server. Run by `cargo xtask server-story`, which makes the accounts.
import assert from "node:assert/strict";
import { story } from "../harness.mjs";
import { asset } from "../lib/city.mjs";
import { AccountPage, comesIn, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { go, panel } from "../pages/navigation.mjs";
import { word, work } from "../pages/words.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const LI = { account: "li", name: "李师傅", password: "a long walk in autumn" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

/** Before anybody has logged in, or once a login has expired, the server says so. */
const allow = /status of 401|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/;

/** Each story has drains of its own: the server remembers the others'. */
const drain = (n) => asset("storm-drains", `22038201040000${String(n).padStart(2, "0")}`);

/** The line of work at an asset, on its card. */
const line = (page, state) => new App(page).card.work("drain-clear", state);

const conflict = (page) => panel(page).getByRole("status").filter({ hasText: /两边写的不一样/ });

story("work plotted on one device is seen on another within two seconds, and closed there", { device: "phone", allow }, async ({ page, another }) => {
  const place = drain(10);
  const other = await another({ device: "desk" });
  await comesIn(page, WANG);
  const theirs = await comesIn(other.page, LI);
  await theirs.go("map");
  await new Errand(other.page).find(place.code);

  await new Errand(page).find(place.code);
  await new Errand(page).plot("drain-clear");
  const plotted = Date.now();
  await line(other.page, "open").waitFor();
  const ms = Date.now() - plotted;
  assert.ok(ms < 2000, `it took ${ms} ms`);
  await stands(page, "account.all_sent");

  await theirs.card.report();
  await theirs.report.shows();
  await theirs.report.close("drain-clear").click();
  await theirs.task.shows("drain-clear", "reported");
  await new App(page).task.shows("drain-clear", "reported");
});

story("two crews report the same work apart: both reports stay, and a supervisor's choice ends it everywhere", { device: "phone", allow }, async ({ page, device, another }) => {
  const place = drain(20);
  const second = await another();
  const desk = await another({ device: "desk" });
  await comesIn(page, WANG);
  await comesIn(second.page, LI);
  await comesIn(desk.page, ZHAO);
  await new Errand(page).find(place.code);
  await new Errand(page).plot("drain-clear");
  await new Errand(second.page).find(place.code);
  await line(second.page, "open").click();
  await new App(second.page).task.shows("drain-clear", "open");

  await device.offline();
  await second.offline();
  await new Errand(page).close("drain-clear", { quantity: 1 });
  await new Errand(second.page).close("drain-clear", { quantity: 2 });
  for (const at of [page, second.page]) await stands(at, "account.waiting", { n: 1 });
  await device.offline(false);
  await second.offline(false);
  for (const at of [page, second.page]) {
    await stands(at, "account.all_sent");
    await conflict(at).waitFor();
  }
  await new Errand(desk.page).find(place.code);
  await line(desk.page, "conflict").click();
  await conflict(desk.page).waitFor();
  await panel(desk.page).getByRole("button", { name: word("task.conflict_choose") }).last().click();
  for (const at of [desk.page, page, second.page]) await new App(at).task.shows("drain-clear", "reported");
  const kept = await new App(desk.page).task.quantity("drain-clear").innerText();
  for (const at of [page, second.page]) assert.equal(await new App(at).task.quantity("drain-clear").innerText(), kept);
});

story("a tab that is killed between saved and sent has lost nothing and doubled nothing", { device: "phone", allow }, async ({ page, device, another }) => {
  const place = drain(30);
  await comesIn(page, WANG);
  await device.readyOffline();
  await device.offline();
  await new Errand(page).find(place.code);
  await new Errand(page).plot("drain-clear");
  await stands(page, "account.waiting", { n: 1 });
  const again = await device.killTab();
  await page.close(); // what is left of it
  await App.open(again);
  await stands(again, "account.waiting", { n: 1 });
  await device.offline(false);
  await stands(again, "account.all_sent");
  const other = await another({ device: "desk" });
  await comesIn(other.page, LI);
  await new Errand(other.page).find(place.code);
  await line(other.page, "open").waitFor();
  assert.equal(await line(other.page).count(), 1);
});

story("an expired login blocks only the sending", { device: "phone", allow }, async ({ page, device }) => {
  const place = drain(40);
  await comesIn(page, WANG);
  await new Errand(page).find(place.code);
  await new Errand(page).plot("drain-clear");
  await stands(page, "account.all_sent");
  await device.context.clearCookies();
  await new Errand(page).close("drain-clear");
  await stands(page, "account.login_needed", { n: 1 });
  const settings = await AccountPage.open(page);
  await settings.logIn(WANG.account, "not this one at all");
  await settings.says("account.err_wrong").waitFor();
  assert.equal(await settings.name.inputValue(), WANG.account, "what was typed stays");
  await settings.logIn(WANG.account, WANG.password);
  await stands(page, "account.all_sent");
});

story("another person on the same phone never sends the first one's work under the wrong name", { device: "phone", allow }, async ({ page, device, another }) => {
  const [first, second] = [drain(50), drain(60)];
  await comesIn(page, WANG);
  await device.offline();
  await new Errand(page).find(first.code);
  await new Errand(page).plot("drain-clear");
  await stands(page, "account.waiting", { n: 1 });
  await device.context.clearCookies();
  await device.offline(false);
  await stands(page, "account.login_needed", { n: 1 });

  const settings = await AccountPage.open(page);
  await settings.logIn(LI.account, LI.password);
  await settings.isHere(LI.name);
  await stands(page, "account.login_needed", { n: 1 });
  await new App(page).go("map");
  await new Errand(page).find(second.code);
  await new Errand(page).plot("drain-clear");

  const desk = await another({ device: "desk" });
  await comesIn(desk.page, ZHAO);
  await new Errand(desk.page).find(second.code);
  await line(desk.page, "open").waitFor();
  await new Errand(desk.page).find(first.code);
  assert.equal(await line(desk.page).count(), 0, "the first one's work waits for them");
  await go(page, "settings");
  await settings.logOut();
  await settings.logIn(WANG.account, WANG.password);
  await stands(page, "account.all_sent");
  await line(desk.page, "open").click();
  await panel(desk.page).getByText(WANG.account).first().waitFor();
  await panel(desk.page).getByRole("heading", { name: work("drain-clear") }).waitFor();
});
