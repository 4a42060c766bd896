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

  /** By its address, as somebody comes who has been sent it. */
  static async byLink(page) {
    await page.evaluate(() => (location.hash = "#/settings/city"));
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

  /** Makes an account for a person of a crew; what is typed stays where it is refused. */
  async addAccount({ id, name, password, crew }) {
    const accounts = this.section("accounts");
    const form = accounts.locator("details").filter({ has: this.page.locator("#new-account-id") });
    if (!(await form.locator("#new-account-id").isVisible())) await form.locator("summary").click();
    await form.getByLabel(word("govern.account_id")).fill(id);
    await form.getByLabel(word("govern.account_name")).fill(name);
    await form.getByRole("checkbox", { name: names(crew) }).check();
    await form.getByLabel(word("govern.password_first")).fill(password);
    await form.getByRole("button", { name: word("govern.account_add") }).click();
  }

  /** What is wrong with the account that is to be made. */
  newAccountFault() {
    return this.region.locator("#new-account-error").innerText();
  }

  /** An account in the list, by its id. */
  account(id) {
    return this.section("accounts").locator("li").filter({ has: this.page.locator(`#account-${id}-name`) });
  }

  async #unfolded(id) {
    const line = this.account(id);
    if (!(await line.locator(`#account-${id}-name`).isVisible())) await line.locator("summary").click();
    return line;
  }

  /** Gives an account another role, by the role's name. */
  async role(id, role) {
    await (await this.#unfolded(id)).getByText(word(`account.${role}`), { exact: true }).click();
  }

  async lock(id) {
    await (await this.#unfolded(id)).getByRole("button", { name: word("govern.account_lock") }).click();
  }

  /** What was done with accounts. */
  get #deeds() {
    return this.section("accounts").locator("details").filter({ hasText: within("govern.account_history") });
  }

  async #shownDeeds() {
    const deeds = this.#deeds;
    if (!(await deeds.getByRole("listitem").first().isVisible())) await deeds.locator("summary").click();
    return deeds.getByRole("listitem");
  }

  /** What was done with accounts, the last first: each as its text. */
  async deeds() {
    return (await this.#shownDeeds()).allInnerTexts();
  }

  /** Takes back what was done with an account, the last is 0. */
  async takeBackDeed(at) {
    await (await this.#shownDeeds()).nth(at).getByRole("button", { name: word("govern.take_back") }).click();
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
