// A phone that wants to be told while the app is closed. Run by `cargo xtask server-story`, which makes
// the accounts and the server's key. No browser here has a push service: what it says is made up, what
// the server, the page and the service worker do with it is not.
import assert from "node:assert/strict";
import { address, story, violations } from "../harness.mjs";
import { smallTargets } from "../lib/targets.mjs";
import { becomes } from "../lib/wait.mjs";
import { AccountPage, comesIn } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { PhonePage } from "../pages/phone.mjs";
import { SettingsPage } from "../pages/settings.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

/** A device of these stories is what Chromium calls incognito, and it says so. */
const allow = /status of 40[14]|Push API in incognito/;
const PUSH = "**/api/v1/push/*";
const SESSION = "**/api/v1/session*";

/** A browser whose maker's service is there, and takes whoever asks; what it knows outlives the page. */
function withService() {
  const KEY = "a push service";
  const known = () => {
    const said = JSON.parse(localStorage.getItem(KEY));
    return said && { toJSON: () => ({ ...said }), unsubscribe: async () => (localStorage.removeItem(KEY), true) };
  };
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  Object.defineProperty(Notification, "permission", { get: () => "granted" });
  PushManager.prototype.getSubscription = async () => known();
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 87) throw new Error("asked otherwise than a browser wants it");
    window.asked = (window.asked ?? 0) + 1;
    const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
    const keys = { p256dh: text(await crypto.subtle.exportKey("raw", pair.publicKey)), auth: text(crypto.getRandomValues(new Uint8Array(16))) };
    localStorage.setItem(KEY, JSON.stringify({ endpoint: `https://push.example/${crypto.randomUUID()}`, expirationTime: null, keys }));
    return known();
  };
}

/** Whether the browser is told. */
const isHere = (page) => page.evaluate(() => localStorage.getItem("a push service") !== null);

story("a phone is told once its owner wants it, in their language, until they want it no more or log out", { device: "phone", allow }, async ({ page, device }) => {
  await page.addInitScript(withService);
  await comesIn(page, WANG);
  await device.readyOffline();
  const [asked] = await Promise.all([page.waitForRequest(PUSH), page.reload().then(() => PhonePage.open(page))]);
  const server = async () => (await page.request.get(asked.url())).json();
  const phone = await PhonePage.open(page);
  await phone.switch.waitFor();
  assert.equal(await phone.switch.isChecked(), false);
  assert.equal(await page.evaluate(() => window.asked), undefined, "nobody is asked unasked");

  await phone.switch.check();
  await phone.says("on");
  const { key, ...told } = await server();
  assert.deepEqual([told, key.length], [{ on: true, language: "zh", has_crews: true }, 87]);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await smallTargets(page), []);

  const settings = await SettingsPage.open(page);
  await settings.speak("English");
  await becomes(async () => (await server()).language, "en");
  await page.reload();
  await PhonePage.open(page);
  await phone.says("on");
  assert.equal(await phone.switch.isChecked(), true);

  await phone.switch.uncheck();
  await becomes(async () => (await server()).on, false);
  await becomes(() => isHere(page), false);

  // Who presses it again before the first was done means that.
  const off = page.waitForResponse((answer) => answer.request().method() === "DELETE" && answer.url() === asked.url());
  await Promise.all([off, phone.switch.evaluate((one) => (one.click(), one.click()))]);
  await becomes(async () => (await server()).on, false);
  await becomes(() => isHere(page), false);
  assert.equal(await phone.switch.isChecked(), false);

  await phone.switch.check();
  await phone.says("on");
  const account = new AccountPage(page);
  // Where logging out fails it is told as before.
  await page.route(SESSION, (route) => route.abort());
  await account.logOutButton().click();
  await account.says("account.err_network").first().waitFor();
  await page.unroute(SESSION);
  assert.equal((await server()).on, true);
  assert.equal(await phone.switch.isChecked(), true);

  const leaves = (request) => request.method() === "DELETE" && request.url().includes("/session?device=");
  const [ended] = await Promise.all([page.waitForRequest(leaves), account.logOut()]);
  assert.equal((await ended.response()).status(), 204);
  await becomes(() => isHere(page), false);
  assert.equal(await phone.switch.count(), 0, "nobody is logged in");
  await account.logIn(WANG.account, WANG.password);
  await phone.switch.waitFor();
  assert.equal(await phone.switch.isChecked(), false);
});

story("what a phone's owner wanted stays so, whichever side has lost it, and for nobody else", { device: "phone", allow }, async ({ page, device }) => {
  await page.addInitScript(withService);
  await comesIn(page, WANG);
  await device.readyOffline();
  const [asked] = await Promise.all([page.waitForRequest(PUSH), page.reload().then(() => PhonePage.open(page))]);
  const server = async () => (await page.request.get(asked.url())).json();
  const phone = await PhonePage.open(page);
  await phone.switch.check();
  await phone.says("on");

  // The server has forgotten it, as after another password. The settings are not opened again.
  await App.open(page);
  await page.evaluate((url) => fetch(url, { method: "DELETE" }), asked.url());
  assert.equal((await server()).on, false);
  await page.reload();
  await becomes(async () => (await server()).on, true);
  assert.equal(await isHere(page), true);

  // The browser has given it up.
  await page.evaluate(() => localStorage.removeItem("a push service"));
  await page.reload();
  await becomes(() => isHere(page), true);

  // A login that has run out is not missing signal, and is looked at again once it is there.
  await PhonePage.open(page);
  await phone.says("on");
  await device.context.clearCookies();
  await page.reload();
  await PhonePage.open(page);
  await phone.says("expired");

  // Somebody else logs in: it was not theirs, and nobody of their crews would be told anything.
  const account = new AccountPage(page);
  await account.logIn(ZHAO.account, ZHAO.password);
  await account.isHere(ZHAO.name);
  await becomes(() => isHere(page), false);
  assert.equal(await phone.switch.isChecked(), false);
  await phone.switch.check();
  await phone.says("no_crew");
  assert.equal(await phone.switch.isChecked(), true);
});

story("a phone that cannot be told says why, and what is sure", { device: "phone", allow }, async ({ page, another }) => {
  const says = async (page, key) => {
    const phone = await PhonePage.open(page);
    await phone.says(key);
    await phone.panel.getByText(/群机器人才是可靠的方式/).waitFor();
    return phone;
  };
  await comesIn(page, WANG);
  // As a browser without a window has it: the owner has said no.
  const phone = await says(page, "denied");
  await phone.switch.click();
  await phone.says("denied");
  assert.equal(await phone.switch.isChecked(), false);
  assert.deepEqual(await violations(page), []);

  const cases = [
    ["no_push", () => delete window.PushManager],
    ["wechat", () => {
      delete window.PushManager;
      const agent = `${navigator.userAgent} MicroMessenger/8.0.49`;
      Object.defineProperty(Navigator.prototype, "userAgent", { get: () => agent });
    }],
    ["no_key", () => {}],
    ["not_kept", () => Object.defineProperty(Notification, "permission", { get: () => "granted" })],
  ];
  for (const [key, script] of cases) {
    // A service worker would pass its requests by what is made up here.
    const { page } = await another(["no_key", "not_kept"].includes(key) ? { serviceWorkers: "block" } : {});
    await page.addInitScript(script);
    if (key === "no_key") await page.route(PUSH, (route) => route.fulfill({ json: { key: null, on: false, language: null } }));
    await comesIn(page, WANG);
    if (key === "not_kept") {
      await (await PhonePage.open(page)).switch.click();
      const phone = await says(page, key);
      assert.equal(await phone.switch.isChecked(), false);
      continue;
    }
    const phone = await says(page, key);
    assert.equal(await phone.switch.count(), 0, key);
  }

  // The owner says yes, and there is no way to the service.
  const second = await another();
  await second.context.grantPermissions(["notifications"]);
  await second.page.addInitScript(() => (PushManager.prototype.subscribe = async () => Promise.reject(new DOMException("Registration failed - push service error", "AbortError"))));
  await comesIn(second.page, WANG);
  await second.readyOffline();
  const there = await PhonePage.open(second.page);
  await there.switch.click();
  await there.says("no_service");
  assert.equal(await there.switch.isChecked(), false);
  // The owner has closed the question without an answer.
  await second.page.evaluate(() => Object.defineProperty(Notification, "permission", { get: () => "default" }));
  await there.switch.click();
  await there.says("not_answered");
  assert.equal(await there.switch.isChecked(), false);
});

story("what the server says is shown while the app is closed, and opens its task", { device: "phone", allow }, async ({ page, device }) => {
  await device.context.grantPermissions(["notifications", "geolocation"]);
  await App.open(page);
  await device.readyOffline();
  const cdp = await device.context.newCDPSession(page);
  let registrationId;
  cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => (registrationId = registrations[0]?.registrationId));
  await cdp.send("ServiceWorker.enable");
  await becomes(() => registrationId !== undefined, true);
  const push = (data) => cdp.send("ServiceWorker.deliverPushMessage", { origin: new URL(address).origin, registrationId, data });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const all = await registration.getNotifications();
      return all.map(({ title, body, requireInteraction, data, tag }) => [title, body, requireInteraction, data.screen, tag]);
    });

  const screen = "#/task/018f0000-0000-7000-8000-000000000001";
  // A headless browser drops what comes too fast, and clears away what it has shown: it is said again,
  // and looked for, not counted.
  const says = async (data, is) => {
    for (let times = 0; times < 10; times += 1) {
      await push(typeof data === "string" ? data : JSON.stringify(data));
      for (const end = Date.now() + 6_000; Date.now() < end; await new Promise((later) => setTimeout(later, 100))) {
        if (is(await shown())) return;
      }
    }
    assert.fail(`it was not shown: ${JSON.stringify(data)}; but ${JSON.stringify(await shown())}`);
  };
  const danger = { title: "【Mendmap】双辽市", body: "新任务：清掏雨漏", at: screen, danger: true };
  await says(danger, (all) => all.some((one) => JSON.stringify(one) === JSON.stringify(["【Mendmap】双辽市", "新任务：清掏雨漏", true, screen, screen])));
  await says("not what is wanted", (all) => all.some(([, , , at]) => at !== screen));

  // Of several tasks each stays, since no other takes its place: one that is not read yet may be a
  // danger. Of one task the last does.
  for (const title of ["3", "2"]) {
    await says({ title, body: "…", at: "#/work", danger: false }, (all) => all.some(([its, , , , tag]) => its === title && tag === ""));
  }
  await says({ ...danger, body: "退回：清掏雨漏" }, (all) => JSON.stringify(all.filter(([, , , at]) => at === screen).map(([, body]) => body)) === JSON.stringify(["退回：清掏雨漏"]));

  // Somebody presses it while the app is open: it goes there, and is not loaded anew.
  await page.evaluate(() => (window.isTheSame = true));
  const [worker] = device.context.serviceWorkers();
  await worker.evaluate(async (screen) => {
    const all = await self.registration.getNotifications();
    const notification = all.find(({ data }) => data.screen === screen);
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  }, screen);
  await becomes(() => page.evaluate(() => location.hash), screen);
  assert.equal(await page.evaluate(() => window.isTheSame), true);
  await becomes(async () => (await shown()).some(([, , , at]) => at === screen), false);
});
