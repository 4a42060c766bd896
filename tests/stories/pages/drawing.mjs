// Drawing a place, a line or an area: on the map, or corner by corner where there is none.
import { hashThat } from "../lib/address.mjs";
import { Sheet } from "./sheet.mjs";
import { within, word } from "./words.mjs";

const PLACES = { point: "place", line: "place_line", area: "place_area" };

export class Drawing {
  constructor(page) {
    this.page = page;
    this.region = new Sheet(page).region;
  }

  /** Begins to draw: "point", "line" or "area". */
  async begin(shape) {
    await this.page.getByRole("button", { name: word("map.add") }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: within(`map.add_${shape}`) }).click();
    await this.page.getByRole("dialog").waitFor({ state: "hidden" });
    await new Sheet(this.page).shows(word(`map.${PLACES[shape]}`));
  }

  /** Waits until the drawing has so many corners, as the address has them that would show it to someone else. */
  async hasCorners(n) {
    const corners = (hash) => /#\/draw\/\w+\/([^?]*)/.exec(decodeURI(hash))?.[1].split(";").filter(Boolean).length;
    await hashThat(this.page, (hash) => corners(hash) === n, `has ${n} corners`);
  }

  /** How long or large it is so far, as the button says it that finishes the drawing. */
  async measured() {
    const done = this.region.getByRole("button", { name: word("map.draw_done_line") });
    await done.waitFor();
    return done.innerText();
  }

  async takeBack() {
    await this.region.getByRole("button", { name: word("map.draw_back") }).click();
  }

  /** A corner under the crosshair. */
  async addInTheMiddle() {
    await this.region.getByRole("button", { name: word("map.draw_center") }).click();
  }

  /** Has corners come as one walks, or, pressed again, no more. */
  async goRound() {
    await this.region.getByRole("button", { name: word("map.go_round") }).click();
  }

  /** Waits until it says that the phone does not know well enough where it is. */
  async waitsForAFix() {
    await this.region.getByText(within("map.go_round_wait")).waitFor();
  }

  /** Without a map: waits until the device knows that it is here. */
  async isAt([longitude, latitude]) {
    await this.region.getByText(within("map.here", { place: `${latitude}, ${longitude}` })).waitFor();
  }

  /** Without a map: adds the corner the device is at. */
  async addHere() {
    await this.region.getByRole("button", { name: within("map.corner_add") }).click();
  }

  /** Without a map: gives a corner by what one types. */
  async type(text) {
    const field = this.region.getByRole("textbox", { name: word("map.coordinates") });
    if (!(await field.isVisible())) await this.region.getByText(word("map.typed")).click();
    await field.fill(text);
    await this.region.getByRole("button", { name: word("map.add") }).click();
  }

  /** Without a map: the line of a corner, counted from 1, on which it is taken out. */
  corner(n) {
    return this.region.getByRole("listitem").filter({ has: this.#drop(n) });
  }

  async takeOut(n) {
    await this.#drop(n).click();
  }

  #drop(n) {
    return this.page.getByRole("button", { name: word("map.corner_drop", { n }) });
  }

  /** The button that finishes the drawing; it says how long or large it is. */
  done() {
    const [measured, ...others] = ["draw_done_line", "draw_done", "draw_finish"].map((key) => this.region.getByRole("button", { name: word(`map.${key}`) }));
    return others.reduce((any, other) => any.or(other), measured);
  }

  async finish() {
    await this.done().click();
  }

  /** Turns the tool on that makes a box of two corners. */
  async box() {
    await this.region.getByRole("button", { name: word("map.draw_box") }).click();
  }

  /** The button that makes all that is in view the area. */
  get allInView() {
    return this.region.getByRole("button", { name: word("map.draw_view") });
  }

  /** The corners, as the address has them. */
  async corners() {
    const text = await hashThat(this.page, (hash) => hash.startsWith("#/draw/"), "is a drawing's");
    const points = /#\/draw\/\w+\/([^?]*)/.exec(decodeURI(text))[1];
    return points.split(";").map((pair) => pair.split(",").map(Number));
  }

  /** Gives what lies in the area to several crews. */
  async giveOut() {
    await this.region.getByRole("button", { name: word("give.open") }).click();
    await new Sheet(this.page).shows(word("give.title"));
  }
}
