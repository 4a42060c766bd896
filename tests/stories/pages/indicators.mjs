// How far tasks came and how long it took.
import { word } from "./words.mjs";
import { Sheet } from "./sheet.mjs";

const number = (text) => Number(text.replaceAll(/[^\d.]/g, ""));

export class Indicators {
  constructor(page) {
    this.page = page;
    this.region = new Sheet(page).region;
  }

  /** Opens it for some days. */
  static async open(page, from, to) {
    await page.goto(page.url().replace(/#.*/, `#/indicators/${from}/${to}`));
    const indicators = new Indicators(page);
    await indicators.region.getByRole("table", { name: word("rates.rates") }).waitFor();
    return indicators;
  }

  table(key) {
    return this.region.getByRole("table", { name: word(`rates.${key}`) });
  }

  row(table, key) {
    return this.table(table).getByRole("row").filter({ has: this.page.getByRole("rowheader", { name: word(`rates.${key}`) }) });
  }

  /** Of a rate, so many of so many. */
  async rate(key) {
    const text = await this.row("rates", key).locator(".small").innerText();
    return text.split(/\/|of/).map(number);
  }

  /** What a rate is a share of. */
  async of(key, what) {
    await this.region.getByLabel(word(`rates.${key}`)).selectOption(what);
  }

  /** The figures of a chart, by their names. */
  async bars(table) {
    const rows = await this.table(table).getByRole("row").all();
    const pairs = rows.map(async (row) => [await row.getByRole("rowheader").innerText(), number(await row.getByRole("cell").first().innerText())]);
    return Object.fromEntries(await Promise.all(pairs));
  }

  /** Which day of a task has to lie between the two: "due" or "found". */
  async by(which) {
    await this.region.getByRole("radio", { name: word(`rates.by_${which}`) }).check();
  }
}
