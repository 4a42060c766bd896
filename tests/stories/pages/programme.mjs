// Programmes: years in figures, what is of a year, and the trades of one asset.
import { go, panel } from "./navigation.mjs";
import { Sheet } from "./sheet.mjs";
import { entry, within, word } from "./words.mjs";

const names = (label) => new RegExp(`^(?:${Object.values(label).join("|")})$`);
/** The cells of a table's body, each row by what its head says. */
const rows = (table) => table.locator("tbody tr").evaluateAll((all) => all.map(({ cells: [head, ...cells] }) => [head.innerText.trim(), cells.map((cell) => cell.innerText.trim())]));

export class Programmes {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  static async open(page) {
    await go(page, "completion");
    await panel(page).getByRole("button", { name: word("programme.open") }).click();
    const programmes = new Programmes(page);
    await programmes.shows();
    return programmes;
  }

  async shows() {
    await this.sheet.shows(word("programme.title"));
  }

  /** Chooses a programme by its id. */
  async choose(id) {
    await this.region.getByLabel(word("programme.which")).selectOption(id);
  }

  /** The figures as they are printed: `[["2024", ["12"]], …]`. */
  years() {
    return rows(this.region.getByRole("table", { name: word("programme.years") }));
  }

  year(year) {
    return this.region.getByRole("button", { name: String(year), exact: true });
  }

  /** The same of the year that is shown, by what its assets are. */
  parts() {
    return rows(this.region.getByRole("table", { name: within("programme.parts") }));
  }

  ledger() {
    return this.region.getByRole("button", { name: within("programme.ledger") });
  }

  /** How many are of a year, as its heading says. */
  members(year, n) {
    return this.region.getByRole("heading", { level: 3, name: word("programme.members", { year, n }) });
  }

  /** An asset of the year, by its name. */
  member(name) {
    return this.region.getByRole("listitem").getByRole("button").filter({ hasText: name });
  }
}

export class Trades {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  /** The way to them from an asset's card. */
  static way(page, programme) {
    return panel(page).getByRole("button", { name: names(entry("programmes", programme).label) });
  }

  async shows(name) {
    await this.sheet.shows(name);
    await this.region.getByRole("heading", { level: 3, name: word("programme.trades") }).waitFor();
  }

  /** A trade's line. */
  trade(programme, id) {
    const { label } = entry("programmes", programme).trades.find((trade) => trade.id === id);
    return this.region.getByRole("listitem").filter({ has: this.page.locator("strong", { hasText: names(label) }) });
  }

  /** What sets it so: "planned", "under_way" or "done". */
  setter(programme, id, state) {
    return this.trade(programme, id).getByRole("button", { name: word(`programme.s_${state}`) });
  }

  takeBack(programme, id) {
    return this.trade(programme, id).getByRole("button", { name: word("programme.take_back") });
  }

  /** The day of what is set next. */
  get day() {
    return this.region.getByLabel(word("programme.date"));
  }

  /** How the asset stands. */
  stands(state) {
    return this.region.locator(".state-line").getByText(within(`programme.s_${state}`));
  }

  toAsset() {
    return this.region.getByRole("button", { name: word("programme.to_asset") });
  }
}
