// The layers page: what each layer holds, what was wrong with its file, files of one's own.
import { readFileSync } from "node:fs";
import { go, panel } from "./navigation.mjs";
import { catalog, within, word } from "./words.mjs";

/** What a layer is called, at the beginning of its line. */
const named = (id) => new RegExp(`^(?:${Object.values(catalog.layers.find((layer) => layer.id === id).label).join("|")})`);

export class LayersPage {
  constructor(page) {
    this.page = page;
    this.panel = panel(page);
  }

  static async open(page) {
    await go(page, "layers");
    return new LayersPage(page);
  }

  /** A layer's line, by its id in the catalogue or by a pattern of its name. */
  layer(layer) {
    const name = typeof layer === "string" ? named(layer) : layer;
    return this.panel.getByRole("listitem").filter({ has: this.page.getByRole("switch", { name }) });
  }

  /** How many assets a layer's line counts; null until it does. */
  async count(layer) {
    const said = await this.layer(layer).locator("label").innerText();
    const digits = said.match(/\d{1,3}(?:,\d{3})*\s*$/);
    return digits && Number(digits[0].replaceAll(",", ""));
  }

  /** Opens what is folded away. */
  async unfold() {
    await this.panel.getByText(word("layers.others")).click();
  }

  /** Gives the page files, for a layer or (null) for those that their names say. */
  async choose(layer, files) {
    if (layer) await this.panel.getByRole("combobox", { name: word("layers.add_kind") }).selectOption(layer);
    const button = this.panel.getByRole("button", { name: word("layers.add_choose") }).first();
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), button.click()]);
    await chooser.setFiles(files.map(([name, content]) => ({ name, mimeType: "application/geo+json", buffer: Buffer.from(content) })));
  }

  /** Has a file fetched by its address. */
  async fetch(address) {
    await this.panel.getByRole("textbox", { name: word("layers.address") }).fill(address);
    await this.press("layers.address_fetch");
  }

  /** What the page says of a file: that it was read, put in place or not loaded. */
  said(name) {
    const says = (key) => this.panel.getByRole("status").filter({ hasText: within(key, { name }) });
    return { looked: says("layers.add_looked"), done: says("layers.add_done"), failed: says("layers.add_failed") };
  }

  /** Has a file looked at; what the page says of it. `content` is text or bytes. */
  async look(layer, name, content) {
    await this.choose(layer, [[name, content]]);
    const { looked, failed } = this.said(name);
    await looked.or(failed).waitFor();
    return looked.or(failed).innerText();
  }

  /** Presses the button that has these words. */
  async press(words) {
    await this.panel.getByRole("button", { name: word(words) }).click();
  }

  /** Puts the file that was looked at in place. */
  async put(name) {
    await this.press("layers.add_put");
    await this.said(name).done.waitFor();
  }

  /** Puts a file of one's own in a layer's place, where anything of it can be used; what the page says of it. */
  async give(layer, name, content) {
    await this.look(layer, name, content);
    const { looked, done, failed } = this.said(name);
    if (await looked.isVisible()) await this.put(name);
    for (const fold of await done.or(failed).locator("summary").all()) await fold.click();
    return done.or(failed).innerText();
  }

  /** Reads a table by the columns that the page proposes. */
  async readTable() {
    await this.panel.getByRole("button", { name: word("layers.table_read") }).click();
  }

  /** Says what is asked of the file's reading: a column, by its question. */
  async say(question, column) {
    await this.panel.getByRole("combobox", { name: word(question) }).selectOption(column);
  }

  /** Saves a file by the button that has these words; its text. */
  async take(words) {
    const button = this.panel.getByRole("button", { name: word(words) });
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return readFileSync(await download.path(), "utf8");
  }

  /** Goes back to the file before, or (false) to the city's own; one layer must have a file of one's own. */
  async restore(toBefore = false) {
    await this.panel.getByRole("button", { name: word(toBefore ? "layers.restore_before" : "layers.remove_own") }).click();
  }
}
