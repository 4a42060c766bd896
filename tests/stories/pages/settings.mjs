// The settings: language, look, crew, record files, what this device can do.
import { isWorn } from "../lib/accessibility.mjs";
import { go, panel } from "./navigation.mjs";
import { within, word } from "./words.mjs";

export class SettingsPage {
  constructor(page) {
    this.page = page;
    this.panel = panel(page);
    this.merged = this.panel.getByRole("status").filter({ hasText: within("settings.merged") });
  }

  static async open(page) {
    await go(page, "settings");
    return new SettingsPage(page);
  }

  /** Chooses a language by its own name. */
  async speak(language) {
    await this.panel.getByRole("radio", { name: language }).check();
  }

  /** Chooses a theme: "system", "light", "dark" or "outdoor". */
  async wear(theme) {
    await this.panel.getByRole("radio", { name: word(`settings.theme_${theme}`) }).check();
    if (theme !== "system") await isWorn(this.page, theme);
  }

  /** Turns a switch of the look: "large" or "left". */
  async turn(name) {
    await this.panel.getByRole("switch", { name: word(`settings.${name}`) }).click();
  }

  /** Says which crew works here, by its id. */
  async join(crew) {
    await this.panel.getByLabel(word("settings.crew")).selectOption(crew);
  }

  /** Exports "all" records, or those made here ("mine"); the path of the file. */
  async export(which = "all") {
    const button = this.panel.getByRole("button", { name: word(`settings.export_${which}`) });
    const [download] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return download.path();
  }

  /** Merges a file (a path, or `{name, mimeType, buffer}`); what the page says of it. */
  async merge(file) {
    await this.give(file);
    await this.merged.waitFor();
    return this.merged.innerText();
  }

  /** Chooses a file to merge. */
  async give(file) {
    const button = this.panel.getByRole("button", { name: word("settings.merge") }).first();
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), button.click()]);
    await chooser.setFiles(file);
  }
}
