// What a crew says of the map, and a supervisor's word on it. Run by `cargo xtask server-story`, which
// makes the accounts.
import assert from "node:assert/strict";
import { address, story } from "../harness.mjs";
import { asset, LAMP, MANHOLE } from "../lib/city.mjs";
import { becomes } from "../lib/wait.mjs";
import { comesIn, stands } from "../pages/account.mjs";
import { App } from "../pages/app.mjs";
import { Errand } from "../pages/errand.mjs";
import { Said } from "../pages/said.mjs";
import { word } from "../pages/words.mjs";

const WANG = { account: "wang", name: "王师傅", password: "a long walk in spring" };
const ZHAO = { account: "zhao", name: "赵督办", password: "a long look at the map" };

/** Before anybody has logged in, and without signal. */
const allow = /status of 401|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/;

const DRAIN = asset("storm-drains", "2203820104000080");
const NAME = "新装雨口";

/** Some metres beside a drain, where the map has nothing. */
const NEW = [DRAIN.at[0] + 0.0004, DRAIN.at[1]].map((degrees) => degrees.toFixed(7)).join(",");

/** The features of a layer, as another program gets them that is logged in as whoever has this page. */
async function exported(page, layer, query = "") {
  const answer = await page.request.get(new URL(`api/v1/layers/${layer}${query}`, address).href);
  assert.equal(answer.status(), 200);
  return (await answer.json()).features;
}

/** Opens a screen by its address. */
async function opens(page, hash) {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

story("a crew says what the map has wrongly, the supervisor finds it and confirms it, and the crew's phone shows that", { device: "phone", allow }, async ({ page, device, another }) => {
  const app = await comesIn(page, WANG);
  const desk = await another({ device: "desk" });
  const theirs = await comesIn(desk.page, ZHAO);
  const [said, office] = [new Said(page), new Said(desk.page)];
  await device.readyOffline();

  // Without signal: a lid is missing, and a drain is not on the map.
  await device.offline();
  await new Errand(page).find(MANHOLE.code);
  await said.amend();
  await said.is("missing");
  await said.remark.fill("井口已围挡");
  await said.propose();
  await said.line("s_missing", "st_open").waitFor();
  assert.equal(await said.confirm.count(), 0, "a crew does not confirm");
  await opens(page, `#/place/point/${NEW}`);
  await app.card.showsPlace();
  await said.add();
  await said.choose("storm-drain");
  await said.name.fill(NAME);
  await said.propose();
  await app.card.shows(NAME);
  await stands(page, "account.waiting", { n: 2 });
  await device.offline(false);
  await stands(page, "account.all_sent");

  // The office hears of it, finds it where work is, and looks at it on the map.
  await theirs.go("work");
  await office.list(2);
  await office.of("井口已围挡").getByRole("button", { name: word("said.confirm") }).click();
  await becomes(() => office.of("井口已围挡").count(), 0);
  await office.open(NAME);
  await theirs.card.shows(NAME);
  await office.line("s_added", "st_open").waitFor();
  assert.ok(!JSON.stringify(await exported(desk.page, "storm-drains", "?amended=true")).includes(NAME), "nobody confirmed it yet");
  await office.confirm.click();
  await office.line("s_added", "st_confirmed").waitFor();
  await stands(desk.page, "account.all_sent");

  // The crew's phone shows both.
  await said.line("s_added", "st_confirmed").waitFor();
  await app.search.type(MANHOLE.code);
  await becomes(() => app.search.result(MANHOLE.code).count(), 0);
  await app.search.type("");
  await opens(page, `#/asset/${MANHOLE.uid}`);
  await said.line("s_missing", "st_confirmed").waitFor();
  await page.getByText(word("said.gone")).waitFor();

  // And so does the layer that another program asks for with what was confirmed.
  const [drains, lids] = [await exported(desk.page, "storm-drains", "?amended=true"), await exported(desk.page, "manholes", "?amended=true")];
  const added = drains.find(({ properties }) => properties.ObjName === NAME);
  assert.equal(added.properties.kind, "storm-drain");
  assert.ok(added.properties.uid);
  assert.equal(added.geometry.coordinates.map((degrees) => degrees.toFixed(7)).join(","), NEW);
  assert.equal(lids.some(({ properties }) => properties.uid === MANHOLE.uid), false);
  assert.equal((await exported(desk.page, "manholes")).some(({ properties }) => properties.uid === MANHOLE.uid), true, "the file is as it was");
});

story("a crew takes back what the supervisor confirmed meanwhile: it stays, says so, and a person ends it", { device: "phone", allow }, async ({ page, device, another }) => {
  const app = await comesIn(page, WANG);
  const desk = await another({ device: "desk" });
  const theirs = await comesIn(desk.page, ZHAO);
  const [said, office] = [new Said(page), new Said(desk.page)];
  await device.readyOffline();
  await new Errand(page).find(LAMP.code);
  await said.amend();
  await said.is("stolen");
  await said.propose();
  await said.line("s_stolen", "st_open").waitFor();
  await stands(page, "account.all_sent");

  await device.offline();
  await app.toast.undo();
  await said.line("s_stolen", "task.ev_was_undone").waitFor();
  await theirs.go("work");
  await office.list(1);
  await office.of(LAMP.code).getByRole("button", { name: word("said.confirm") }).click();
  await becomes(() => office.of(LAMP.code).count(), 0);
  await stands(desk.page, "account.all_sent");
  await device.offline(false);

  for (const at of [said, office]) await at.disputed.waitFor();
  await said.line("s_stolen", "st_confirmed").waitFor();
  await office.of(LAMP.code).getByRole("button", { name: word("said.confirm") }).click();
  await becomes(() => office.of(LAMP.code).count(), 0);
  await becomes(() => said.disputed.count(), 0);
  await said.line("s_stolen", "st_confirmed").waitFor();
});
