// The server's part of the settings, and the line at the upper edge that says where the work is.
import { App } from "./app.mjs";
import { go, panel } from "./navigation.mjs";
import { within, word } from "./words.mjs";

export class AccountPage {
  constructor(page) {
    this.page = page;
    this.panel = panel(page);
    this.name = this.panel.getByRole("textbox", { name: word("account.name") });
    this.password = this.panel.getByLabel(word("account.password"));
  }

  static async open(page) {
    await go(page, "settings");
    return new AccountPage(page);
  }

  async logIn(name, password) {
    await this.name.fill(name);
    await this.password.fill(password);
    await this.panel.getByRole("button", { name: word("account.log_in") }).click();
  }

  /** Waits until this person is logged in. */
  async isHere(name) {
    await this.panel.getByText(within("account.who", { name })).waitFor();
  }

  logOutButton() {
    return this.panel.getByRole("button", { name: word("account.log_out") });
  }

  async logOut() {
    await this.logOutButton().click();
    await this.name.waitFor();
  }

  says(key, given) {
    return this.panel.getByText(within(key, given));
  }

  sendNow() {
    return this.panel.getByRole("button", { name: word("account.send_now") });
  }
}

/** Waits until the upper edge says how sending stands: `stands(page, "account.waiting", { n: 2 })`. */
export async function stands(page, key, given) {
  await page.locator(".saved").filter({ hasText: within(key, given) }).waitFor();
}

/** Opens the app, at another address if one is given, and logs somebody in. */
export async function comesIn(page, { name, account, password }, at = "") {
  const app = await App.open(page, at);
  const settings = await AccountPage.open(page);
  await settings.logIn(account, password);
  await settings.isHere(name);
  return app;
}
