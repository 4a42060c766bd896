// Drawing a line or an area on the map.
import { hashThat } from "../lib/address.mjs";
import { Sheet } from "./sheet.mjs";
import { word } from "./words.mjs";

export class Drawing {
  constructor(page) {
    this.page = page;
    this.region = new Sheet(page).region;
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

  /** The button that finishes the drawing; it says how long or large it is. */
  done() {
    return this.region.getByRole("button", { name: word("map.draw_done_line") }).or(this.region.getByRole("button", { name: word("map.draw_done") }));
  }

  async finish() {
    await this.done().click();
  }
}
