// A layer as large as any that this app is for, on a phone that gives a page one gigabyte.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { cityWithMany, LAYER } from "./lib/large.mjs";
import { canLimit, GIGABYTE, Renderer } from "./lib/memory.mjs";
import { kept } from "./lib/shelf.mjs";
import { appears, becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { LayersPage } from "./pages/layers.mjs";

const COUNT = 1_000_000;
/** Milliseconds for the file to come, be read and be kept on a busy machine. */
const PATIENCE = 300_000;
/** The drains that are worked on, by how they stand in the file. */
const [FIRST, SECOND] = [123_456, 987_650];

/** A feature of the file: its code, its name and where it is. */
function feature(bytes, index) {
  const at = bytes.indexOf(`22038290${String(index).padStart(8, "0")}`);
  const line = bytes.subarray(bytes.lastIndexOf("\n", at) + 1, bytes.indexOf("\n", at)).toString().replace(/,$/, "");
  const { geometry, properties } = JSON.parse(line);
  return { at: geometry.coordinates, code: properties.ObjID, name: properties.ObjName };
}

async function countsAll(page) {
  const layers = await LayersPage.open(page);
  await layers.unfold();
  await becomes(() => layers.count(new RegExp(`^${LAYER.zh}`)), COUNT, { timeout: PATIENCE });
}

/** Finds a drain by its code, has it cleared, and finds it again under a finger. */
async function work(page, app, drain) {
  const errand = new Errand(page);
  await errand.find(drain.code);
  await errand.plot("drain-clear");
  await app.task.start();
  await app.task.shows("drain-clear", "under_way");
  await errand.close("drain-clear");
  await app.go("map");
  await app.map.loaded();
  await app.map.tap(drain.at);
  await app.card.shows(drain.name);
}

// The flag means nothing but a browser of this story's own: a process that has other pages has their memory, too.
const OWN = { flags: ["--user-agent-product=million"] };

story("a million features load into one gigabyte, and are worked on", { device: "phone", seen: true, serviceWorkers: "block", timeout: 900_000, ...OWN }, async ({ page, t }) => {
  if (!canLimit) return t.skip("only Linux limits the memory of a process");
  const city = await cityWithMany(COUNT, { point: "storm-drain" });
  try {
    await page.goto(new URL("manifest.webmanifest", city.address).href);
    const renderer = await Renderer.of(page);
    renderer.limit(GIGABYTE);
    const app = await App.open(page, city.address);
    await countsAll(page);
    t.diagnostic(`read: ${JSON.stringify(await renderer.had(page))}`);
    await work(page, app, feature(city.bytes, FIRST));
    await appears(() => kept(page, "layers", "columns-note:very-many"), "the columns", { timeout: PATIENCE });
    t.diagnostic(`kept: ${JSON.stringify(await renderer.had(page))}`);

    // The next start is from what was kept.
    await app.reload();
    await countsAll(page);
    await work(page, app, feature(city.bytes, SECOND));
    await app.hasSaved(6);
    const had = await renderer.had(page);
    t.diagnostic(`worked on after the next start: ${JSON.stringify(had)}`);
    assert.ok(had.peak * 2 ** 20 <= GIGABYTE, `the page had ${had.peak} MB`);
  } finally {
    city.stop();
  }
});
