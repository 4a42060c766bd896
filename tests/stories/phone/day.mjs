// What a crew's day costs: bytes over the line, both ways, as they are on it, headers and all.
//
// A day begins with the app installed and opened again: what it asks anew of the city counts, the
// program does not, which is `cargo xtask size`. Then it logs in and gets what there is, ticks forty
// stops of a round off, closes ten pieces of work, and hears of a crew that does as much. No photos.
import assert from "node:assert/strict";
import { asset, onStreet } from "../lib/city.mjs";
import { Program } from "../lib/server.mjs";
import { AccountPage, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { DRAINS, makesRound } from "./ticks.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const LI = { account: "li", password: "a long walk in autumn" };
const BAR = 1_000_000;
const TICKS = 40;
const REPORTS = 10;
const KIND = "drain-clear";
/** So many pieces of work were done before, by others: some weeks of a crew. */
const BEFORE = 500;

const drain = (n) => asset("storm-drains", `2203820104${String(n).padStart(6, "0")}`);

/** Pieces of work of another crew's, each plotted and done. */
const others = (program, from, count) => Array.from({ length: count }, (_, n) => program.work(KIND, drain(from + n), "storm-drain", { quantity: "1", unit: "pcs" })).flat();

/** How many events of each kind the server has of an account. */
async function captured(program, account) {
  const counts = {};
  for (let after = 0; ; ) {
    const { events, next } = await (await program.ask(`events?after=${after}&limit=5000`)).json();
    if (events.length === 0) return counts;
    for (const { event } of events) if (event.actor === account) counts[event.kind] = (counts[event.kind] ?? 0) + 1;
    after = next;
  }
}

export async function day(place, figures) {
  const { line } = place;
  const server = process.env.MENDMAP_SERVER;
  const li = await Program.of(LI, server);
  const device = await place.phone();
  let app = await App.open(device.page, line.address);
  await app.map.loaded();
  await device.readyOffline();
  await device.page.close();
  await li.handOver(others(li, 1000, BEFORE));

  device.page = await device.tab();
  const spent = {};
  let last = line.bytes;
  const until = (what) => {
    spent[what] = line.bytes - last;
    last = line.bytes;
  };
  app = await App.open(device.page, line.address);
  await app.map.loaded();
  await device.page.waitForLoadState("networkidle").catch(() => {});
  until("opening the app again");
  const settings = await AccountPage.open(device.page);
  await settings.logIn(WANG.account, WANG.password);
  await settings.isHere(WANG.name);
  const errand = new Errand(device.page);
  await app.go("map");
  await errand.find(drain(1000).code);
  await app.card.work(KIND, "reported").first().waitFor();
  until("logging in and the first sync");

  await makesRound(app);
  await app.sheet.grow();
  for (const [n, { name }] of DRAINS.slice(0, TICKS).entries()) {
    await app.round.tick(name).click();
    await app.round.says(n + 1, DRAINS.length);
  }
  await stands(device.page, "account.all_sent");
  until(`${TICKS} ticks of a round`);

  for (let n = 0; n < REPORTS; n += 1) {
    await errand.find(drain(2000 + n).code);
    await errand.plot(KIND);
    await errand.close(KIND, { quantity: 1 });
  }
  await stands(device.page, "account.all_sent");
  until(`${REPORTS} reports`);

  const news = others(li, 3000, TICKS + REPORTS);
  for (let at = 0; at < news.length; at += 2) await li.handOver(news.slice(at, at + 2));
  await errand.find(drain(3000 + TICKS + REPORTS - 1).code);
  await app.card.work(KIND, "reported").first().waitFor();
  until("hearing of another crew's day");

  assert.deepEqual(await captured(li, WANG.account), { plotted: 1 + REPORTS, ticked: TICKS, reported: REPORTS }, "what was done is what the server has");
  const total = Object.values(spent).reduce((sum, bytes) => sum + bytes, 0);
  figures.add("a crew's day, without photos", [total], { unit: "bytes", bar: BAR, by: "worst", least: 1 });
  for (const [what, bytes] of Object.entries(spent)) figures.add(`  ${what}`, [bytes], { unit: "bytes", least: 1 });
}
