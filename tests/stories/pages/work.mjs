// Today: the list of work.
import { Sheet } from "./sheet.mjs";
import { startsWithWork, within, word } from "./words.mjs";

const GROUPS = ["group_overdue", "group_returned", "group_today", "group_open"];

export class WorkList {
  constructor(page) {
    this.page = page;
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

  /** Shows only what is for this device's crew, or all. */
  async onlyMine(is) {
    await this.region.getByRole("switch", { name: word("task.mine_only") }).setChecked(is);
  }

  /** The groups that are shown, in their order, by their words' keys. */
  async groups() {
    const headings = await this.region.getByRole("heading", { level: 3 }).allInnerTexts();
    return headings.map((text) => GROUPS.find((group) => within(`task.${group}`).test(text)));
  }

  /** What each line says, in their order. */
  async texts() {
    return this.region.getByRole("listitem").getByRole("button").allInnerTexts();
  }

  /** What the lines say that are new. */
  news() {
    return this.region.getByRole("listitem").getByText(word("task.news"));
  }

  /** Waits until the navigation says that so many are new or came back. */
  async badge(n) {
    await this.page.getByRole("navigation").getByRole("link", { name: within("common.news_count", { n }) }).waitFor();
  }

  /** Lines of a kind of work. */
  lines(kind) {
    return this.region.getByRole("button", { name: startsWithWork(kind) });
  }
}
