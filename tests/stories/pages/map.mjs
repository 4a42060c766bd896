// The map: where on the screen a place is, and what is drawn there.
import { setTimeout as pause } from "node:timers/promises";
import { hashThat } from "../lib/address.mjs";
import { press } from "../lib/touch.mjs";
import { mustBeSeen } from "../lib/unseen.mjs";
import { PATIENCE } from "../lib/wait.mjs";
import { Drawing } from "./drawing.mjs";
import { Sheet } from "./sheet.mjs";
import { within, word } from "./words.mjs";

const TILE = 512;
/** So long nothing new must be drawn for a picture to be whole, in ms: a slow machine takes its time over a tile. */
const STILL = 1_500;

/** Web Mercator, 0 to 1. */
const mercator = ([longitude, latitude]) => {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
};

export class CityMap {
  constructor(page) {
    this.page = page;
    this.region = page.getByRole("region", { name: word("common.map_region") });
    this.canvas = this.region.getByRole("application");
  }

  /** Where the map looks, from the address that would show it to someone else. */
  async view() {
    const at = (hash) => new URLSearchParams(hash.split("?")[1]).get("at");
    const [zoom, latitude, longitude] = at(await hashThat(this.page, (hash) => at(hash) !== null, "says where the map looks")).split("/").map(Number);
    return { zoom, center: [longitude, latitude] };
  }

  /** The rectangle of the screen that the map has, once it fills what it was given. */
  async box() {
    for (;;) {
      const [box, given] = [await this.canvas.boundingBox(), await this.region.boundingBox()];
      if (Math.abs(box.height - given.height) < 1 && Math.abs(box.width - given.width) < 1) return box;
    }
  }

  /** The pixel of the screen where a place is. */
  async pixel(place) {
    const { zoom, center } = await this.view();
    const box = await this.box();
    const world = TILE * 2 ** zoom;
    const [[x, y], [cx, cy]] = [mercator(place), mercator(center)];
    return [box.x + box.width / 2 + (x - cx) * world, box.y + box.height / 2 + (y - cy) * world];
  }

  /**
   * Waits until the city is loaded, as a person knows it: what is in view is counted and listed, and
   * nothing is on its way. Before the first layer begins to come nothing is on its way either: then
   * nothing is listed.
   */
  async loaded() {
    const { region } = new Sheet(this.page);
    await region.getByRole("heading", { level: 2, name: within("map.in_view_count") }).waitFor();
    // A sheet that is small hides its list.
    const line = region.getByRole("listitem", { includeHidden: true }).getByRole("button", { includeHidden: true });
    await line.or(region.getByText(word("map.in_view_none"))).first().waitFor({ state: "attached" });
    await this.page.waitForFunction(() => !document.querySelector("progress"), null, { timeout: 60_000 });
  }

  /** A tap by finger or mouse, whichever the device has. */
  async tap(place) {
    const [x, y] = await this.pixel(place);
    const isTouch = await this.page.evaluate(() => matchMedia("(pointer: coarse)").matches);
    await (isTouch ? this.page.touchscreen.tap(x, y) : this.page.mouse.click(x, y));
  }

  /** A finger that rests on a place. */
  async press(place) {
    await press(this.page, await this.pixel(place));
  }

  /** The square around a place on the screen. */
  async around(place, side) {
    const [x, y] = await this.pixel(place);
    return { x: Math.round(x - side / 2), y: Math.round(y - side / 2), width: side, height: side };
  }

  /** What is drawn around a place, once it has stopped changing. */
  async picture(place, side = 36) {
    await mustBeSeen(this.page);
    const clip = await this.around(place, side);
    for (let [last, since] = ["", 0]; ; ) {
      const now = (await this.page.screenshot({ clip })).toString("base64");
      if (now !== last) [last, since] = [now, Date.now()];
      else if (Date.now() - since > STILL) return now;
      await pause(200);
    }
  }

  /** Waits until something else is drawn around a place than before, and says what. */
  async pictureAfter(place, before, side) {
    return this.#pictureThat(place, side, (now) => now !== before, "the map still shows the same symbol");
  }

  /** Waits until the same is drawn around a place as before. */
  async pictureAgain(place, before, side) {
    return this.#pictureThat(place, side, (now) => now === before, "the map does not show the old symbol again");
  }

  async #pictureThat(place, side, is, complaint) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const now = await this.picture(place, side);
      if (is(now)) return now;
      if (Date.now() > end) throw new Error(complaint);
    }
  }

  /** Begins to draw: "point", "line" or "area". */
  async draw(shape) {
    await new Drawing(this.page).begin(shape);
    await this.takesCorners();
  }

  /** Waits until a tap is a corner. */
  async takesCorners() {
    await this.region.locator(".map-drawing").waitFor();
  }
}
