// Photos, on a card or in a form.
import { appears } from "../lib/wait.mjs";
import { word } from "./words.mjs";

const isSeen = (image) => image.evaluate((img) => img.complete && img.naturalWidth > 0);

export class Photos {
  constructor(page, region) {
    this.page = page;
    this.region = region;
  }

  /** Gives files to the form, as a camera or a gallery does. */
  async add(...files) {
    const [alone, after] = ["photo_add", "photo_add_after"].map((key) => this.region.getByRole("button", { name: word(`task.${key}`) }));
    await this.#give(alone.or(after), files);
  }

  /** The same, of how it was before. */
  async addBefore(...files) {
    await this.#give(this.region.getByRole("button", { name: word("task.photo_add_before") }), files);
  }

  async #give(button, files) {
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), button.click()]);
    await chooser.setFiles(files);
  }

  /** The nth photo, from 1, small. */
  nth(n) {
    return this.region.getByRole("img", { name: word("task.photo_n", { n }) }).first();
  }

  /** Waits until the nth photo can be seen. */
  async shows(n) {
    await this.nth(n).waitFor();
    await appears(() => isSeen(this.nth(n)), `photo ${n}`);
  }

  async remove(n) {
    await this.region.getByRole("button", { name: word("task.photo_remove", { n }) }).click();
  }

  /** Opens the nth photo large; gives its width and height. */
  async large(n) {
    await this.nth(n).click();
    const large = this.region.getByRole("img", { name: word("task.photo_n", { n }) }).nth(1);
    await large.waitFor();
    await appears(() => isSeen(large), "the large photo");
    return large.evaluate((img) => [img.naturalWidth, img.naturalHeight]);
  }
}
