// Files of a city's own: looked at before they are in place, beside what is there, and given up again.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { story } from "./harness.mjs";
import { keep } from "./lib/shelf.mjs";
import { becomes } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { LayersPage } from "./pages/layers.mjs";
import { CityMap } from "./pages/map.mjs";
import { panel } from "./pages/navigation.mjs";

const toilet = (code, lon, lat, name, more = {}) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { kind: "public-toilet", ObjID: code, ObjName: name, ...more } });
const file = (...features) => JSON.stringify({ type: "FeatureCollection", features });
const code = (n) => `22038203010009${String(n).padStart(2, "0")}`;
const THREE = [toilet(code(1), 123.5, 43.52, "东公厕"), toilet(code(2), 123.51, 43.52, "西公厕"), toilet(code(3), 123.52, 43.52, "北公厕")];

async function openLayers(page) {
  await App.open(page);
  const layers = await LayersPage.open(page);
  await becomes(() => layers.count("toilets"), 57);
  return layers;
}

story("a file is told beside what is there before it is put in place, and each version can be gone back to", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  await layers.give("toilets", "first.geojson", file(...THREE));
  await becomes(() => layers.count("toilets"), 3);
  // Work on one that will be gone.
  const errand = new Errand(page);
  await errand.find(code(3));
  await errand.plot("toilet-repair");
  await LayersPage.open(page);

  const [same, west] = THREE;
  const recoded = { ...west, properties: { ...west.properties, ObjID: code(8) } };
  const said = await layers.look("toilets", "second.geojson", file(same, recoded, toilet(code(4), 123.53, 43.52, "新公厕"), toilet("12", 123.54, 43.52, "怪公厕")));
  assert.match(said, /second\.geojson 已读好，还没有换上/);
  assert.match(said, /没变 1 · 新增 2 · 换了编码 1 · 没有了 1/);
  assert.match(said, /没有了的设施上还有 1 项没干完的活.*北公厕/s);
  assert.match(said, /1 个编码不合 16 位编码的规矩：12/);
  assert.equal(await layers.count("toilets"), 3, "nothing is changed yet");
  await layers.put("second.geojson");
  await becomes(() => layers.count("toilets"), 4);
  await panel(page).getByText(/second\.geojson，.*换上/).waitFor();

  // In columns it is there again at the next start, and the one before is kept.
  await page.reload();
  await LayersPage.open(page);
  await becomes(() => layers.count("toilets"), 4);
  await layers.restore(true);
  await becomes(() => layers.count("toilets"), 3);
  await panel(page).getByText(/first\.geojson，.*换上/).waitFor();
  await layers.restore();
  await becomes(() => layers.count("toilets"), 57);
});

story("a table is read by the columns that a person confirms, packed or not, and by other names", { device: "phone" }, async ({ page }) => {
  const layers = await openLayers(page);
  const table = `编号,名称,所在道路,经度,纬度\n${code(1)},东公厕,辽河路,123.5,43.52\n${code(2)},西公厕,辽河路,,\n`;
  await layers.choose("toilets", [["toilets.csv.gz", gzipSync(table)]]);
  const { failed, looked } = layers.said("toilets.csv.gz");
  await failed.waitFor();
  assert.match(await failed.innerText(), /这是表格/);
  await layers.readTable();
  await looked.waitFor();
  const said = await looked.innerText();
  assert.match(said, /压缩的（gzip），已解开/);
  assert.match(said, /读到 2 个，载入 1 个/);
  assert.match(await panel(page).getByRole("table").innerText(), new RegExp(`${code(1)}\\s+东公厕\\s+辽河路`));
  const list = await layers.take("layers.list_problems");
  assert.match(list, /^\ufefffeature,id,became,problem,detail\r\n2,/);
  // Another column for the name, and the place of another map.
  await layers.say("layers.field_name", "所在道路");
  await panel(page).getByRole("table").getByText("辽河路").nth(1).waitFor();
  await layers.put("toilets.csv.gz");
  await becomes(() => layers.count("toilets"), 1);
});

story("several files go where their names say, one after the other, and a shifted one is shifted back", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  // 123.5, 43.52 in GCJ-02.
  const shifted = toilet(code(1), 123.506_186_6, 43.522_432, "东公厕");
  await layers.choose(null, [["公共厕所 2026.geojson", file(shifted)], ["export.geojson", file()], ["toilets.json", file(...THREE)]]);
  await layers.said("公共厕所 2026.geojson").looked.waitFor();
  await panel(page).getByText("后面还有 2 个文件").waitFor();
  await panel(page).getByRole("switch", { name: /GCJ-02/ }).check();
  await panel(page).getByText(/GCJ-02.*已换算|已.*GCJ-02/).first().waitFor();
  await panel(page).getByRole("button", { name: "换上" }).click();
  await panel(page).getByText(/从 export\.geojson 这个名字看不出/).waitFor();
  await becomes(() => layers.count("toilets"), 1);
});

story("a layer is taken along as a file, and given back it changes nothing", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  await layers.give("toilets", "mine.geojson", file(...THREE));
  const taken = await layers.take("layers.take");
  assert.match(await layers.look("toilets", "again.geojson", taken), /没变 3/);
});

story("a layer that the device has no room for leaves all as it was, says so, and can be put again", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  await layers.give("toilets", "first.geojson", file(...THREE));
  await becomes(() => layers.count("toilets"), 3);
  await layers.look("toilets", "second.geojson", file(THREE[0]));
  // The browser enforces no quota on the stores of a story's device: here the layer itself does not fit.
  const [worker] = page.workers();
  await worker.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      if (key !== "toilets") return put.call(this, value, key);
      IDBObjectStore.prototype.put = put;
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await layers.press("layers.add_put");
  await panel(page).getByText("设备空间满了").waitFor();
  assert.equal(await layers.count("toilets"), 3);
  assert.ok(await layers.said("second.geojson").looked.isVisible(), "what was looked at is still there");
  await layers.put("second.geojson");
  await becomes(() => layers.count("toilets"), 1);
  await layers.restore(true);
  await becomes(() => layers.count("toilets"), 3);
});

story("a kept layer that cannot be read is named, and the one before it can be gone back to", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  await layers.give("toilets", "first.geojson", file(...THREE));
  await layers.give("toilets", "second.geojson", file(THREE[0]));
  await becomes(() => layers.count("toilets"), 1);
  await keep(page, "layers", "toilets", [1, 2, 3]);
  await page.reload();
  await LayersPage.open(page);
  await panel(page).getByText(/second\.geojson 读不出来/).first().waitFor();
  await layers.restore(true);
  await becomes(() => layers.count("toilets"), 3);
});

story("owner, date and state are guessed, corrected, and stand on the card from then on", { device: "desk" }, async ({ page }) => {
  const layers = await openLayers(page);
  const more = { 权属: "水务局", 养护: "市环卫处", 建成日期: "2019-05-03", 情况: "完好" };
  await layers.look("toilets", "owned.geojson", file(toilet(code(1), 123.5, 43.52, "东公厕", more)));
  const table = panel(page).getByRole("table");
  assert.match(await table.innerText(), /权属单位\s+日期\s+状态[^]*水务局\s+2019-05-03\s+完好/);
  await layers.say("layers.field_owner", "养护");
  await table.getByText("市环卫处").waitFor();
  await layers.put("owned.geojson");
  await becomes(() => layers.count("toilets"), 1);
  await new Errand(page).find(code(1));
  const card = panel(page).locator("dl.facts").filter({ hasText: "权属单位" }).first();
  const says = async () => (await card.innerText()).replace(/\s+/g, " ");
  assert.match(await says(), /权属单位 市环卫处 日期 2019-05-03 状态 完好/);
  // The card has an address: at the next start it is open, and the names are kept beside the layer.
  await page.reload();
  assert.match(await says(), /权属单位 市环卫处 日期 2019-05-03 状态 完好/);
});

story("a file of this site is fetched by its address; one of another site is refused by name", { device: "desk", allow: /404/ }, async ({ page }) => {
  const layers = await openLayers(page);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await layers.fetch("https://maps.example.org/toilets.geojson");
  await panel(page).getByText(/maps\.example\.org 不是本站/).waitFor();
  await layers.fetch("http://");
  await panel(page).getByText("这不是地址").waitFor();
  assert.deepEqual(asked.filter((url) => url.includes("example.org")), []);
  await layers.fetch("city/no-such-file.geojson");
  await panel(page).getByText(/没有取到 .*no-such-file\.geojson（服务器答复 404）/).waitFor();
  // The full address of this site is as good as a path; its last part says which layer it is.
  await layers.fetch(new URL("city/toilets.geojson?of=today", page.url()).href);
  const { looked } = layers.said("/city/toilets.geojson?of=today");
  await looked.waitFor();
  assert.match(await looked.innerText(), /没变 57/);
  await layers.put("/city/toilets.geojson?of=today");
  await panel(page).getByText(/toilets\.geojson\?of=today，.*换上/).waitFor();
});

story("what a file holds is drawn on the map, which moves there, and is gone when it is given up", { device: "desk", seen: true }, async ({ page }) => {
  const layers = await openLayers(page);
  const map = new CityMap(page);
  // North of the city, where nothing is.
  const there = [123.62, 43.62];
  await layers.look("toilets", "north.geojson", file(toilet(code(1), ...there, "北公厕")));
  await becomes(async () => (await map.view()).center.map((degrees) => degrees.toFixed(2)), ["123.62", "43.62"]);
  const drawn = await map.picture(there);
  await layers.press("layers.add_leave");
  await map.pictureAfter(there, drawn);
});
