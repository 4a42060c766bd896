// Being told on this phone while the app is closed: the part of the settings that says so.
import { go, panel } from "./navigation.mjs";
import { word } from "./words.mjs";

export class PhonePage {
  constructor(page) {
    this.page = page;
    this.panel = panel(page);
    this.switch = this.panel.getByRole("switch", { name: word("phone.tell_me") });
  }

  static async open(page) {
    await go(page, "settings");
    const settings = new PhonePage(page);
    await settings.panel.getByRole("heading", { name: word("phone.title") }).waitFor();
    return settings;
  }

  /** Waits until the page says something of it: `says("on")`. */
  async says(key) {
    await this.panel.getByRole("status").filter({ hasText: word(`phone.${key}`) }).waitFor();
  }
}
