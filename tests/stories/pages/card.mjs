// The card of an asset, and of a place that was tapped or drawn.
import { Sheet } from "./sheet.mjs";
import { entry, startsWithWork, within, word } from "./words.mjs";

export class AssetCard {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  /** Waits for the card with this name. */
  async shows(name) {
    await this.sheet.shows(name);
  }

  /** Waits for the card of a bare place: "place", "place_line" or "place_area". Only there work can be plotted; the title is the drawing's too. */
  async showsPlace(what = "place") {
    await this.sheet.shows(word(`map.${what}`));
    await this.region.getByRole("button", { name: word("task.plot") }).waitFor();
  }

  /** What the card says about something: `fact("task.code")`. */
  fact(key) {
    return this.region.getByRole("term").filter({ hasText: word(key) }).locator("xpath=following-sibling::dd[1]");
  }

  /** Goes on to the choice of work. */
  async plot() {
    await this.region.getByRole("button", { name: word("task.plot") }).click();
  }

  /** Goes on to the choice of a round, around what is selected. */
  async makeRound() {
    await this.region.getByRole("button", { name: word("task.round_make") }).click();
  }

  /** Begins to choose several, this one first. */
  async chooseSeveral() {
    await this.region.getByRole("button", { name: word("task.choose") }).click();
  }

  /** Goes on to the report of the one piece of work that is open here. */
  async report() {
    await this.region.getByRole("button", { name: word("task.report") }).click();
  }

  /** The button that reports work of this kind, where more than one is open. */
  reportOf(kind) {
    const { zh, en } = entry("work_kinds", kind).label;
    return this.region.getByRole("button", { name: new RegExp(`${word("task.report_of", { work: zh }).source}|${word("task.report_of", { work: en }).source}`) });
  }

  /** The line of a piece of work, in which its state stands. */
  work(kind, state) {
    const line = this.region.getByRole("button", { name: startsWithWork(kind) });
    return state ? line.filter({ hasText: within(`common.mark_${state}`) }) : line;
  }
}
