// My work.
import { Sheet } from "./sheet.mjs";
import { startsWithWork, word } from "./words.mjs";

export class WorkList {
  constructor(page) {
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  async shows() {
    await this.sheet.shows(word("task.my_work"));
  }

  /** Shows "open", "closed" or "all". */
  async filter(which) {
    await this.region.getByRole("radio", { name: word(`task.filter_${which}`) }).check();
  }

  /** Lines of a kind of work. */
  lines(kind) {
    return this.region.getByRole("button", { name: startsWithWork(kind) });
  }
}
