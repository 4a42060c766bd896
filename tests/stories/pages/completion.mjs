// The completion page: which assets a kind of work has reached in a period.
import { number } from "../lib/number.mjs";
import { becomes } from "../lib/wait.mjs";
import { go, panel } from "./navigation.mjs";
import { entry, within, word } from "./words.mjs";

export class CompletionPage {
  constructor(page) {
    this.page = page;
    this.panel = panel(page);
    this.drawn = this.panel.getByText(word("completion.drawn"));
    this.chart = this.panel.getByRole("img", { name: within("completion.chart") });
  }

  static async open(page) {
    await go(page, "completion");
    return new CompletionPage(page);
  }

  /** Chooses a kind of work, and waits for its figures. */
  async choose(kind) {
    const kinds = this.panel.getByRole("combobox", { name: word("completion.work") });
    const { label, family } = entry("work_kinds", kind);
    const names = Object.values(label);
    // What is not of the heart is folded away.
    if (!entry("families", family).heart) await this.panel.getByRole("switch", { name: word("task.plot_other") }).check();
    await kinds.locator("option", { hasText: new RegExp(`^(${names.join("|")})$`) }).waitFor({ state: "attached" });
    await kinds.selectOption(kind);
    await this.chart.waitFor();
  }

  /** Chooses "year", "month" or "custom". */
  async period(which) {
    await this.panel.getByRole("radio", { name: word(`completion.${which}`) }).check();
  }

  /** Days of one's own. */
  async days(from, to) {
    await this.period("custom");
    await this.panel.getByLabel(word("completion.from")).fill(from);
    await this.panel.getByLabel(word("completion.to")).fill(to);
  }

  /** The counts as the chart says them, and how many the list of what is left speaks of. */
  async counts() {
    if ((await this.chart.count()) === 0) return null;
    const said = await this.chart.getAttribute("aria-label");
    const [done, open, never] = said.match(/\d{1,3}(?:,\d{3})*/g).map(number);
    const left = number(await this.panel.getByRole("heading", { level: 3, name: within("completion.left") }).textContent());
    return { done, open, never, left };
  }

  async shows(counts, options) {
    await becomes(() => this.counts(), counts, options);
  }

  /** The share as it is printed. */
  share() {
    return this.panel.getByText(word("completion.share")).first().innerText();
  }

  /** The button that makes a round of what is left in view, and of how many it says it does. */
  get round() {
    return this.panel.getByRole("button", { name: within("completion.round_seen") });
  }

  /** How far each line of what is left says it is, in metres. */
  async metres() {
    const far = (await this.left.allInnerTexts()).map((line) => line.match(/([\d.]+)\s?(米|公里|k?m)\s*$/));
    return far.filter(Boolean).map(([, n, unit]) => Number(n) * (/米|^m/.test(unit) ? 1 : 1000));
  }

  /** The list of what is left, as far as it is shown. */
  get left() {
    return this.panel.getByRole("listitem").getByRole("button");
  }
}
