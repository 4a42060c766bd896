// A phone that joins a city in which much was done already.
import assert from "node:assert/strict";
import { story } from "../harness.mjs";
import { asset } from "../lib/city.mjs";
import { Program } from "../lib/server.mjs";
import { becomes } from "../lib/wait.mjs";
import { comesIn } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { CompletionPage } from "../pages/completion.mjs";
import { Errand } from "../pages/errand.mjs";

const LI = { account: "li", name: "李师傅", password: "a long walk in autumn" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

/** No server has a snapshot of less, and what was closed so long ago is not in it whole. */
const LONG = 5200;

/** Before anybody has logged in the server says so; pieces of the history are kept away. */
const allow = /status of 401|net::ERR_FAILED|net::ERR_INTERNET_DISCONNECTED/;

const drain = (n) => asset("storm-drains", `22038201040001${String(n).padStart(2, "0")}`);
const line = (page, state) => new App(page).card.work("drain-clear", state);

story("a phone that joins late works from a snapshot at once, and has the whole history a little later, also without signal", { device: "phone", allow }, async ({ page, device }) => {
  const zhao = await Program.of(ZHAO);
  const one = { quantity: "1", unit: "pcs" };
  const closed = zhao.work("drain-clear", drain(10), "storm-drain", one);
  const open = zhao.work("drain-clear", drain(11), "storm-drain");
  const remark = (n) => zhao.event({ asset: drain(12).uid }, [], "noted", { text: `${n}` });
  await zhao.handOver([...closed, ...open, ...Array.from({ length: LONG }, (_, n) => remark(n))]);

  let pages = 0;
  await page.route("**/api/v1/events?*", (route) => {
    pages += 1;
    return route.continue();
  });
  await page.route("**/api/v1/segments?*", (route) => route.abort());
  await comesIn(page, LI);
  await becomes(() => pages > 0, true);
  assert.ok(pages < 4, `${pages} pages were fetched, as if there were no snapshot`);
  await new Errand(page).find(drain(11).code);
  await line(page, "open").waitFor();

  // What is closed counts, though nothing of it is here but what it comes to.
  const completion = await CompletionPage.open(page);
  await completion.choose("drain-clear");
  await completion.days("2024-01-01", "2024-12-31");
  await becomes(async () => (await completion.counts())?.done, 1);
  await new Errand(page).find(drain(10).code);
  assert.equal(await line(page).count(), 0);

  await page.unroute("**/api/v1/segments?*");
  await zhao.handOver([remark("a word, so that the phone looks again")]);
  await line(page, "reported").waitFor();
  const again = await CompletionPage.open(page);
  await becomes(async () => (await again.counts())?.done, 1);

  await device.readyOffline();
  await device.offline();
  await page.reload();
  await new Errand(page).find(drain(10).code);
  await line(page, "reported").waitFor();
});
