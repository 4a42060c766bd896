// Safety before work: what a card says of it, and the form of a check.
import { Sheet } from "./sheet.mjs";
import { entry, within, word } from "./words.mjs";

const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
const either = (label) => new RegExp(Object.values(label).map(escape).join("|"));
const check = (id) => either(entry("prechecks", id).label);
const gas = (id, reading) => either(entry("prechecks", id).readings.find((one) => one.id === reading).label);

/** The checks on a card of work, or of a stop of a round. */
export class Checks {
  constructor(page) {
    this.region = new Sheet(page).region;
  }

  /** The line of a check, with what forbids to go on. */
  line(id) {
    return this.region.locator(".check").filter({ hasText: check(id) });
  }

  /** Goes on to the form of a check. */
  async open(id) {
    await this.button(id).click();
  }

  /** What leads to the form. */
  button(id) {
    return this.line(id).getByRole("button");
  }

  /** Waits until a check says something: `says("traffic", "task.safe_unanswered")`. */
  async says(id, key, given) {
    await this.line(id).getByText(within(key, given)).first().waitFor();
  }

  /** What is said aloud of a check that forbids to enter. */
  alarm(id) {
    return this.line(id).getByRole("alert");
  }
}

export class Safe {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.items = this.region.getByRole("checkbox");
    this.watcher = this.region.getByRole("textbox", { name: word("task.safe_watcher") });
    this.note = this.region.getByRole("textbox", { name: word("task.note") });
    this.draftKept = this.region.getByText(word("task.draft_kept"));
    this.save = this.region.getByRole("button", { name: word("task.safe_save") }).and(page.locator("[data-primary]"));
  }

  async shows(id) {
    await this.sheet.shows(check(id));
    await this.save.waitFor();
  }

  /** Ticks the first so many items. */
  async tick(n) {
    for (let at = 0; at < n; at++) await this.items.nth(at).check();
  }

  /** The field of a gas. */
  reading(id, reading) {
    return this.region.getByRole("textbox", { name: gas(id, reading) });
  }

  /** Types what was measured, gas by gas: `measures("chamber-entry", {o2: "20.9"})`. */
  async measures(id, readings) {
    for (const [reading, value] of Object.entries(readings)) await this.reading(id, reading).fill(value);
  }

  /** A sentence of the form, by its key. */
  says(key, given) {
    return this.region.getByText(within(key, given));
  }
}
