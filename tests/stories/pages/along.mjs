// Measuring along streets.
import { hashThat } from "../lib/address.mjs";
import { Sheet } from "./sheet.mjs";
import { word } from "./words.mjs";

export class Along {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  async shows() {
    await this.sheet.shows(word("map.along"));
  }

  /** Waits until so many places were tapped, as the address has them. */
  async hasTaps(n) {
    const taps = (hash) => /\/along\/([^?]*)/.exec(decodeURI(hash))?.[1].split(";").filter(Boolean).length;
    await hashThat(this.page, (hash) => taps(hash) === n, `has ${n} taps`);
  }

  #done() {
    return this.region.getByRole("button", { name: word("map.along_take") });
  }

  /** How long it is so far, as the button says it that takes it. */
  async measured() {
    await this.#done().waitFor();
    return this.#done().innerText();
  }

  /** Takes it into the report. */
  async take() {
    await this.#done().click();
  }

  async takeBack() {
    await this.region.getByRole("button", { name: word("map.draw_back") }).click();
  }
}
