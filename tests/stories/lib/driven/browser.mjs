// Firefox and WebKitGTK, each by its own driver.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { Builder } from "selenium-webdriver";
import { SHUANGLIAO, ZONE } from "../device.mjs";
import { PATIENCE } from "../wait.mjs";
import { Page } from "./page.mjs";

/** A phone's window, in CSS pixels; a browser on a desk is no narrower than this. */
const WINDOW = { x: 0, y: 0, width: 500, height: 900 };

const where = JSON.stringify({ location: { lat: SHUANGLIAO.latitude, lng: SHUANGLIAO.longitude }, accuracy: SHUANGLIAO.accuracy });

/** What each is started with, by its driver. */
const BROWSERS = {
  firefox: {
    driver: (port) => [process.env.GECKODRIVER ?? "geckodriver", ["--port", port]],
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": {
        ...(process.env.FIREFOX && { binary: process.env.FIREFOX }),
        prefs: {
          "intl.accept_languages": "zh-CN",
          "geo.provider.network.url": `data:application/json,${where}`,
          "geo.prompt.testing": true,
          "geo.prompt.testing.allow": true,
          "webgl.force-enabled": true,
        },
      },
    },
  },
  webkit: {
    driver: (port) => [process.env.WEBKIT_DRIVER ?? "WebKitWebDriver", [`--port=${port}`]],
    capabilities: {
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: process.env.WEBKIT_BROWSER, args: ["--automation"] },
    },
  },
};

/** A browser, with a profile of its own that is gone when it is closed. */
export class Browser {
  /** Starts "firefox" or "webkit" and its driver. */
  static async start(name) {
    const browser = new Browser();
    try {
      await browser.#start(BROWSERS[name]);
      return browser;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async #start({ driver, capabilities }) {
    const port = await freePort();
    const [program, args] = driver(String(port));
    this.screen = await screen();
    const env = { ...process.env, DISPLAY: this.screen.display, LANGUAGE: "zh_CN", TZ: ZONE };
    this.process = spawn(program, args, { stdio: "ignore", env });
    const died = new Promise((_, fails) => {
      this.process.once("error", fails);
      this.process.once("exit", (code) => fails(new Error(`${program} ended with ${code}`)));
    });
    died.catch(() => {});
    const address = `http://127.0.0.1:${port}`;
    await Promise.race([listens(address), died]);
    this.driver = await new Builder().disableEnvironmentOverrides().usingServer(address).withCapabilities(capabilities).build();
    await this.driver.manage().window().setRect(WINDOW);
    await this.driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
    this.page = new Page(this.driver);
  }

  async close() {
    await this.driver?.quit().catch(() => {}); // it may be gone by itself
    for (const process of [this.process, this.screen?.process]) {
      process?.removeAllListeners("exit");
      process?.kill();
    }
  }
}

/** A screen that nobody sees: without one Firefox draws no map. */
async function screen() {
  const process = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const number = await new Promise((says, fails) => {
    process.once("error", fails);
    process.once("exit", (code) => fails(new Error(`Xvfb ended with ${code}`)));
    process.stdout.once("data", (text) => says(String(text).trim()));
  });
  return { process, display: `:${number}` };
}

async function listens(address) {
  for (const end = Date.now() + PATIENCE; ; await new Promise((later) => setTimeout(later, 100))) {
    const answer = await fetch(`${address}/status`).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error("waited for the browser's driver");
  }
}

/** A port nobody listens at. */
function freePort() {
  return new Promise((gives, fails) => {
    const server = createServer().once("error", fails);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => gives(port));
    });
  });
}
