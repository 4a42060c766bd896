// The core of a crew's day in the browsers that are not Chromium: Firefox, and WebKitGTK, whose engine is
// Safari's. Run by `cargo xtask browsers`, against a mendmap-server with accounts.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { address } from "../harness.mjs";
import { asset, LAMP, onStreet } from "../lib/city.mjs";
import { ZONE } from "../lib/device.mjs";
import { Browser } from "../lib/driven/browser.mjs";
import { Program } from "../lib/server.mjs";
import { Line } from "../phone/line.mjs";
import { AccountPage, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { Said } from "../pages/said.mjs";

const PEOPLE = {
  firefox: { account: "wang", name: "王师傅", password: "a long walk in spring" },
  webkit: { account: "li", name: "李师傅", password: "a long walk in autumn" },
};
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

/** A lane whose inlets are all in the first portion of a list, and a lamp: of its own for each browser. */
const LANES = { firefox: "滨河路一街", webkit: "老爷庙胡同" };
const LAMPS = { firefox: LAMP, webkit: asset("street-lamps", "2203820118000001") };

/** What the ledger says was done today. */
async function ledger(program) {
  const day = new Date().toLocaleDateString("sv", { timeZone: ZONE });
  const { lines } = await (await program.ask(`ledger?from=${day}&to=${day}`)).json();
  return Object.fromEntries(lines.map(({ work, quantity }) => [work, Number(quantity)]));
}

/**
 * Whether it was the browser that ended, and not the story: WebKitGTK's process of the page has been seen
 * to stop by a general protection fault of its own, once in some twenty runs.
 */
const hasCrashed = (error) => error.name === "NoSuchSessionError" && /page crash/.test(error.message);

/** A story in a browser; its page is kept where it fails. Where the browser crashed, it is told once more, aloud. */
function story(name, browserName, tell) {
  test(name, { timeout: 400_000 }, async (t) => {
    try {
      await tellIn(name, browserName, tell);
    } catch (error) {
      if (!hasCrashed(error)) throw error;
      t.diagnostic(`${browserName} crashed; told once more`);
      await tellIn(name, browserName, tell);
    }
  });
}

/** Tells it in a browser of its own. */
async function tellIn(name, browserName, tell) {
  const line = await Line.to(Number(new URL(address).port));
  const browser = await Browser.start(browserName);
  try {
    await tell({ page: browser.page, line });
  } catch (error) {
    const folder = `target/stories/${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}`;
    mkdirSync(folder, { recursive: true });
    await browser.page.screenshot().then((png) => writeFileSync(`${folder}/page-0.png`, png), () => {});
    console.error(`✗ ${name}: a screenshot in ${folder}\n${await browser.page.evaluate("return document.body.innerText").catch(String)}`);
    throw error;
  } finally {
    await browser.close();
    line.close();
  }
}

for (const name of ["firefox", "webkit"]) {
  story(`in ${name} work is opened, plotted, ticked and reported, survives a reload without a network, and is sent`, name, async ({ page, line }) => {
    const supervisor = await Program.of(ZHAO);
    const before = await ledger(supervisor);

    // Opened, and logged in.
    await page.goto(line.address);
    const app = new App(page);
    await app.started();
    const settings = await AccountPage.open(page);
    const person = PEOPLE[name];
    await settings.logIn(person.account, person.password);
    await settings.isHere(person.name);
    await app.go("map");
    await app.map.loaded();

    // Plotted and reported, with a network.
    const errand = new Errand(page);
    const [lamp, inlets] = [LAMPS[name], onStreet("storm-drains", LANES[name])];
    await errand.find(lamp.code);
    await errand.plot("lamp-repair");
    await errand.close("lamp-repair");
    await stands(page, "account.all_sent");
    await page.waitForFunction(() => ["ready", "update"].includes(document.documentElement.dataset.offline));

    // Another that is not there is said so.
    const gone = onStreet("street-lamps", lamp.street).find(({ code }) => code !== lamp.code);
    await errand.find(gone.code);
    const said = new Said(page);
    await said.amend();
    await said.propose();
    await said.line("s_missing", "st_open").waitFor();
    await stands(page, "account.all_sent");

    // A round is ticked without one, and the page is loaded anew.
    line.isCut = true;
    await errand.find(inlets[0].code);
    await app.card.makeRound();
    await app.roundMenu.kind("drain-clear").click();
    await app.round.shows("drain-clear");
    for (const [n, inlet] of inlets.slice(0, 3).entries()) {
      await app.round.tick(inlet.name).click();
      await app.round.says(n + 1, inlets.length);
    }
    await page.reload();
    await app.started();
    await app.round.shows("drain-clear");
    await app.round.says(3, inlets.length);
    await app.round.tick(inlets[3].name).click();
    await app.round.says(4, inlets.length);

    await app.round.finish();
    await app.report.shows();
    await app.report.close("drain-clear").click();
    await app.task.shows("drain-clear", "reported");

    // Sent once there is one again, and in the ledger to the unit.
    line.isCut = false;
    await stands(page, "account.all_sent");
    const after = await ledger(supervisor);
    assert.equal(after["lamp-repair"] - (before["lamp-repair"] ?? 0), 1);
    assert.equal(after["drain-clear"] - (before["drain-clear"] ?? 0), 4);
  });
}
