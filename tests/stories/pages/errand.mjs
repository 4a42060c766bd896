// One errand from finding to closing, for stories that need work to be there and are about
// something else.
import { becomes } from "../lib/wait.mjs";
import { App } from "./app.mjs";
import { word } from "./words.mjs";

export class Errand {
  constructor(page) {
    this.app = new App(page);
    this.panel = this.app.sheet.region;
  }

  button(key) {
    return this.panel.getByRole("button", { name: word(key) });
  }

  /** Searches for an asset by its code and opens its card. */
  async find(code) {
    const { search } = this.app;
    await search.type(code);
    await search.result(code).waitFor(); // the city may still be loading
    await search.field.press("Enter");
    // Its own card: another one that is still there has such a button too.
    await this.panel.filter({ hasText: code }).getByRole("button", { name: word("task.plot") }).waitFor();
  }

  /** Plots work on the asset whose card is open; the card of the work then is. */
  async plot(kind) {
    await this.app.card.plot();
    await this.app.plotMenu.choose(kind);
    await this.app.task.shows(kind, "open");
  }

  /** Closes the work whose card is open. */
  async close(kind, { quantity } = {}) {
    await this.app.task.report();
    await this.app.report.shows();
    if (quantity !== undefined) await this.app.report.quantity(kind).fill(String(quantity));
    await this.app.report.close(kind).click();
    await this.app.task.shows(kind, "reported");
    // The card takes the focus when it comes, from whatever was being typed.
    await becomes(() => this.app.sheet.heading.evaluate((heading) => heading === document.activeElement), true);
  }
}
