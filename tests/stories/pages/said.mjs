// What the map does not have so: the two forms, and what was said of an asset on its card.
import { Sheet } from "./sheet.mjs";
import { entry, within, word } from "./words.mjs";

export class Said {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
    this.kind = this.region.getByLabel(word("said.kind"));
    this.kindMissing = this.region.locator(".error").getByText(word("said.kind_missing"));
    this.name = this.region.getByRole("textbox", { name: word("said.name") });
    this.remark = this.region.getByRole("textbox", { name: word("task.note") });
    this.why = this.region.getByRole("textbox", { name: word("said.why") });
    this.whyMissing = this.region.getByText(word("trouble.r_empty"));
    this.confirm = this.region.getByRole("button", { name: word("said.confirm") });
    this.decline = this.region.getByRole("button", { name: word("said.decline") });
    this.amendButton = this.region.getByRole("button", { name: word("said.amend") });
    this.recordButton = this.region.getByRole("button", { name: word("said.wrong") });
    this.disputed = this.region.getByText(word("said.disputed"));
    this.addButton = this.region.getByRole("button", { name: word("said.add") });
  }

  /** From the card of a place: an asset stands there that is not on the map. */
  async add() {
    await this.addButton.click();
    await this.sheet.shows(word("said.add"));
    await this.kind.locator("option").nth(1).waitFor({ state: "attached" });
  }

  /** From the card of an asset: it is not there, or not so. */
  async amend() {
    await this.amendButton.click();
    await this.sheet.shows(word("said.amend"));
  }

  /** Chooses what it is. */
  async choose(kind) {
    await this.kind.selectOption(entry("asset_kinds", kind).id);
  }

  /** Chooses "missing", "stolen", "moved" or "wrong". The radio lies under its words. */
  async is(what) {
    await this.region.getByRole("radio", { name: word(`said.${what}`) }).check({ force: true });
  }

  /** From the list of work: what was said of assets, and how much of it waits. */
  async list(waiting) {
    const row = this.region.getByRole("button", { name: within("said.list") });
    await row.filter({ hasText: within("said.wait", { n: waiting }) }).click();
    await this.sheet.shows(word("said.list"));
  }

  /** In the list of what was said: what waits for nobody any more. The radio lies under its words. */
  async settled() {
    await this.region.getByRole("radio", { name: word("task.filter_closed") }).check({ force: true });
  }

  /** In that list what was said of an asset, by its name or code. */
  of(name) {
    return this.region.getByRole("listitem").filter({ hasText: name });
  }

  /** Opens the card of the asset that a line of the list is about. */
  async open(name) {
    await this.of(name).getByRole("button", { name }).first().click();
  }

  /** What the card says of an asset that is not on the map, and why: by the key of its words. */
  off(why) {
    return this.region.getByRole("status").filter({ hasText: within("said.add") }).filter({ hasText: within(why) });
  }

  async propose() {
    await this.region.getByRole("button", { name: word("said.propose") }).click();
  }

  /** What the form says of the new place. */
  newPlace() {
    return this.region.getByText(within("said.to_at"));
  }

  /** The line of the card that says so: "s_added", and "st_open" or the key of other words. */
  line(says, standing) {
    const stands = standing.includes(".") ? standing : `said.${standing}`;
    return this.region.getByRole("listitem").filter({ hasText: within(`said.${says}`) }).filter({ hasText: within(stands) });
  }

  /** Takes back what the line says, or what was decided on it. */
  async takeBack(says, standing) {
    await this.line(says, standing).getByRole("button", { name: word("said.take_back") }).click();
  }
}
