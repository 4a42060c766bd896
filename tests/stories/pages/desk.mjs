// The supervisor's desk: giving work to crews, and checking what they report.
import { go, panel } from "./navigation.mjs";
import { Sheet } from "./sheet.mjs";
import { within, word } from "./words.mjs";

export class Desk {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  /** Makes this device the desk, where no server says who gives out work and checks it. */
  static async here(page) {
    await go(page, "settings");
    await panel(page).getByRole("switch", { name: within("desk.desk") }).click();
    return new Desk(page);
  }

  /** The way there from the list of work, which says how many wait. */
  waits(n) {
    return this.region.getByRole("button", { name: word("desk.to_check", { n }) });
  }

  async open() {
    await go(this.page, "work");
    await this.region.getByRole("button", { name: within("desk.to_check") }).click();
    await this.sheet.shows(word("desk.review"));
  }

  /** Waits until so many reports wait here. */
  async has(n) {
    await this.region.getByText(word("desk.review_count", { n })).waitFor();
  }

  /** A report in the list, by where the work was. */
  report(name) {
    return this.region.locator(".review").filter({ hasText: name });
  }

  button(name, key) {
    return this.report(name).getByRole("button", { name: word(`desk.${key}`) });
  }

  choose(name) {
    return this.report(name).getByRole("checkbox", { name: word("desk.choose") });
  }

  verifyChosen(n) {
    return this.region.getByRole("button", { name: word("desk.verify_n", { n }) });
  }

  /** Says why a report is sent back, on the page for it. */
  async sendBack(why) {
    await this.sheet.shows(word("desk.send_back_title"));
    await this.region.getByRole("textbox", { name: word("desk.reason") }).fill(why);
    await this.region.getByRole("button", { name: word("desk.send_back") }).click();
  }

  /** Gives the work whose card is open to a crew. */
  async dispatch(crew, { due, planned } = {}) {
    await this.region.getByRole("button", { name: word("desk.dispatch") }).click();
    await this.sheet.shows(word("desk.dispatch_title"));
    await this.region.getByLabel(word("desk.crew")).selectOption(crew);
    if (due) await this.region.getByLabel(word("desk.due")).fill(due);
    if (planned) await this.region.getByLabel(within("desk.plan_quantity")).fill(planned);
    await this.region.getByRole("button", { name: word("desk.dispatch") }).click();
    await this.sheet.heading.filter({ hasNotText: word("desk.dispatch_title") }).waitFor();
  }
}

