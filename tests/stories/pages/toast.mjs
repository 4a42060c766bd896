// What was just done, with the way to take it back.
import { within, word } from "./words.mjs";

export class Toast {
  constructor(page) {
    this.region = page.getByRole("status").filter({ has: page.getByRole("button", { name: word("common.close") }) });
  }

  /** Waits until it says something: `says("task.reported")`. */
  async says(key, given) {
    await this.region.getByText(within(key, given)).waitFor();
  }

  /** Waits until nothing is said. */
  async gone() {
    await this.region.waitFor({ state: "detached" });
  }

  /** Lets the pointer rest on it: so it stays, else it goes after eight seconds, which on a slow machine are soon over. */
  async hold() {
    await this.undoButton().hover();
  }

  undoButton() {
    return this.region.getByRole("button", { name: word("common.undo") });
  }

  /** Does what it offers. */
  async take(key) {
    await this.region.getByRole("button", { name: word(key) }).click();
  }

  async undo() {
    await this.undoButton().click();
  }
}
