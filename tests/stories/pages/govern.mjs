// What is set of the city: plans, cycles, time limits, crews, and what was changed of them.
import { go, panel } from "./navigation.mjs";
import { Sheet } from "./sheet.mjs";
import { entry, within, word } from "./words.mjs";

const names = (label, more = "") => new RegExp(Object.values(label).map((name) => `^${name}${more}$`).join("|"));

export class Govern {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  /** The way there from the settings. */
  static way(page) {
    return panel(page).getByRole("button", { name: word("govern.title") });
  }

  static async open(page) {
    await go(page, "settings");
    await Govern.way(page).click();
    const govern = new Govern(page);
    await govern.sheet.shows(word("govern.title"));
    return govern;
  }

  section(key) {
    return this.region.locator("section").filter({ has: this.page.getByRole("heading", { name: word(`govern.${key}`) }) });
  }

  /** Where the plan of a kind of work is typed, of the year that is chosen. */
  plan(work) {
    return this.section("plan").getByLabel(names(entry("work_kinds", work).label), { exact: true });
  }

  /** Where it is typed how often a kind of work falls due. */
  cycle(work) {
    return this.section("cycles").getByLabel(names(entry("work_kinds", work).label));
  }

  /** Where the hours are typed that a kind of work may take, on each of its occasions. */
  limits(work) {
    return this.section("limits").getByLabel(names(entry("work_kinds", work).label, " · .+"));
  }

  /** Types a value and leaves the field. */
  async set(field, value) {
    await field.fill(value);
    await field.press("Enter");
  }

  /** What is wrong with what was typed there. */
  async fault(field) {
    const id = await field.getAttribute("aria-describedby");
    return this.region.locator(`#${id}`).innerText();
  }

  /** Adds a crew for the families of these ids. */
  async addCrew(zh, en, families) {
    const crews = this.section("crews");
    await crews.getByText(word("govern.crew_add")).first().click();
    const form = crews.locator("details");
    await form.getByLabel(word("govern.crew_zh")).fill(zh);
    await form.getByLabel(word("govern.crew_en")).fill(en);
    for (const id of families) await form.getByRole("checkbox", { name: names(entry("families", id).label) }).check();
    await form.getByRole("button", { name: word("govern.crew_add") }).click();
  }

  /** A crew in the list, by its id. */
  crew(id) {
    return this.section("crews").locator("li").filter({ has: this.page.locator(`#set-crews-${id}-label-zh`) });
  }

  /** What was changed, the last first: each as its text. */
  changes() {
    return this.section("history").getByRole("listitem").allInnerTexts();
  }

  /** Takes back the change that stands in this place, the last is 0. */
  async takeBack(at) {
    await this.section("history").getByRole("listitem").nth(at).getByRole("button", { name: word("govern.take_back") }).click();
  }

  get mayNot() {
    return this.region.getByText(within("govern.may_not_hint"));
  }
}
