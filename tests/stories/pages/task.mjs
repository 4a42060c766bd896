// The choice of work, and the card of a piece of work.
import { becomes } from "../lib/wait.mjs";
import { Sheet } from "./sheet.mjs";
import { startsWithWork, within, word, work } from "./words.mjs";

export class PlotMenu {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  async shows() {
    await this.sheet.shows(word("task.plot_title"));
  }

  /** The button that plots work of a kind, in its family; what is mostly done stands above that once more. */
  kind(id) {
    return this.region.getByRole("button", { name: startsWithWork(id) }).last();
  }

  /** Waits until these kinds of work stand above all, as what is mostly done. */
  async offersFirst(...ids) {
    await this.region.getByRole("heading", { name: word("task.plot_usual") }).waitFor();
    const first = this.region.getByRole("list").first();
    await becomes(() => first.getByRole("listitem").count(), ids.length);
    for (const id of ids) await first.getByRole("button", { name: startsWithWork(id) }).waitFor();
  }

  async choose(id) {
    await this.kind(id).click();
  }
}

export class TaskCard {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  /** Waits for the card of work of a kind, in a state: "open", "under_way", "reported". */
  async shows(kind, state) {
    await this.sheet.shows(work(kind));
    await this.region.getByText(word(`common.mark_${state}`)).first().waitFor();
  }

  button(key) {
    return this.region.getByRole("button", { name: word(`task.${key}`) });
  }

  async start() {
    await this.button("start").click();
  }

  /** Copies it as a text for a chat. */
  async copyForChat() {
    await this.region.getByText(word("task.tell")).click();
    await this.button("tell_copy").click();
  }

  /** Goes to record a track. */
  async record() {
    await this.region.getByRole("button", { name: word("track.record") }).click();
  }

  async report() {
    await this.button("report").click();
  }

  /** Takes a report back, by a new event. */
  async reopen() {
    await this.button("reopen").click();
  }

  /** Takes the last step back, by a new event. */
  async undoStep() {
    await this.button("undo_later").click();
  }

  /** What was reported of a kind of work: its quantity, as printed. */
  quantity(kind) {
    return this.region.getByRole("term").filter({ hasText: work(kind) }).locator("xpath=following-sibling::dd[1]");
  }

  /** What a report says beside its amounts, by the key of the question. */
  reported(key) {
    return this.region.getByRole("term").filter({ hasText: word(key) }).locator("xpath=following-sibling::dd[1]");
  }

  /** What a report says of a thing of the checklist. */
  found(name) {
    return this.region.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd[1]");
  }

  /** Waits until what happened last is said by such a text. */
  async happenedLast(text) {
    const history = this.region.getByRole("list").filter({ hasText: within("task.ev_plotted") }).last();
    await history.getByRole("listitem").first().filter({ hasText: text }).waitFor();
  }
}
