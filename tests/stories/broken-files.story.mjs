// Files that are not what they should be: what is good is loaded, the rest is explained in
// sentences that say what to do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story } from "./harness.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { LayersPage } from "./pages/layers.mjs";
import { panel } from "./pages/navigation.mjs";

const toilet = (id, geometry) => ({ type: "Feature", id, geometry, properties: { kind: "public-toilet", ObjName: `公厕${id}` } });
const point = (...coordinates) => ({ type: "Point", coordinates });
const collection = (features, more = {}) => JSON.stringify({ type: "FeatureCollection", ...more, features });
const GOOD = [toilet("a", point(123.5, 43.52)), toilet("b", point(123.501, 43.521))];

async function openLayers(page) {
  await App.open(page);
  const layers = await LayersPage.open(page);
  await becomes(() => toilets(layers), 57);
  return layers;
}

/** How many public toilets the layers page counts. */
const toilets = (layers) => layers.count("toilets");

story("features that are broken are listed with their place and id, and the good ones are loaded", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  const said = await layers.give("toilets", "toilets.geojson", collection([
    ...GOOD,
    toilet("swapped", point(43.52, 123.5)),
    toilet("empty", null),
    toilet("text", point("east", 43.5)),
    toilet("line", { type: "LineString", coordinates: [[123.5, 43.52], [123.51, 43.52]] }),
    { type: "Pond", geometry: point(123.5, 43.5), properties: {} },
  ]));
  assert.match(said, /已载入 toilets\.geojson/);
  assert.match(said, /读到 7 个，载入 2 个/);
  assert.match(said, /5 个没有载入/);
  assert.match(said, /坐标 43\.52, 123\.5 不在地球上.*经纬度写反/s);
  assert.match(said, /第 3 个要素（swapped）/);
  assert.match(said, /没有几何位置.*第 4 个要素（empty）/s);
  assert.match(said, /坐标不是数字.*第 5 个要素（text）/s);
  assert.match(said, /形状和类别对不上.*第 6 个要素（line）/s);
  assert.match(said, /不是要素.*第 7 个要素/s);
  await becomes(() => toilets(layers), 2);
  await new Errand(page).find("公厕a"); // it is there to be worked on
});

story("a file that breaks off is loaded up to there, and says so", { device: "phone" }, async ({ page }) => {
  const layers = await openLayers(page);
  const whole = collection(GOOD);
  const said = await layers.give("toilets", "half.geojson", whole.slice(0, whole.length - 40));
  assert.match(said, /文件到第 \d+ 字节就断了.*重新取一份完整的/s);
  assert.match(said, /载入 1 个/);
  await becomes(() => toilets(layers), 1);
});

/** A text in GBK, of which only these two characters are no ASCII. */
const inGbk = (text) => Buffer.from(text.replaceAll("公", "\xb9\xab").replaceAll("厕", "\xb2\xde"), "latin1");

story("a file in GBK and in metres is read as what it is, and says so", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  const metres = [toilet("a", point(540_430, 4_821_000)), toilet("b", point(540_530, 4_821_100))];
  const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::4550" } };
  const said = await layers.give("toilets", "survey.geojson", inGbk(collection(metres, { crs })));
  assert.match(said, /已载入 survey\.geojson/);
  assert.match(said, /GBK.*已转成 UTF-8.*EPSG.*4550.*已换算成经纬度/s);
  await becomes(() => toilets(layers), 2);
  await new Errand(page).find("公厕a");
});

story("features a line each are one layer, and the file says that they were put together", { device: "phone" }, async ({ page }) => {
  const layers = await openLayers(page);
  const said = await layers.give("toilets", "lines.geojson", GOOD.map((feature) => JSON.stringify(feature)).join("\n"));
  assert.match(said, /一行一个要素.*2 段/s);
  await becomes(() => toilets(layers), 2);
});

const REFUSED = [
  { what: "a web page", content: "<!doctype html><html><body>Please log in</body></html>", says: /这是网页，不是 GeoJSON.*重新下载/s },
  { what: "other JSON", content: JSON.stringify({ rows: [1, 2] }), says: /不是 GeoJSON.*FeatureCollection/s },
  { what: "a survey in another datum", content: collection(GOOD, { crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::2422" } } }), says: /坐标系是 urn:ogc:def:crs:EPSG::2422.*WGS 84/s },
  { what: "nothing", content: "", says: /文件是空的/ },
  { what: "a picture", content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0, 1]), says: /这是图片.*请选.*\.geojson/s },
  { what: "a table", content: "编码,经度,纬度\n1,123.5,43.5\n", says: /这是表格.*说明是哪两列/s },
  { what: "a map of another make", content: JSON.stringify({ type: "Topology", objects: {}, arcs: [] }), says: /这是 TopoJSON.*另存为 GeoJSON/s },
];
for (const { what, content, says } of REFUSED) {
  story(`a file that is ${what} is refused with a reason, and the layer stays as it was`, { device: "desk" }, async ({ page }) => {
    const layers = await openLayers(page);
    const said = await layers.give("toilets", "given.geojson", content);
    assert.match(said, /given\.geojson 没有载入/);
    assert.match(said, says);
    assert.equal(await toilets(layers), 57);
  });
}

story("the city's own file comes back when one's own is given up, and a file of one's own stays after a reload", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  await layers.give("toilets", "mine.geojson", collection(GOOD));
  await becomes(() => toilets(layers), 2);
  await page.reload();
  await LayersPage.open(page);
  await becomes(() => toilets(layers), 2);
  await layers.restore();
  await becomes(() => toilets(layers), 57);
});

story("a layer file that is missing is said, and the rest of the city works", { device: "desk", serviceWorkers: "block", allow: /404/ }, async ({ page }) => {
  await page.route("**/city/toilets.geojson", (route) => route.fulfill({ status: 404, body: "gone" }));
  await App.open(page);
  const layers = await LayersPage.open(page);
  await becomes(() => layers.count("storm-drains"), 4000);
  const line = layers.layer("toilets");
  await line.getByRole("alert").waitFor();
  assert.match(await line.getByRole("alert").innerText(), /toilets\.geojson.*404.*管理员/s);
  await new Errand(page).find("2203820104000001");
});

const BROKEN = [
  { what: "is not JSON", body: '{"format":1,\n"version":1,,}', says: /第 2 行|line 2/ },
  { what: "lacks its asset kinds", body: JSON.stringify({ format: 1, version: 1, city: {} }), says: /city|asset_kinds/ },
  { what: "is missing", status: 404, body: "", says: /catalog\.json.*404/s },
];
for (const { what, status = 200, body, says } of BROKEN) {
  story(`a catalogue that ${what} is explained, with what to do next`, { device: "desk", serviceWorkers: "block", allow: /404/ }, async ({ page }) => {
    await page.route("**/city/catalog.json", (route) => route.fulfill({ status, contentType: "application/json", body }));
    await App.open(page);
    const alert = panel(page).getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), says);
    assert.match(await alert.innerText(), /管理员/, "says whom to ask");
    // Mended on the server, one press is enough.
    await page.unroute("**/city/catalog.json");
    await alert.getByRole("button", { name: /重试/ }).click();
    await new Errand(page).find("2203820104000001");
  });
}

story("an entry of the catalogue that cannot be read costs no more than itself, and is named", { device: "desk", serviceWorkers: "block" }, async ({ page }) => {
  await page.route("**/city/catalog.json", async (route) => {
    const catalog = JSON.parse(readFileSync("public/city/catalog.json", "utf8"));
    catalog.work_kinds.push({ id: "broken-work", family: 7 });
    await route.fulfill({ json: catalog });
  });
  const layers = await openLayers(page);
  await panel(page).getByText(/broken-work/).first().waitFor();
  assert.equal(await toilets(layers), 57);
});
