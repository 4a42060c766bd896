// Making a round, ticking it off, and the form of one of its assets.
import { press } from "../lib/touch.mjs";
import { Sheet } from "./sheet.mjs";
import { startsWithWork, within, word, work } from "./words.mjs";

export class RoundMenu {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  async shows() {
    await this.sheet.shows(word("task.round_title"));
  }

  /** What is said where nothing makes a round. */
  get none() {
    return this.region.getByText(word("task.round_none"));
  }

  /** The button that makes a round of a kind of work. */
  kind(id) {
    return this.region.getByRole("button", { name: startsWithWork(id) });
  }
}

/** Choosing assets one by one. */
export class Choose {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.make = this.region.getByRole("button", { name: word("task.round_make") });
  }

  async shows(n) {
    await this.sheet.shows(n ? word("task.chosen", { n }) : word("task.choose"));
  }

  /** The tick of an asset in the list. */
  tick(place) {
    return this.region.getByRole("button", { name: word("task.choose_one", { place }) });
  }
}

export class Round {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.finishButton = this.region.getByRole("button", { name: word("task.round_finish") });
    this.next = this.region.getByRole("button", { name: within("task.round_next", { place: "" }) });
  }

  async shows(kind) {
    await this.sheet.shows(work(kind));
    await this.region.locator(".stop").first().waitFor();
  }

  /** So many of so many are done; which share that is it says too. */
  async says(done, all, share) {
    await this.region.getByText(within("task.round_done", { done, all, ...(share && { share }) })).waitFor();
  }

  /** So many of so many are well, in a round that only looks. */
  async saw(n, all, share) {
    await this.region.getByText(within("task.round_seen", { n, all, ...(share && { share }) })).waitFor();
  }

  /** The button by which such a round is finished. */
  get finishSeen() {
    return this.region.getByRole("button", { name: within("task.round_finish_seen") });
  }

  /** The line of an asset. */
  line(name) {
    return this.region.locator(".stop").filter({ hasText: name });
  }

  /** The tick of an asset. */
  tick(name) {
    return this.line(name).locator(".tick");
  }

  /** Opens the form of an asset. */
  async open(name) {
    await this.line(name).locator(".row").click();
  }

  /** Marks the lines of some assets, as the page has them now. */
  async mark(names) {
    for (const name of names) await this.line(name).evaluate((line) => (line.dataset.story = "seen"));
  }

  /** How many of the marked lines are still there. */
  marked() {
    return this.region.locator("[data-story=seen]").count();
  }

  /** A finger that rests on a line, or on what is in it. */
  async hold(what) {
    await what.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await what.boundingBox();
    await press(this.sheet.page, [x + width / 2, y + height / 2]);
  }

  async print() {
    await this.region.getByRole("button", { name: word("task.paper") }).click();
  }

  async finish() {
    await this.finishButton.click();
  }
}

export class Stop {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.note = this.region.getByRole("textbox", { name: word("task.note") });
    this.done = this.region.getByRole("button", { name: word("task.round_tick") });
    this.unreached = this.region.getByRole("button", { name: word("task.round_unreached") });
  }

  async shows(name) {
    await this.sheet.shows(name);
    await this.done.waitFor();
  }

  /** The addresses that lead there. */
  async ways() {
    return this.region.locator("#way a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  }

  /** A sentence of the form, by its key. */
  says(key) {
    return this.region.getByText(within(key));
  }
}
