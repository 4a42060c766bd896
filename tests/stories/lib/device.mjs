// Devices: each a browser profile of its own, on a phone or on a desk.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { watchFrames } from "./frames.mjs";
import { drawsNothing } from "./unseen.mjs";
import { PATIENCE } from "./wait.mjs";

/** Where the app is served; always ends in a slash. */
export const address = (process.env.MENDMAP_URL ?? fail("run the stories with `cargo xtask stories`")).replace(/\/*$/, "/");

/** The demonstration city's time: a day of the ledger begins in it, wherever the stories are told. */
export const ZONE = "Asia/Shanghai";

/** The demonstration city's place, for a device that knows where it is. */
export const SHUANGLIAO = { longitude: 123.5, latitude: 43.52, accuracy: 12 };

const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1440, height: 900 } },
};

const FLAGS = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  // Nothing but the map is drawn by it: without a graphics card the rest is faster without.
  "--disable-gpu-rasterization",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const browsers = new Map();
/** The one browser, started when the first story wants it, and when it crashed; another for other flags. */
async function theBrowser(flags) {
  const key = flags.join(" ");
  if (!(await browsers.get(key))?.isConnected()) browsers.set(key, chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, ...flags] }));
  return browsers.get(key);
}
/** Ends them. */
export const closeBrowser = async () => {
  for (const browser of browsers.values()) await (await browser).close();
};

/**
 * A device: storage, permissions and a network of its own. `options` are `device` ("phone", "desk"),
 * `locale`, `colorScheme`, `location` (null: refused), `flags` of the browser itself, `seen` (false:
 * the map's pixels are not drawn), and anything else Playwright's newContext takes.
 */
export class Device {
  constructor(context, log) {
    this.context = context;
    this.log = log;
  }

  static async open(options = {}, log = new Log()) {
    const { device = "phone", location = SHUANGLIAO, allow, flags = [], seen = true, ...rest } = options;
    log.allow = allow ?? log.allow;
    const context = await (await theBrowser(flags)).newContext({
      locale: "zh-CN",
      timezoneId: ZONE,
      colorScheme: "light",
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...DEVICES[device],
      ...(location ? { geolocation: location, permissions: ["geolocation"] } : {}),
      ...rest,
    });
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(watchFrames);
    if (!seen) await context.addInitScript(drawsNothing);
    const opened = new Device(context, log);
    opened.page = await opened.tab();
    return opened;
  }

  /** Another tab of the same device. */
  async tab() {
    const page = await this.context.newPage();
    this.log.follow(page);
    return page;
  }

  /** Ends the tab as the system does when memory runs out: nothing in it is told. Returns a new one. */
  async killTab() {
    const session = await this.context.newCDPSession(this.page);
    const crashed = new Promise((done) => this.page.once("crash", done));
    session.send("Page.crash").catch(() => {}); // never answered
    await crashed;
    this.page = await this.tab();
    return this.page;
  }

  async offline(is = true) {
    await this.context.setOffline(is);
  }

  /** Waits until the service worker has kept the shell and the city. */
  async readyOffline() {
    await this.page.waitForFunction(() => ["ready", "update"].includes(document.documentElement.dataset.offline), null, { timeout: 60_000 });
  }

  /** Makes the processor `times` slower. */
  async slow(times) {
    await (await this.context.newCDPSession(this.page)).send("Emulation.setCPUThrottlingRate", { rate: times });
  }
}

/** What function stands where in the program's table, as the build left it. */
export const slots = () => JSON.parse(readFileSync("target/page/slots.json", "utf8"));

/** What the pages of a story said, for the artefacts and for the verdict. */
export class Log {
  lines = [];
  errors = [];
  pages = [];
  /** Errors whose words are still being asked for. */
  asked = [];
  /** Errors that belong to the story: a broken file, a refused permission. */
  allow = /net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED/;

  follow(page) {
    this.pages.push(page);
    const note = (kind, text) => {
      this.lines.push(`${kind}: ${text}`);
      // A part of the program that was called too early stops all else until it is here.
      const early = /before it was there: (\d+)/.exec(text)?.[1];
      if (early) this.errors.push(`${text}: ${slots()[early]} (see hooks/lib/late.mjs)`);
      else if (kind === "error" && !this.allow.test(text)) this.errors.push(text);
    };
    page.on("console", (message) => {
      const line = `${message.text()} (${message.location().url})`;
      if (message.type() !== "error") return note(message.type(), line);
      // An error that crossed a worker shows as a bare "Error": what it says must be asked for.
      const said = Promise.all(message.args().map((arg) => arg.evaluate((it) => (it instanceof Error ? ` [${it.name}: ${it.message}]` : ""))))
        .catch(() => ["(the page was gone before it could be asked)"])
        .then((more) => note("error", line + more.join("")));
      this.asked.push(said);
    });
    page.on("pageerror", (error) => note("error", error.stack ?? String(error)));
    page.on("requestfailed", (request) => this.lines.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  }

  /** Waits until every error has said what it is. */
  async settled() {
    while (this.asked.length > 0) await this.asked.pop();
  }

  /** Keeps what the pages show and said; returns the folder, and what each page says of itself, to be printed. */
  async keep(name) {
    await this.settled();
    const folder = `target/stories/${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/console.log`, `${this.lines.join("\n")}\n`);
    const said = [];
    for (const [index, page] of this.pages.entries()) {
      // Either fails where the page crashed or was closed.
      await page.screenshot({ path: `${folder}/page-${index}.png`, timeout: 5000 }).catch(() => {});
      const outline = await page.locator("body").ariaSnapshot({ timeout: 5000 }).catch(() => "(nothing: it is gone)");
      said.push(`page ${index} at ${page.url()}\n${outline}`);
    }
    return { folder, said: said.join("\n") };
  }
}

function fail(message) {
  throw new Error(message);
}
