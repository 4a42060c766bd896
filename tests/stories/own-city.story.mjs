// A new kind of place is a change to the catalogue and a file, and no code.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { difference, pixels } from "./lib/picture.mjs";
import { appears } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { LayersPage } from "./pages/layers.mjs";
import { panel } from "./pages/navigation.mjs";
import { catalog } from "./pages/words.mjs";

const at = (lon, lat, kind, ObjID, ObjName) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { kind, ObjID, ObjName } });

/** Canteens for the elderly and police posts, as a city would add them. */
async function withMorePlaces(page) {
  const kind = (id, code, zh, en, symbol, light, dark) => ({ id, code: { class: code, local: true }, geometry: "point", label: { zh, en }, symbol, colour: { light, dark }, priority: 1 });
  catalog.asset_kinds.push(kind("canteen", "9031", "老年食堂", "Canteen for the elderly", "building", "#8a4b08", "#f0b45a"), kind("police-post", "9032", "警务室", "Police post", "pin", "#1f3f8f", "#8ab4f8"));
  catalog.layers.push({ id: "services", label: { zh: "便民点", en: "Services" }, file: "services.geojson", kinds: ["canteen", "police-post"], min_zoom: 8 });
  catalog.work_kinds.push({ id: "canteen-check", family: "sanitation", label: { zh: "食堂巡查", en: "Canteen inspected" }, action: { zh: "食堂查好了", en: "Inspected" }, unit: "pcs", applies_to: ["canteen"], counts: "sum", default_quantity: "1" });
  await page.route("**/city/catalog.json", (route) => route.fulfill({ json: catalog }));
  const features = [at(123.5, 43.52, "canteen", "2203829031000001", "站前老年食堂"), at(123.502, 43.521, "canteen", "2203829031000002", "北丰老年食堂"), at(123.498, 43.519, "police-post", "2203829032000001", "站前警务室")];
  await page.route("**/city/services.geojson", (route) => route.fulfill({ json: { type: "FeatureCollection", features } }));
}

story("canteens and police posts appear in legend, search, card, map and completion by data alone", { device: "desk", seen: true, serviceWorkers: "block" }, async ({ page }) => {
  await withMorePlaces(page);
  await App.open(page, "#/?at=18/43.52/123.5");
  const layers = await LayersPage.open(page);
  await layers.unfold();
  const line = layers.layer(/^便民点/);
  await line.getByText("3", { exact: true }).waitFor();

  // On the map: its symbol stands in the middle, and goes with its switch.
  const { x, y, width, height } = await page.getByRole("application").boundingBox();
  const middle = { x: x + width / 2 - 20, y: y + height / 2 - 20, width: 40, height: 40 };
  const after = async (presses) => {
    for (; presses > 0; presses -= 1) await line.getByRole("switch").click();
    for (let before = await pixels(page, middle); ; ) {
      await new Promise((later) => setTimeout(later, 300));
      const now = await pixels(page, middle);
      if (difference(before, now) === 0) return now;
      before = now;
    }
  };
  // A slow map may draw something else meanwhile: then the same is looked at again.
  await appears(
    async () => {
      const [hidden, shown, again] = [await after(1), await after(1), await after(1)];
      await after(1);
      return difference(hidden, shown) > 60 && difference(hidden, again) === 0;
    },
    "the canteen to come and go with its switch",
    { timeout: 200_000 },
  );

  const errand = new Errand(page);
  await page.getByRole("combobox", { name: /搜索/ }).fill("老年食堂");
  const found = page.getByRole("search").getByRole("listitem");
  await found.nth(1).waitFor();
  assert.equal(await found.count(), 2);
  await errand.find("2203829031000001");
  assert.match(await panel(page).innerText(), /站前老年食堂/);
  await errand.plot("canteen-check");
  await errand.close("canteen-check");
  const completion = await CompletionPage.open(page);
  await completion.choose("canteen-check");
  await completion.shows({ done: 1, open: 0, never: 1, left: 1 });
});
