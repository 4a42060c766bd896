// The form that says how much was done.
import { becomes } from "../lib/wait.mjs";
import { Sheet } from "./sheet.mjs";
import { action, entry, within, word, work } from "./words.mjs";

const either = (id, key) => new RegExp(Object.values(entry("work_kinds", id).label).map((label) => word(key, { work: label }).source).join("|"));

export class Report {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.note = this.region.getByRole("textbox", { name: word("task.note") });
    this.doneOn = this.region.getByLabel(word("task.done_on")).and(page.locator("input"));
    this.attended = this.region.locator("#attended > summary");
    this.with = this.region.getByRole("textbox", { name: word("task.with") });
    this.onBehalf = this.region.getByRole("combobox", { name: word("task.on_behalf") });
    this.material = this.region.getByRole("textbox", { name: word("task.material") });
    this.draftKept = this.region.getByText(word("task.draft_kept"));
  }

  async shows() {
    await this.sheet.shows(word("task.report_title"));
  }

  /** The quantity of the work itself. */
  quantity(kind) {
    return this.region.getByRole("textbox", { name: work(kind) });
  }

  /** The quantity of what was done within it. */
  ofWhich(kind) {
    return this.region.getByRole("textbox", { name: either(kind, "task.of_which") });
  }

  /** Waits until the amount of a kind of work reads so. */
  async quantityIs(kind, text) {
    await becomes(() => this.quantity(kind).inputValue(), text);
  }

  /** Enters the sides of a patch, the first by unfolding the list, the next by adding one. */
  async patch(n, length, width) {
    const side = (key) => this.region.getByRole("textbox", { name: word(`task.${key}`, { n }) });
    if ((await side("patch_length").count()) === 0) {
      if (n === 1) await this.region.getByText(word("task.patches")).click();
      else await this.region.getByRole("button", { name: word("task.patch_add") }).click();
    }
    await side("patch_length").fill(length);
    await side("patch_width").fill(width);
  }

  /** Something that was said before, and is taken over or left out with a tap. */
  pick(name) {
    return this.region.getByRole("button", { name, exact: true });
  }

  /** Of a thing of the checklist the button that says "found_good" or "found_wrong". */
  looked(name, key) {
    return this.region.getByRole("group", { name, exact: true }).getByRole("button", { name: word(`task.${key}`) });
  }

  /** What is wrong with it, in words. */
  whatIsWrong(name) {
    return this.region.getByRole("textbox", { name: word("task.found_what", { item: name }) });
  }

  /** Goes to measure along the street. */
  async measureAlong() {
    await this.region.getByRole("button", { name: word("task.measure_along") }).click();
  }

  /** Takes a patch out. */
  async dropPatch(n) {
    await this.region.getByRole("button", { name: word("task.patch_drop", { n }) }).click();
  }

  /** The one button that closes work of a kind; it says what it does and how much. */
  close(kind) {
    return this.region.getByRole("button", { name: action(kind) }).and(this.page.locator("[data-primary]"));
  }

  /** Types the first quantity and presses the button in one breath, sooner than anybody can read: in the page itself, because a story on a slow machine takes its time between two acts. */
  async typesAndPresses(text) {
    await this.page.evaluate(async (text) => {
      const field = document.querySelector("#quantity");
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((soon) => setTimeout(soon));
      document.querySelector("[data-primary]").click();
    }, text);
  }

  /** The answer to "is it right?". */
  sure() {
    return this.region.getByRole("button", { name: word("common.yes_sure") }).and(this.page.locator("[data-primary]"));
  }

  /** A sentence of the form, by its key. */
  says(key, given) {
    return this.region.getByText(within(key, given));
  }
}
