// What the map does not have so: put on it from the spot, usable at once, and decided by a supervisor.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { camera } from "./lib/camera.mjs";
import { count, DRAIN, line, MANHOLE } from "./lib/city.mjs";
import { events } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { Photos } from "./pages/photos.mjs";
import { Records } from "./pages/records.mjs";
import { LayersPage } from "./pages/layers.mjs";
import { Said } from "./pages/said.mjs";
import { within, word } from "./pages/words.mjs";

/** Some metres beside an asset that stands alone. */
const beside = ([longitude, latitude], east = 0.0004) => [longitude + east, latitude];

/** A street of the city. */
const ROAD = line("roads", "2203829001000001");

const point = ([lon, lat]) => [lon, lat].map((degrees) => degrees.toFixed(7)).join(",");

story("a drain that is not on the map is put there without signal, cleared at once, and counted when it is confirmed", { seen: true }, async ({ page, device }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  await app.sheet.shrink();
  await device.readyOffline();
  await device.offline();
  const at = beside(DRAIN.at);
  const bare = await app.map.picture(at, 44);
  await app.map.press(at);
  await app.card.showsPlace();
  const said = new Said(page);
  await said.add();
  await said.propose();
  await seen(said.kindMissing);
  await said.choose("storm-drain");
  await said.name.fill("新雨口");
  await said.remark.fill("去年新装的");
  assert.deepEqual(await violations(page), []);
  await app.reload();
  await app.sheet.shows(/./);
  assert.equal(await said.name.inputValue(), "新雨口", "what was typed is still there");
  await said.propose();
  await app.card.shows("新雨口");
  await said.line("s_added", "st_open").waitFor();
  assert.deepEqual(await violations(page), []);
  await app.go("map");
  await app.sheet.shrink();
  await app.map.pictureAfter(at, bare, 44);

  await app.reload();
  await app.map.loaded();
  await app.sheet.shrink();
  await app.map.tap(at);
  await app.card.shows("新雨口");
  const errand = new Errand(page);
  await errand.plot("drain-clear");
  await errand.close("drain-clear");

  const drains = count("storm-drains");
  const proposed = await counted(page, "drain-clear");
  assert.deepEqual(proposed, { done: 0, of: drains }, "what is only proposed is not counted");
  await errand.find("新雨口");
  await said.confirm.click();
  await said.line("s_added", "st_confirmed").waitFor();
  assert.deepEqual(await counted(page, "drain-clear"), { done: 1, of: drains + 1 });

  const all = events(await new Records(app).exportAll());
  const [added] = all.filter(({ kind }) => kind === "asset_added");
  assert.deepEqual([added.asset.kind, added.asset.name, added.note], ["storm-drain", "新雨口", "去年新装的"]);
  assert.equal(added.properties.street, DRAIN.street, "the street that the map has there");
  assert.deepEqual(added.subject, { asset: added.asset.uid });
  const [plotted] = all.filter(({ kind }) => kind === "plotted");
  assert.equal(plotted.target.asset.uid, added.asset.uid, "it is the asset from then on");
  assert.equal(all.find(({ kind }) => kind === "asset_confirmed").proposal, added.id);
});

story("a lid that is missing is said so with a photo, and is off the map once that is confirmed", async ({ page }) => {
  const app = await App.open(page);
  await new Errand(page).find(MANHOLE.code);
  const said = new Said(page);
  await said.amend();
  await said.is("missing");
  const photos = new Photos(page, said.region);
  await photos.add(await camera(page, { longitude: 123.5, latitude: 43.52, taken: "2024:05:03 09:12:44", offset: "+08:00" }));
  await photos.shows(1);
  await said.remark.fill("井口已围挡");
  assert.deepEqual(await violations(page), []);
  await said.propose();
  await said.line("s_missing", "st_open").waitFor();
  await new Photos(page, app.sheet.region).shows(1);
  await app.toast.undo();
  await said.line("s_missing", "task.ev_was_undone").waitFor();

  await said.amend();
  await said.is("stolen");
  await said.propose();
  await said.line("s_stolen", "st_open").waitFor();
  // A decision against it says why.
  await said.decline.click();
  await said.decline.click();
  await said.whyMissing.waitFor();
  await said.why.fill("盖子在路边");
  await app.reload();
  await said.why.waitFor();
  assert.equal(await said.why.inputValue(), "盖子在路边", "what was typed is still there");
  await said.decline.click();
  await said.line("s_stolen", "st_declined").waitFor();
  await said.takeBack("s_stolen", "st_declined");
  await said.line("s_stolen", "st_open").waitFor();
  await said.confirm.click();
  await said.line("s_stolen", "st_confirmed").waitFor();
  await app.search.type(MANHOLE.code);
  await becomes(() => app.search.result(MANHOLE.code).count(), 0);
  await app.search.type("");

  // It is found where all such stand, and its card says what became of it.
  await app.go("work");
  await said.list(0);
  await said.settled();
  await said.open(MANHOLE.code);
  await app.sheet.shows(/./);
  await app.sheet.region.getByText(word("said.gone")).waitFor();
});

story("whoever confirms finds all that waits, and does it from the list", async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  const said = new Said(page);
  const at = beside(DRAIN.at);
  await app.map.press(at);
  await app.card.showsPlace();
  await said.add();
  await said.choose("storm-drain");
  await said.name.fill("新雨口");
  await said.propose();
  await app.card.shows("新雨口");
  // The place has become the asset: back is where one was before.
  await page.goBack();
  await app.map.loaded();
  assert.equal(await said.addButton.count(), 0, "nobody goes back to adding it again");
  await new Errand(page).find(MANHOLE.code);
  await said.amend();
  await said.is("missing");
  await said.remark.fill("井口已围挡");
  await said.propose();
  await said.line("s_missing", "st_open").waitFor();

  await app.go("work");
  await said.list(2);
  assert.deepEqual(await violations(page), []);
  // What waits the longest comes first.
  const [first, second] = await said.region.getByRole("listitem").filter({ hasText: within("said.st_open") }).allInnerTexts();
  assert.match(first, /新雨口/);
  assert.match(second, /井口已围挡/);
  // The one is not so: a reason is asked for, and is there again after a look at the map.
  await said.of("新雨口").getByRole("button", { name: word("said.decline") }).click();
  await said.why.fill("那里是私人院子");
  await said.open("新雨口");
  await app.card.shows("新雨口");
  await page.goBack();
  await said.why.waitFor();
  assert.equal(await said.why.inputValue(), "那里是私人院子");
  await said.of("新雨口").getByRole("button", { name: word("said.decline") }).click();
  await becomes(() => said.of("新雨口").count(), 0);
  await said.of("井口已围挡").getByRole("button", { name: word("said.confirm") }).click();
  await becomes(() => said.of("井口已围挡").count(), 0);

  // What was declined still has a card, which says so.
  await said.settled();
  assert.deepEqual(await violations(page), []);
  await said.open("新雨口");
  await app.card.shows("新雨口");
  await said.off("said.st_declined").waitFor();
  await said.line("s_added", "st_declined").filter({ hasText: "那里是私人院子" }).waitFor();
  assert.equal(await said.amendButton.count(), 0);
  await app.reload();
  await said.off("said.st_declined").waitFor();
});

story("what is said of an asset goes from the map with its layer, and a place that was shown is kept", { seen: true }, async ({ page }) => {
  await look(page);
  await drains(page, false);
  const app = await look(page);
  const bare = await app.map.picture(DRAIN.at, 44);
  await drains(page, true);
  await look(page);
  await app.map.tap(DRAIN.at);
  await app.card.shows(DRAIN.name ?? DRAIN.code);
  const said = new Said(page);
  await said.amend();
  await said.is("moved");
  await app.map.takesCorners();
  await app.map.tap(beside(DRAIN.at, 0.0003));
  await said.newPlace().waitFor();
  const shown = await said.newPlace().innerText();
  await app.sheet.back();
  await app.card.shows(DRAIN.name ?? DRAIN.code);
  await said.amend();
  await said.newPlace().waitFor();
  assert.equal(await said.newPlace().innerText(), shown, "the place is still there");
  await said.is("missing");
  await said.propose();
  await said.line("s_missing", "st_open").waitFor();

  await drains(page, false);
  await look(page);
  await app.map.pictureAgain(DRAIN.at, bare, 44);
  await drains(page, true);
  await look(page);
  await app.map.pictureAfter(DRAIN.at, bare, 44);
});

story("a street is not missing: only its record can be wrong", async ({ page }) => {
  const app = await App.open(page, `#/asset/${ROAD.uid}`);
  const said = new Said(page);
  await said.recordButton.click();
  await app.sheet.shows(word("said.amend"));
  await said.region.getByRole("radio", { name: word("said.wrong") }).waitFor();
  for (const what of ["missing", "stolen", "moved"]) {
    assert.equal(await said.region.getByRole("radio", { name: word(`said.${what}`) }).count(), 0, what);
  }
  await said.remark.fill("路名写错了");
  await said.propose();
  await said.line("s_wrong", "st_open").waitFor();

  // Of what no layer has nothing is said: there is a sentence, and what was typed stays.
  await app.page.goto(app.page.url().replace(/#.*/, "#/asset/00000000-0000-4000-8000-000000000001/amend/"));
  await said.remark.fill("不知道是什么");
  await said.propose();
  await said.region.getByText(word("said.r_unknown")).waitFor();
  assert.equal(await said.remark.inputValue(), "不知道是什么");
});

story("a drain that stands elsewhere is put there with a tap, and found there", async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  await app.map.tap(DRAIN.at);
  await app.card.shows(DRAIN.name ?? DRAIN.code);
  const said = new Said(page);
  await said.amend();
  await said.is("moved");
  await said.propose();
  await said.newPlace().waitFor({ state: "detached" });
  const to = beside(DRAIN.at, 0.0003);
  await app.map.takesCorners();
  await app.map.tap(to);
  await said.newPlace().waitFor();
  await app.reload();
  await said.newPlace().waitFor();
  await said.propose();
  await said.line("s_moved", "st_open").waitFor();
  await app.sheet.close();
  await app.reload();
  await app.map.loaded();
  await app.map.tap(to);
  await app.card.shows(DRAIN.name ?? DRAIN.code);
  await said.line("s_moved", "st_open").waitFor();
  const [moved] = events(await new Records(app).exportAll()).filter(({ kind }) => kind === "asset_corrected");
  assert.deepEqual(moved.subject, { asset: DRAIN.uid });
  const near = moved.shape.point.map((units) => units / 1e7);
  assert.ok(Math.abs(near[0] - to[0]) < 2e-5 && Math.abs(near[1] - to[1]) < 2e-5, point(near));
});

/** Opens the map at the drain, always in the same way. */
async function look(page) {
  await page.goto("about:blank");
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  await app.sheet.shrink();
  return app;
}

/** Switches the layer of the drains on or off. */
async function drains(page, is) {
  const layers = await LayersPage.open(page);
  await layers.layer("storm-drains").getByRole("switch").setChecked(is, { force: true });
}

/** How many assets a kind of work is done to, and how many are done this year. */
async function counted(page, kind) {
  const completion = await CompletionPage.open(page);
  await completion.choose(kind);
  await becomes(async () => (await completion.counts()) !== null, true);
  const { done, open, never } = await completion.counts();
  return { done, of: done + open + never };
}
