// What the map does not have so: put on it from the spot, usable at once, and decided by a supervisor.
import assert from "node:assert/strict";
import { story, violations } from "./harness.mjs";
import { camera } from "./lib/camera.mjs";
import { count, DRAIN, MANHOLE } from "./lib/city.mjs";
import { events } from "./lib/measured.mjs";
import { seen } from "./lib/seen.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { Photos } from "./pages/photos.mjs";
import { Records } from "./pages/records.mjs";
import { Said } from "./pages/said.mjs";

/** Some metres beside an asset that stands alone. */
const beside = ([longitude, latitude], east = 0.0004) => [longitude + east, latitude];

const point = ([lon, lat]) => [lon, lat].map((degrees) => degrees.toFixed(7)).join(",");

story("a drain that is not on the map is put there without signal, cleared at once, and counted when it is confirmed", async ({ page, device }) => {
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
  await said.whyMissing.waitFor();
  await said.why.fill("盖子在路边");
  await said.decline.click();
  await said.line("s_stolen", "st_declined").waitFor();
  await said.takeBack("s_stolen", "st_declined");
  await said.line("s_stolen", "st_open").waitFor();
  await said.confirm.click();
  await said.line("s_stolen", "st_confirmed").waitFor();
  await app.search.type(MANHOLE.code);
  await becomes(() => app.search.result(MANHOLE.code).count(), 0);
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

/** How many assets a kind of work is done to, and how many are done this year. */
async function counted(page, kind) {
  const completion = await CompletionPage.open(page);
  await completion.choose(kind);
  await becomes(async () => (await completion.counts()) !== null, true);
  const { done, open, never } = await completion.counts();
  return { done, of: done + open + never };
}
