// The ledger: figures of a period, the tasks behind them, and the paragraph.
import { becomes } from "../lib/wait.mjs";
import { word } from "./words.mjs";
import { Sheet } from "./sheet.mjs";

export class Ledger {
  constructor(page) {
    this.page = page;
    this.sheet = new Sheet(page);
    this.region = this.sheet.region;
  }

  async shows() {
    await this.sheet.shows(word("desk.ledger"));
  }

  /** What counts: "counted", "reported" or "verified". */
  async count(which) {
    await this.region.getByRole("radio", { name: word(`desk.w_${which}`) }).check();
  }

  /** The line of a kind of work. */
  line(kind) {
    return this.region.locator(`[data-key="ledger-${kind}"]`);
  }

  /** The figure of a kind of work, as printed. */
  figure(kind) {
    return this.line(kind).locator(".end");
  }

  /** The tasks behind the figure that is open. */
  behind() {
    return this.region.getByRole("group", { name: word("desk.behind") }).getByRole("button");
  }

  get paragraph() {
    return this.region.getByRole("textbox", { name: word("desk.paragraph") });
  }

  button(key) {
    return this.region.getByRole("button", { name: word(`desk.${key}`) });
  }

  /** Of a crew alone, by its id; of all where it is empty. */
  async of(crew) {
    await this.region.getByLabel(word("desk.crew")).selectOption(crew);
  }

  /** Tells what is behind the figure that is open apart by "p_month", "crew", or a key of the completion's words; its bars by their names. */
  async apart(key) {
    const behind = this.region.getByRole("group", { name: word("desk.behind") });
    await behind.getByRole("radio", { name: word(key) }).check();
    const rows = behind.getByRole("table").getByRole("row");
    await rows.first().waitFor();
    const texts = await rows.evaluateAll((rows) => rows.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.innerText)));
    return Object.fromEntries(texts.map(([name, figure]) => [name, Number(figure.replaceAll(/[^\d.]/g, ""))]));
  }

  /** The form of the month, opened: each line's figures by its name, as printed. */
  async monthly() {
    await this.region.getByText(word("desk.monthly")).click();
    const rows = this.region.locator("#monthly tbody tr");
    await rows.first().waitFor();
    return Object.fromEntries(await rows.evaluateAll((rows) => rows.map(({ cells: [name, ...figures] }) => [name.innerText, figures.map((cell) => cell.innerText)])));
  }

  /** What stands under the name of a kind of work. */
  about(kind) {
    return this.line(kind).innerText();
  }

  /** The figures of other days that were taken in. */
  get published() {
    return this.region.locator("details").filter({ has: this.page.getByText(word("desk.published")) });
  }

  async #unfolded() {
    const { published } = this;
    if (!(await published.getByRole("button").first().isVisible())) await published.locator("summary").click();
    return published;
  }

  /** Takes in a table of figures that were published; what is said of it. */
  async takeFigures(name, content) {
    const published = await this.#unfolded();
    const before = await published.innerText();
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), published.getByRole("button", { name: word("desk.published_take") }).click()]);
    await chooser.setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
    await becomes(async () => (await published.innerText()) !== before, true);
    return published.innerText();
  }

  async dropFigures() {
    await (await this.#unfolded()).getByRole("button", { name: word("desk.published_drop") }).click();
  }

  /** On one street alone. */
  async on(street) {
    await this.region.locator("#ledger-street").selectOption(street);
  }
}
