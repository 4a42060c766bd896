// The layers page: what each layer holds, what was wrong with its file, files of one's own.
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

  /** Puts a file of one's own in a layer's place; what the page says of it. `content` is text or bytes. */
  async give(layer, name, content) {
    await this.panel.getByRole("combobox", { name: word("layers.add_kind") }).selectOption(layer);
    const button = this.panel.getByRole("button", { name: word("layers.add_choose") }).first();
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), button.click()]);
    await chooser.setFiles({ name, mimeType: "application/geo+json", buffer: Buffer.from(content) });
    const became = this.panel.getByRole("status").filter({ hasText: within("layers.add_done", { name }) });
    const failed = this.panel.getByRole("status").filter({ hasText: within("layers.add_failed", { name }) });
    await became.or(failed).waitFor();
    for (const fold of await became.or(failed).locator("summary").all()) await fold.click();
    return became.or(failed).innerText();
  }

  /** Goes back to the city's own file; there must be one layer with a file of one's own. */
  async restore() {
    await this.panel.getByRole("button", { name: within("layers.remove_own") }).click();
  }
}
