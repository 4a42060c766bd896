// Recording a track.
import { number } from "../lib/measured.mjs";
import { becomes } from "../lib/wait.mjs";
import { Sheet } from "./sheet.mjs";
import { within, word } from "./words.mjs";

export class Track {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  async shows() {
    await this.sheet.shows(word("track.title"));
  }

  #button(key) {
    return this.region.getByRole("button", { name: word(`track.${key}`) });
  }

  async start() {
    await this.#button("start").click();
    await this.#button("pause").waitFor();
  }

  async pause() {
    await this.#button("pause").click();
    await this.#button("go_on").waitFor();
  }

  async goesOn() {
    await this.#button("go_on").click();
    await this.#button("pause").waitFor();
  }

  /** Waits until so many metres are covered, give or take a share of it; how many. */
  async covers(metres, share) {
    const near = async () => {
      const text = await this.region.getByRole("status").first().innerText();
      const shown = /\d/.test(text) ? number(text) * 1000 : 0;
      return Math.abs(shown - metres) <= share * metres ? "near" : `${shown} m where ${metres} m were walked`;
    };
    await becomes(near, "near");
  }

  /** Says of the first gap that it was gone through. */
  async closesGap() {
    await this.region.getByRole("switch", { name: within("track.gap_way") }).first().click();
  }

  /** Throws the recording away. */
  async throwAway() {
    await this.#button("throw").click();
    await this.#button("start").waitFor();
  }

  gap(key) {
    return this.region.getByText(word(`track.${key}`));
  }

  /** The switches of what was covered. */
  lines() {
    const all = this.region.getByRole("heading", { name: word("track.lines") }).locator("xpath=..");
    return all.getByRole("switch");
  }

  async finish() {
    await this.region.getByRole("button", { name: within("track.finish") }).click();
  }
}
