// Elements of a page that a WebDriver drives, found and used by the words of Playwright that page
// objects are written in; as many of them as the stories in `browsers/` need.
import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE } from "../wait.mjs";
import { comesToRest, isShown } from "./in_page.mjs";

/** A pattern as it crosses to the page. */
const crossing = (it) => (it instanceof RegExp ? { source: it.source, flags: it.flags.replace("g", "") } : it);
/** What the driver says of an element that went away or is covered, both of which pass. */
const PASSES = /stale|not interactable|intercepted|no such element|javascript error|detached|obscured/i;

export class Locator {
  constructor(page, steps = []) {
    this.driven = page;
    this.steps = steps;
  }

  #with(step) {
    return new Locator(this.driven, [...this.steps, step]);
  }

  getByRole(role, { name, exact, level, includeHidden } = {}) {
    return this.#with({ way: "role", role, name: crossing(name), exact, level, includeHidden });
  }

  getByText(text, { exact } = {}) {
    return this.#with({ way: "text", text: crossing(text), exact });
  }

  getByLabel(text, { exact } = {}) {
    return this.#with({ way: "label", text: crossing(text), exact });
  }

  locator(css) {
    return css.startsWith("xpath=") ? this.#with({ way: "path", path: css.slice(6) }) : this.#with({ way: "css", css });
  }

  filter({ hasText }) {
    return this.#with({ way: "filter", hasText: crossing(hasText) });
  }

  and({ steps }) {
    return this.#with({ way: "and", steps });
  }

  or({ steps }) {
    return this.#with({ way: "or", steps });
  }

  nth(n) {
    return this.#with({ way: "nth", n });
  }

  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  async count() {
    return this.driven.evaluate((steps) => window.storyFinds(steps).length, this.steps);
  }

  /** Waits until it is "visible", "attached", or "detached", which "hidden" is here too. */
  async waitFor({ state = "visible", timeout = PATIENCE } = {}) {
    if (["detached", "hidden"].includes(state)) return this.#until(async () => (await this.count()) === 0, `${this} to be gone`, timeout);
    await this.#until(async () => (state === "attached" ? (await this.count()) > 0 : this.isVisible()), `${this}`, timeout);
  }

  async isVisible() {
    return this.driven.evaluate(`const shown = ${isShown}; return window.storyFinds(arguments[0]).slice(0, 1).some(shown)`, this.steps);
  }

  /** Runs a function in the page, on the one element there is. */
  async evaluate(run, given) {
    return this.#one((element) => this.driven.evaluate(run, element, given));
  }

  async evaluateAll(run, given) {
    return this.driven.evaluate(`return (${run})(window.storyFinds(arguments[0]), arguments[1])`, this.steps, given);
  }

  async innerText() {
    return this.evaluate((element) => element.innerText);
  }

  async inputValue() {
    return this.evaluate((element) => element.value);
  }

  async boundingBox() {
    return this.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  async scrollIntoViewIfNeeded() {
    await this.evaluate((element) => element.scrollIntoView({ block: "nearest" }));
  }

  async focus() {
    await this.evaluate((element) => element.focus());
  }

  /** A click of the driver's own, where a person would see the element. */
  async click() {
    await this.#one(async (element) => {
      await this.driven.evaluate(comesToRest, element);
      await element.click();
    });
  }

  async check() {
    if (!(await this.evaluate((element) => element.checked))) await this.click();
  }

  /** Types a text, key by key, in place of what is there. */
  async fill(text) {
    await this.#one(async (element) => {
      await this.driven.evaluate((it) => (it.focus(), it.select()), element);
      await element.sendKeys(text || "\uE017");
    });
  }

  async press(key) {
    await this.#one((element) => element.sendKeys(this.driven.key(key)));
  }

  /** Does something with the element as soon as there is exactly one and it lets itself be used. */
  async #one(use) {
    const until = Date.now() + PATIENCE;
    for (let last = "it is not there"; ; await pause(100)) {
      const found = await this.driven.elements(this.steps);
      if (found.length > 1) throw new Error(`${found.length} elements are ${this}`);
      if (found.length === 1) {
        try {
          return await use(found[0]);
        } catch (error) {
          if (!PASSES.test(`${error.name} ${error.message}`)) throw error;
          last = error.message;
        }
      }
      if (Date.now() > until) throw new Error(`waited for ${this}: ${last}`);
    }
  }

  async #until(is, what, timeout) {
    for (const end = Date.now() + timeout; ; await pause(100)) {
      if (await is()) return;
      if (Date.now() > end) throw new Error(`waited for ${what}`);
    }
  }

  toString() {
    return this.steps.map(({ way, ...step }) => `${way} ${JSON.stringify(step)}`).join(" › ");
  }
}
