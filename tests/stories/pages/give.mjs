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

  /** Says that it is pressing. */
  get urgent() {
    return this.region.getByRole("radio", { name: word("desk.p_1") });
  }

  get send() {
    return this.region.getByRole("button", { name: within("give.send") });
  }

  /** Where rounds are made and given to nobody. */
  get make() {
    return this.region.getByRole("button", { name: within("give.make") });
  }

  /** How many tasks and assets the button names that gives out, or makes, them. */
  async size() {
    const button = this.send.or(this.make);
    const [tasks, assets] = numbers(await button.innerText());
    return { tasks, assets };
  }

  /** Chooses all places that something is due at, or none. */
  async all() {
    await this.region.getByRole("button", { name: word("give.all") }).click();
  }

  /** The question that is asked first where much is made at once. */
  get question() {
    return this.page.getByRole("dialog", { name: word("give.many_title") });
  }

  /** What the question names. */
  async asked() {
    const [tasks, assets] = numbers(await this.question.getByText(word("give.many")).innerText());
    return { tasks, assets };
  }

  async notNow() {
    await this.question.getByRole("button", { name: word("give.many_not") }).click();
    await this.question.waitFor({ state: "hidden" });
  }

  /** Looks at the share of a crew, to correct it, in its "round"s, or its "asset"s one by one. */
  async correct(crew, by) {
    const whose = this.region.getByLabel(word("give.whose"));
    if (!(await whose.isVisible())) await this.region.getByText(word("give.by_hand")).click();
    await whose.selectOption(crew);
    await this.region.getByRole("radio", { name: word(`give.by_${by}`) }).check();
  }

  /** The parts of the share that is looked at, with how many assets they are. */
  async parts() {
    const texts = await this.#parts().evaluateAll((rows) => rows.map((row) => row.innerText.trim()));
    return texts.map((text) => ({ text, assets: within("give.part_line").test(text) ? numbers(text).at(-1) : 1 }));
  }

  /** Gives the first of the parts to another crew. */
  async moveFirst(to) {
    await this.#parts().first().getByRole("checkbox").check();
    await this.region.getByLabel(word("give.move_to")).selectOption(to);
    await this.region.getByRole("button", { name: within("give.move_them") }).click();
  }

  async putBack() {
    await this.region.getByRole("button", { name: word("give.put_back") }).click();
  }

  #parts() {
    return this.region.locator("details .rows label");
  }

  get note() {
    return this.region.getByLabel(word("task.note"));
  }

  get most() {
    return this.region.getByLabel(word("give.most"));
  }
}
