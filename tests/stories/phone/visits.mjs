// From an address to a map that can be used: with nothing kept, and with all of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { SHUANGLIAO } from "../lib/device.mjs";
import { App } from "../pages/app.mjs";
import { LayersPage } from "../pages/layers.mjs";
import { catalog, within, word } from "../pages/words.mjs";
import { becomes } from "../lib/wait.mjs";

const TIMES = 5;
const FIRST = 7_000;
const LATER = 1_200;
/** Whoever tapped and saw nothing come of it taps again, in ms. */
const PATIENCE = 1_500;
/** Where the app begins by itself; the address says so, that a pixel can be found. */
const BEGIN = `#/?at=14.00/${SHUANGLIAO.latitude}/${SHUANGLIAO.longitude}`;
const COUNTED = [within("map.in_view_count"), within("map.in_view_one")];

const read = (file) => JSON.parse(readFileSync(new URL(`../../../public/city/${file}`, import.meta.url), "utf8")).features;
const roads = read("roads.geojson");
const NAMES = new Set(catalog.layers.flatMap(({ file }) => read(file)).map(({ properties }) => properties.ObjName));

/** Corners of roads, those in the middle of the city first. */
const corners = roads
  .flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === "LineString" ? 0 : 1))
  .map((at) => ({ at, far: Math.hypot(at[0] - SHUANGLIAO.longitude, at[1] - SHUANGLIAO.latitude) }))
  .sort((one, other) => one.far - other.far)
  .map(({ at }) => at);

/** When the panel first counted what is in view; null until it has. */
const counted = (titles) => titles.find(({ text, at }) => at !== null && COUNTED.some((words) => words.test(text)))?.at ?? null;

const titles = (page) => page.evaluate(() => phone.titles);

/** A pixel of a road that nothing covers. */
async function roadOnScreen(page) {
  const { map } = new App(page);
  for (const at of corners.slice(0, 200)) {
    const pixel = await map.pixel(at);
    const isFree = await page.evaluate(([x, y]) => x > 20 && x < innerWidth - 20 && document.elementFromPoint(x, y)?.tagName === "CANVAS", pixel);
    if (isFree) return pixel;
  }
  throw new Error("no road is in view");
}

/** Waits until the panel has counted what is in view. */
const counts = (page) => page.waitForFunction((patterns) => window.phone?.titles.some(({ text }) => patterns.some((pattern) => new RegExp(pattern).test(text))), COUNTED.map(({ source }) => source));

/** Opens the app and taps a road until it, or what stands beside it, is selected, as somebody in a hurry would; what was seen when. */
async function opens(page, address, road) {
  await page.goto(address, { waitUntil: "commit" });
  await counts(page);
  for (let tap = 0; tap < 50; tap += 1) {
    await page.touchscreen.tap(...road);
    const other = [...COUNTED, word("common.loading"), word("task.loading")].map(({ source }) => source);
    const selected = await page
      .waitForFunction((other) => phone.titles.findLast(({ text, at }) => at !== null && !other.some((pattern) => new RegExp(pattern).test(text))), other, { timeout: PATIENCE })
      .catch(() => null);
    if (selected === null) continue;
    const { text, at } = await selected.jsonValue();
    assert.ok(NAMES.has(text), `${text} is no asset of the city`);
    return { counted: counted(await titles(page)), selected: at, taps: tap + 1 };
  }
  throw new Error("no tap selected a road");
}

/** Waits until the city is there, and counts it. */
async function hasAll(page) {
  const layers = await LayersPage.open(page);
  const all = page.locator("details:not([open]) > summary");
  for (const fold of await all.all()) await fold.click();
  for (const { id, file } of catalog.layers) await becomes(() => layers.count(id), read(file).length);
}

/** Starts the browser, looks where a road is, and whether all that has to be slow is. */
async function before(place, address, figures) {
  const device = await place.phone();
  await device.page.goto(address);
  await counts(device.page);
  const road = await roadOnScreen(device.page);
  await device.readyOffline();
  for (const [who, times] of Object.entries(await place.checkSlowness(device))) figures.add(`how many times slower the ${who} is`, [times], { unit: "×", least: 1 });
  await device.context.close();
  place.phones.pop();
  return road;
}

export async function visits(place, figures) {
  const { line } = place;
  const address = line.address + BEGIN;
  const road = await before(place, address, figures);
  const [first, later] = [[], []];
  for (let turn = 0; turn < TIMES; turn += 1) {
    const device = await place.phone();
    const received = line.down.bytes;
    const one = await place.slowly(device, async () => {
      const seen = await opens(device.page, address, road);
      return { ...seen, bytes: line.down.bytes - received };
    });
    await hasAll(device.page);
    first.push(one);
    await device.readyOffline();
    await device.page.close();
    const page = (device.page = await device.tab());
    const again = await place.slowly(device, () => opens(page, address, road));
    await hasAll(page);
    later.push(again);
    await device.context.close();
    place.phones.pop();
  }
  assert.ok(first.every(({ bytes }) => bytes > 400_000), "a first visit fetched the program");
  const of = (seen, name) => seen.map((one) => one[name]);
  figures.add("first visit: the panel counts, a tap selects", of(first, "selected"), { bar: FIRST });
  figures.add("  the panel counts what is in view", of(first, "counted"));
  figures.add("  received until then", of(first, "bytes"), { unit: "bytes" });
  figures.add("later visits: the panel counts, a tap selects", of(later, "selected"), { bar: LATER });
  figures.add("  the panel counts what is in view", of(later, "counted"));
}
