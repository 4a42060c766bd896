import assert from "node:assert/strict";
import { address, story, violations } from "./harness.mjs";
import { DRAIN } from "./lib/city.mjs";
import { slots } from "./lib/device.mjs";
import { seen } from "./lib/seen.mjs";
import { App } from "./pages/app.mjs";
import { catalog, word } from "./pages/words.mjs";

story("a first visit loads the app, which says what it is", async ({ page }) => {
  const app = await App.open(page);
  assert.match(await app.title(), /城养一张图/);
  await page.getByText(/演示数据|demonstration/i).first().waitFor();
  await seen(page.getByRole("heading", { name: word("map.hint_title") }));
});

story("a first visit sees the city coming, what it is made of, and how to begin", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  let arrive;
  const held = new Promise((done) => (arrive = done));
  await page.route("**/city/manholes.geojson", (route) => held.then(() => route.continue()));
  const app = await App.open(page);
  await seen(page.getByText(word("common.demo")));
  await seen(page.getByRole("progressbar"));
  await seen(page.getByRole("heading", { name: word("map.hint_title") }));
  arrive();
  await app.map.loaded();

  await page.getByRole("button", { name: word("map.hint_got") }).click();
  await page.getByRole("heading", { name: word("map.hint_title") }).waitFor({ state: "detached" });
  await page.getByText(word("map.legend")).click();
  const heart = catalog.layers.filter((layer) => layer.heart);
  const shown = page.getByRole("switch");
  await shown.first().waitFor();
  const lines = await page.getByRole("list").filter({ has: page.getByRole("switch") }).first().getByRole("listitem").filter({ has: page.getByRole("switch") }).allInnerTexts();
  assert.deepEqual(lines.map((line) => line.trim().split(/\s/)[0]), heart.map((layer) => layer.label.zh), "the heart of the product comes first");
  for (const line of lines) assert.match(line, /\d/, `${line} says how many it holds`);
  const kinds = (layer) => catalog.asset_kinds.filter((kind) => layer.kinds.includes(kind.id) && kind.geometry === "point");
  for (const [at, layer] of heart.entries()) for (const kind of kinds(layer)) assert.ok(lines[at].includes(kind.label.zh), `the legend shows ${kind.id}`);
  for (const state of ["open", "under_way", "reported"]) await seen(page.getByRole("listitem").filter({ hasText: word(`common.mark_${state}`) }).first());

  await app.reload();
  await app.map.loaded();
  assert.equal(await page.getByRole("heading", { name: word("map.hint_title") }).count(), 0, "a hint that was read stays away");
});

story("a first view waits for no part of the program that it can do without", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  let arrive;
  const held = new Promise((done) => (arrive = done));
  await page.route("**/*_rest.wasm", (route) => held.then(() => route.continue()));
  const early = new Promise((_, fail) => page.on("console", (said) => {
    const slot = /before it was there: (\d+)/.exec(said.text())?.[1];
    if (slot) fail(new Error(`called before the rest was there, so it stays (hooks/lib/late.mjs): ${slots()[slot]}`));
  }));
  const app = await App.at(page, DRAIN.at);
  await Promise.race([app.map.loaded(), early]);
  await app.search.type(DRAIN.code);
  await app.search.result(DRAIN.code).waitFor();
  await app.search.field.press("Enter");
  await app.sheet.shows(word("task.loading"));
  arrive();
  await app.card.shows(DRAIN.name);
});

story("a part of the program that does not come is explained, and asked for again", { device: "phone", serviceWorkers: "block", allow: /net::ERR|Failed to fetch|rest/i }, async ({ page }) => {
  await page.route("**/*_rest.wasm", (route) => route.abort());
  const app = await App.open(page, "#/settings");
  await page.getByRole("alert").or(page.getByRole("status")).filter({ hasText: /\S/ }).first().waitFor();
  await page.unroute("**/*_rest.wasm");
  await app.go("work");
});

story("what only a supervisor's desk needs comes when it is asked for", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  const came = [];
  page.on("request", (request) => came.push(request.url()));
  const isDesks = (url) => /_desk\.wasm$/.test(url);
  const app = await App.open(page);
  await app.map.loaded();
  await app.go("work");
  await page.waitForLoadState("networkidle");
  assert.ok(came.some((url) => /_rest\.wasm$/.test(url)) && !came.some(isDesks), "a crew's phone does without");
  await app.go("completion");
  await page.getByRole("heading", { name: word("completion.title") }).waitFor();
  assert.ok(came.some(isDesks));
});

story("it opens again without a network", async ({ page, device }) => {
  const app = await App.open(page);
  await device.readyOffline();
  await device.offline();
  await app.reload();
  assert.match(await app.title(), /城养一张图/);
});

story("what is shown while the app loads can be read by everyone", async ({ page }) => {
  await page.route("**/*.wasm", () => {}); // never arrives
  await page.goto(address);
  await page.locator("#loading-text").waitFor();
  assert.deepEqual(await violations(page), []);
});

story("a program that does not arrive is explained", { allow: /mendmap did not load|net::ERR|Failed to fetch|wasm/i }, async ({ page }) => {
  await page.route("**/*_bg.wasm", (route) => route.abort());
  await page.goto(address);
  await page.locator("#loading-failed").waitFor();
});
