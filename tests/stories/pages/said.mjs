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
