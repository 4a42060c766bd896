// What an administrator sets and who may log in, on the devices of others.
import assert from "node:assert/strict";
import { story, violations } from "../harness.mjs";
import { becomes } from "../lib/wait.mjs";
import { AccountPage, comesIn, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Govern } from "../pages/govern.mjs";
import { Toast } from "../pages/toast.mjs";
import { catalog } from "../pages/words.mjs";

const SUN = { account: "sun", name: "孙主管", password: "all of the lids" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };
const QIAN = { account: "qian", name: "钱师傅", password: "a long road in winter" };
const CREW = catalog.crews[0];

/** Before anybody has logged in the server says so; who was locked out is told, too. */
const allow = /status of 40[13]/;

story("an account made in the browser logs in elsewhere, belongs to its crew, and no more once it is locked", { device: "desk", allow }, async ({ page, another }) => {
  await comesIn(page, SUN);
  const govern = await Govern.open(page);
  await govern.addAccount({ id: "demo-qian", name: QIAN.name, password: QIAN.password, crew: CREW.label });
  await becomes(async () => /demo-/.test(await govern.newAccountFault()), true);
  await govern.addAccount({ id: QIAN.account, name: QIAN.name, password: "short", crew: CREW.label });
  await becomes(async () => /8/.test(await govern.newAccountFault()), true);
  await govern.addAccount({ id: QIAN.account, name: QIAN.name, password: QIAN.password, crew: CREW.label });
  await new Toast(page).says("govern.password_given");
  await govern.account(QIAN.account).waitFor();
  assert.deepEqual(await violations(page), []);

  const crews = await another({ device: "phone" });
  await comesIn(crews.page, QIAN);

  // Another role, and back again.
  await govern.role(QIAN.account, "supervisor");
  await becomes(async () => /^qian.+(督办|Supervisor)/s.test((await govern.deeds())[0]), true);
  await govern.takeBackDeed(0);
  await becomes(async () => /已撤回|Taken back/.test((await govern.deeds())[0]), true);

  await govern.lock(QIAN.account);
  await stands(page, "account.all_sent");
  const late = await another({ device: "phone" });
  await App.open(late.page);
  const login = await AccountPage.open(late.page);
  await login.logIn(QIAN.account, QIAN.password);
  await login.says("account.err_locked").waitFor();
});

story("what an administrator sets is on a supervisor's desk in a moment, who may look and not touch", { device: "desk", allow }, async ({ page, another }) => {
  await comesIn(page, SUN);
  const desk = await another({ device: "desk" });
  await comesIn(desk.page, ZHAO);
  const theirs = await Govern.byLink(desk.page);
  await theirs.mayNot.waitFor();
  const before = (await theirs.changes()).length;
  const govern = await Govern.open(page);
  await govern.set(govern.plan("drain-clear"), "4321");
  await becomes(async () => (await theirs.changes()).length, before + 1);
  assert.match((await theirs.changes())[0], /→ 4321/);
  await govern.takeBack(0);
  await becomes(async () => /已撤回|Taken back/.test((await theirs.changes())[0]), true);
});
