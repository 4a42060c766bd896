// A picture underneath, declared in the catalogue; one in GCJ-02 is shifted to fit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { story } from "./harness.mjs";
import { find, pixels, png } from "./lib/picture.mjs";
import { appears } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { panel } from "./pages/navigation.mjs";

const SIDE = 256;
const GROUND = [150, 120, 220]; // no colour of ours
const MARK = [255, 0, 90];
const PLACE = { lon: 123.4925, lat: 43.5385 }; // open ground
/** domain.md: here GCJ-02 lies 270 m north and 499 m east of the truth. */
const SHIFT = { north: 270, east: 499 };
const METRES = 111_195; // one degree of latitude
const squeezed = Math.cos((PLACE.lat * Math.PI) / 180);
const moved = { lon: PLACE.lon + SHIFT.east / (METRES * squeezed), lat: PLACE.lat + SHIFT.north / METRES };

/** Where a place lies in the picture of the world at a zoom, in pixels. */
function world({ lon, lat }, zoom) {
  const size = SIDE * 2 ** zoom;
  const y = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return [((lon + 180) / 360) * size, ((1 - y / Math.PI) / 2) * size];
}

/** Declares a base map whose tiles show a square at `mark`, 24 m wide; the tiles that were asked for. */
async function withBase(page, { datum, mark }) {
  const asked = [];
  const catalog = JSON.parse(readFileSync("public/city/catalog.json", "utf8"));
  catalog.base_map = { kind: "xyz", url: "https://tiles.example/{z}/{x}/{y}.png", datum, max_zoom: 18, attribution: "© Tiles of a story" };
  await page.route("**/city/catalog.json", (route) => route.fulfill({ json: catalog }));
  await page.route("https://tiles.example/**", async (route) => {
    const [z, x, y] = route.request().url().match(/\d+/g).map(Number);
    asked.push({ z, x, y });
    const [centerX, centerY] = world(mark, z);
    const half = (12 / ((40_075_017 * squeezed) / SIDE)) * 2 ** z;
    const picture = png(SIDE, (px, py) => (Math.abs(x * SIDE + px - centerX) < half && Math.abs(y * SIDE + py - centerY) < half ? MARK : GROUND));
    await route.fulfill({ body: picture, contentType: "image/png", headers: { "Access-Control-Allow-Origin": "*" } });
  });
  return asked;
}

// The map mutes the picture; which of the two it was can still be told.
const isMark = (red, green, blue) => red > blue + 30 && red > green + 50;
const isGround = (red, green, blue) => blue > red + 10 && red > green;

/** How far right and down of the middle of the map the mark stands, in metres; the ground's share. */
async function markOnMap(page) {
  const { x, y, width, height } = await page.getByRole("application").boundingBox();
  const clip = { x: x + width / 2 - 250, y: y + height / 2 - 250, width: 500, height: 500 };
  const picture = await pixels(page, clip);
  const mark = find(picture, isMark);
  const ground = find(picture, isGround);
  const metres = (40_075_017 * squeezed) / (512 * 2 ** 16);
  return mark.count > 100 && { east: (mark.x - 250) * metres, south: (mark.y - 250) * metres, ground: ground.count / 250_000 };
}

for (const { datum, mark, name } of [
  { datum: "WGS84", mark: PLACE, name: "a base map shows beneath the layers, where it says it is" },
  { datum: "GCJ-02", mark: moved, name: "a base map in GCJ-02 is shifted to fit" },
]) {
  story(name, { device: "desk", seen: true, serviceWorkers: "block" }, async ({ page }) => {
    const asked = await withBase(page, { datum, mark });
    const app = await App.open(page, `#/?at=16/${PLACE.lat}/${PLACE.lon}`);
    await app.map.loaded();
    // The picture and the layers come each in its own time: it is the two together that are judged.
    const both = async () => {
      const seen = await markOnMap(page);
      return seen && seen.ground > 0.3 && seen.ground < 0.99 && seen;
    };
    const seen = await appears(both, "the mark of the base map near the middle, the picture as the ground, and the city's layers over it");
    assert.ok(Math.abs(seen.east) < 8 && Math.abs(seen.south) < 8, `the mark stands ${seen.east} m east and ${seen.south} m south of its place`);
    assert.ok(asked.length > 0 && asked.every(({ z }) => z <= 18));
    await page.getByText("© Tiles of a story").waitFor();
  });
}

story("a base map that does not answer leaves the city's own layers", { device: "desk", seen: true, serviceWorkers: "block", allow: /tiles\.example|Failed to (load|fetch)|Could not load image|AJAXError|base map/ }, async ({ page }) => {
  await withBase(page, { mark: PLACE });
  await page.unroute("https://tiles.example/**");
  let asked = 0;
  await page.route("https://tiles.example/**", (route) => {
    asked += 1;
    return route.abort();
  });
  const app = await App.open(page, "#/?at=16/43.52/123.5");
  await app.map.loaded();
  await appears(() => asked > 0, "the base map to be asked for");
  await panel(page).getByRole("listitem").getByRole("button").first().waitFor();
});
