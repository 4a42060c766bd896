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

  get slider() {
    return this.panel.getByRole("slider", { name: word("completion.day") });
  }

  /** The number of the day that is shown. */
  async day() {
    return Number(await this.slider.inputValue());
  }

  async goTo(day) {
    await this.slider.fill(String(day));
  }

  async play() {
    await this.panel.getByRole("button", { name: word("completion.play") }).click();
  }

  /** Place by place: "street", "community" or "cell". */
  async by(which) {
    await this.panel.getByRole("radio", { name: word(`completion.by_${which}`) }).check();
  }

  get lines() {
    return this.panel.locator('[data-key^="place-"]');
  }

  /** The places that are listed: what is done there, open and not done, and the share in percent. */
  async places() {
    // At once: a list that is made anew takes its lines away.
    const lines = await this.lines.evaluateAll((lines) => lines.map((line) => [".about", ".end"].map((part) => line.querySelector(part).innerText)));
    return lines.map(([about, end]) => {
      const [done, open, never] = about.match(/\d{1,3}(?:,\d{3})*/g).map(number);
      return { done, open, never, share: Number(end.replaceAll(/[^\d.]/g, "")) };
    });
  }

  /** Has all places listed. */
  async allPlaces() {
    const section = this.panel.locator("section").filter({ has: this.page.getByRole("heading", { name: word("completion.by_place") }) });
    const more = section.getByRole("button", { name: within("common.show_more") });
    while ((await more.count()) > 0) {
      const before = await this.lines.count();
      await more.click();
      await becomes(async () => (await this.lines.count()) > before, true);
    }
  }

  /** Lays the year before beside it. */
  async compare() {
    await this.panel.getByRole("switch", { name: word("completion.compare") }).check();
  }

  /** Waits for what is said of both periods. */
  async sides(pattern) {
    await this.panel.getByText(pattern).first().waitFor();
  }

  /** What counts as left: "not_done", "nobody" or "never". */
  async list(which) {
    await this.panel.getByRole("radio", { name: word(`completion.left_${which}`) }).check();
  }
}
