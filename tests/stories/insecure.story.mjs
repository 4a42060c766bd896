// A phone that opens the app over plain http from another machine: what is missing, and how to get it.
import assert from "node:assert/strict";
import { address, story } from "./harness.mjs";
import { seen } from "./lib/seen.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { word } from "./pages/words.mjs";

// A name that the browser does not take for its own machine, and so not for secure.
const HOST = "mendmap.test";
const insecure = address.replace(/\/\/[^/:]+/, `//${HOST}`);
const flags = [`--host-resolver-rules=MAP ${HOST} ${new URL(address).hostname}`];

story("on an insecure address the app says what is missing and how to get it", { device: "phone", flags, location: null }, async ({ page }) => {
  await App.open(page, insecure);
  assert.equal(await page.evaluate(() => window.isSecureContext), false);
  await becomes(() => page.evaluate(() => document.documentElement.dataset.offline), "insecure");
  await seen(page.getByText("这个地址缺两样东西")); // at once, not in the settings alone
  const settings = await SettingsPage.open(page);
  const banner = settings.panel.getByRole("status").filter({ hasText: "这个地址缺两样东西" });
  await banner.waitFor();
  assert.match(await banner.innerText(), /http.*定位.*离线.*https.*localhost/s);

  await settings.speak("English");
  await settings.panel.getByRole("status").first().filter({ hasText: /location.*offline.*https/s }).waitFor();
});

story("on an insecure address asking for the place is answered with the reason, and work goes on", { device: "desk", flags, location: null }, async ({ page }) => {
  const app = await App.open(page, insecure);
  await app.map.loaded(); // before there is a map its buttons do nothing
  await page.getByRole("button", { name: "我的位置" }).click();
  await page.getByRole("status").filter({ hasText: /不是 https/ }).waitFor();
  const errand = new Errand(page);
  await errand.find("2203820104000001");
  await errand.plot("drain-clear");
  await errand.close("drain-clear");
  await page.reload();
  await page.getByRole("link", { name: /已存在本机 2 条/ }).waitFor();
});

story("a secure address says nothing of the kind", { device: "phone" }, async ({ page }) => {
  await App.open(page);
  const settings = await SettingsPage.open(page);
  await settings.panel.getByRole("heading", { name: word("settings.storage") }).waitFor(); // beneath which it would stand
  assert.equal(await settings.panel.getByText("这个地址缺两样东西").count(), 0);
});
