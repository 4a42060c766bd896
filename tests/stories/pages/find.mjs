// The form for a defect.
import { Sheet } from "./sheet.mjs";
import { entry, startsWithWork, word } from "./words.mjs";

export class Find {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.kind = this.region.getByLabel(word("task.f_work"));
    this.what = this.region.getByRole("textbox", { name: word("task.find_what") });
    this.dangerous = this.region.getByRole("switch", { name: word("task.find_dangerous") });
    this.save = this.region.getByRole("button", { name: word("task.find_save") });
    this.missing = this.region.getByText(word("task.find_kind_missing"));
  }

  async shows() {
    await this.sheet.shows(word("task.find"));
    await this.kind.waitFor();
  }

  /** Opens the form from the card of what is selected. */
  async open() {
    await this.region.getByRole("button", { name: word("task.find") }).click();
    await this.shows();
  }

  /** Opens the form for where this device is, or the middle of the map. */
  async here() {
    await this.page.getByRole("button", { name: word("map.add") }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: new RegExp(word("task.find").source.slice(1, -1)) }).click();
    await this.shows();
  }

  /** Chooses the kind of work that it needs. */
  async choose(id) {
    await this.kind.selectOption(entry("work_kinds", id).id);
  }

  /** How bad it is, by the catalogue's id. */
  severity(id) {
    const { zh, en } = entry("severities", id).label;
    return this.region.getByRole("button", { name: new RegExp(`^(?:${zh}|${en})$`) });
  }

  /** What is known nearby of a kind of work. */
  alike(id) {
    return this.region.getByRole("status").or(this.region.locator(".banner")).getByRole("button", { name: startsWithWork(id) });
  }
}
