// Giving out many assets at once: what falls due, or what was chosen.
import { number } from "../lib/number.mjs";
import { becomes } from "../lib/wait.mjs";
import { Sheet } from "./sheet.mjs";
import { entry, within, word } from "./words.mjs";

const numbers = (text) => text.match(/\d{1,3}(?:,\d{3})*(?:\.\d+)?/g).map(number);

export class Give {
  constructor(page) {
    this.page = page;
    this.region = new Sheet(page).region;
  }

  /** What falls due, from the list of work. */
  static async due(app) {
    await app.go("work");
    const give = new Give(app.page);
    await give.region.getByRole("button", { name: word("give.due_open") }).click();
    await give.region.getByRole("heading", { name: word("give.due") }).waitFor();
    return give;
  }

  /** Chooses a kind of work. */
  async kind(id) {
    const kinds = this.region.getByLabel(word("completion.work"));
    await kinds.locator(`option[value="${id}"]`).waitFor({ state: "attached" });
    await kinds.selectOption(id);
  }

  /** The streets that are listed, with how much is overdue and due there. */
  async places() {
    const rows = this.region.locator("label").filter({ hasText: within("give.due_line") });
    const texts = await rows.evaluateAll((rows) => rows.map((row) => row.innerText));
    return texts.map((text) => {
      const [name, rest] = text.split(/[：:]/);
      const [overdue, due] = numbers(rest);
      return { name, overdue, due };
    });
  }

  tick(name) {
    return this.region.getByRole("checkbox", { name: new RegExp(`^\\s*${name}`) }).check();
  }

  /** Ticks a crew, and waits for what it would get. */
  async to(id) {
    const { label } = entry("crews", id);
    const box = this.region.getByRole("checkbox", { name: new RegExp(`^\\s*(?:${Object.values(label).join("|")})`) });
    await box.check();
    await becomes(async () => (await this.loads()).some(({ crew }) => Object.values(label).includes(crew)), true);
  }

  /** What each ticked crew has, and would have. */
  async loads() {
    const rows = this.region.locator("label").filter({ hasText: within("give.load") });
    const texts = await rows.evaluateAll((rows) => rows.map((row) => row.innerText.trim()));
    return texts.map((text) => {
      const at = text.search(/[：:]/);
      const [before, after, assets, rounds] = numbers(text.slice(at));
      return { crew: text.slice(0, at), before, after, assets, rounds };
    });
  }

  get send() {
    return this.region.getByRole("button", { name: within("give.send") });
  }
}
