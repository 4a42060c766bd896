// Layers that an administrator puts in place. Run by `cargo xtask server-story`, which makes the
// account.
import assert from "node:assert/strict";
import { story } from "../harness.mjs";
import { address } from "../lib/device.mjs";
import { becomes } from "../lib/wait.mjs";
import { App } from "../pages/app.mjs";
import { LayersPage } from "../pages/layers.mjs";

const SUN = { account: "sun", password: "all of the lids" };

/** Nobody is logged in on the phone. */
const allow = /status of 401/;

/** What the administrator's program does to a layer. */
async function administrator(method, layer, body) {
  const said = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(SUN) };
  const session = await fetch(new URL("/api/v1/session", address), said);
  assert.equal(session.status, 200);
  const cookie = session.headers.get("set-cookie").split(";")[0];
  const done = await fetch(new URL(`/api/v1/layers/${layer}`, address), { method, headers: { cookie }, body });
  assert.ok(done.ok, `${method} ${layer}: ${done.status} ${await done.clone().text()}`);
}

/** So many toilets in a row. */
function toilets(count) {
  const toilet = (n) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [123.5 + n / 1000, 43.52] },
    properties: { ObjID: `9900000000${String(n).padStart(6, "0")}`, ObjName: `新公厕${n}` },
  });
  return JSON.stringify({ type: "FeatureCollection", features: Array.from({ length: count }, (_, n) => toilet(n)) });
}

/** The phone is opened; its page hears that a layer has changed behind what it shows. */
async function opensAndHears(page, device, layer) {
  await page.addInitScript((name) => {
    window.heard = new Promise((done) => window.addEventListener("mendmap:city-changed", ({ detail }) => detail.endsWith(name) && done(detail)));
  }, `${layer}.geojson`);
  await new App(page).reload();
  await page.evaluate(() => window.heard);
}

async function counts(page, layer, count) {
  const layers = await LayersPage.open(page);
  await becomes(() => layers.count(layer), count);
}

story("a layer that was put in place is on a phone that was here before, also without a network, and goes again", { device: "phone", allow }, async ({ page, device }) => {
  await App.open(page);
  await device.readyOffline();
  const layers = await LayersPage.open(page);
  const before = await layers.count("toilets");
  assert.ok(before > 5, before);
  await administrator("PUT", "toilets", toilets(3));
  try {
    await opensAndHears(page, device, "toilets");
    await new App(page).reload();
    await counts(page, "toilets", 3);
    await device.offline();
    await new App(page).reload();
    await counts(page, "toilets", 3);
    await device.offline(false);
  } finally {
    await administrator("DELETE", "toilets");
  }
  await opensAndHears(page, device, "toilets");
  await new App(page).reload();
  await counts(page, "toilets", before);
});
