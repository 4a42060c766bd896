// A page that a WebDriver drives, with as much of Playwright's page as page objects need.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import { Key } from "selenium-webdriver";
import { Origin } from "selenium-webdriver/lib/input.js";
import { PATIENCE } from "../wait.mjs";
import { putFinder } from "./in_page.mjs";
import { Locator } from "./locator.mjs";

// The package exports no path to it; it lies beside what it does export.
const umd = createRequire(import.meta.url).resolve("@testing-library/dom").replace(/index\.js$/, "@testing-library/dom.umd.min.js");
const FINDER = `${readFileSync(umd, "utf8")}\n;(${putFinder})();`;
/** The page was reloaded under a script, or is only just coming. */
const BETWEEN = /storyFinds|unloaded|navigat|context|discarded|no such window|document/i;

export class Page extends Locator {
  constructor(driver) {
    super(null);
    this.driven = this;
    this.driver = driver;
    this.keyboard = { press: (key) => driver.actions().sendKeys(this.key(key)).perform() };
    this.mouse = { click: (x, y) => this.#pointer(x, y) };
    this.touchscreen = { tap: (x, y) => this.#pointer(x, y) };
  }

  async goto(address) {
    await this.driver.get(address);
  }

  /** As the page does it: in Firefox the driver's own way passes by the service worker. */
  async reload() {
    await this.evaluate(() => {
      window.storyLeft = true;
      location.reload();
    });
    await this.waitForFunction(() => !window.storyLeft);
  }

  title() {
    return this.driver.getTitle();
  }

  async screenshot() {
    return Buffer.from(await this.driver.takeScreenshot(), "base64");
  }

  /** Runs a function, or a text that returns something, in the page; it may give a promise. */
  async evaluate(run, ...given) {
    const text = typeof run === "function" ? `return (${run})(...arguments)` : run;
    for (const end = Date.now() + PATIENCE; ; await pause(100)) {
      try {
        return await this.driver.executeScript(text, ...given);
      } catch (error) {
        if (!BETWEEN.test(error.message) || /stale/i.test(error.name) || Date.now() > end) throw error;
        await this.#prepare();
      }
    }
  }

  /** Waits until a function gives something in the page. */
  async waitForFunction(run, given, { timeout = PATIENCE } = {}) {
    for (const end = Date.now() + timeout; ; await pause(100)) {
      if (await this.evaluate(run, given)) return;
      if (Date.now() > end) throw new Error(`waited for ${run}`);
    }
  }

  /** All elements that the steps of a locator lead to. */
  elements(steps) {
    return this.evaluate((all) => window.storyFinds(all), steps);
  }

  /** A key by its name: "Enter", "End". */
  key(name) {
    return Key[name.toUpperCase()] ?? name;
  }

  async #prepare() {
    await this.driver.executeScript(FINDER).catch(() => {}); // asked again if that came too early
  }

  async #pointer(x, y) {
    const at = { x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT };
    await this.driver.actions().move(at).click().perform();
  }
}
