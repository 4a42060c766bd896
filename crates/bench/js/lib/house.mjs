// Where benches take place: the workers' scripts, put together; a server for them and for the data; the
// browser.
import { build } from "esbuild";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { dataSets } from "./data.mjs";

const BUILT = process.env.BENCH_WASM ?? "target/bench/wasm";
const OUT = "target/bench/page";

const FLAGS = [
  "--no-sandbox",
  "--js-flags=--expose-gc",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
  // A map is drawn by the processor where there is no graphics card.
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  // What is in no window is as quick as what is in one.
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
];

const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };

/** Clocks are exact only in a page that no other can look into. */
const APART = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

export class House {
  static async open() {
    await build({
      entryPoints: { page: "crates/bench/js/page.mjs", map: "crates/bench/js/map.mjs", ours: "crates/bench/js/worker/ours.mjs", peers: "crates/bench/js/worker/peers.mjs" },
      alias: { "mendmap-bench": `./${join(BUILT, "mendmap_bench.js")}` },
      bundle: true,
      minify: true,
      format: "iife",
      outdir: OUT,
      // The program's address is given to it.
      logOverride: { "empty-import-meta": "silent" },
    });
    const house = new House();
    house.data = await dataSets(join(BUILT, "mendmap_bench.js"), join(BUILT, "mendmap_bench_bg.wasm"));
    const files = {
      "/": Buffer.from('<!doctype html><meta charset="utf-8"><title>bench</title><script src="page.js"></script>'),
      "/map": Buffer.from(
        '<!doctype html><meta charset="utf-8"><title>map</title><div id="map" style="width: 800px; height: 600px"></div>' +
          '<script src="maplibre-gl.js"></script><script src="page.js"></script><script src="map.js"></script>',
      ),
      "/maplibre-gl.js": "node_modules/maplibre-gl/dist/maplibre-gl.js",
      "/bench.wasm": join(BUILT, "mendmap_bench_bg.wasm"),
    };
    for (const name of ["page", "map", "ours", "peers"]) files[`/${name}.js`] = join(OUT, `${name}.js`);
    for (const set of Object.values(house.data)) {
      for (const { url, file } of set.layers) files[url] = file;
      if (set.catalog) files[set.catalog.url] = set.catalog.file;
    }
    house.files = files;
    await house.#listen();
    return house;
  }

  #listen() {
    this.server = createServer((request, response) => {
      const file = this.files[request.url];
      if (!file) return response.writeHead(404).end();
      const extension = ["/", "/map"].includes(request.url) ? "html" : request.url.split(".").pop();
      const size = typeof file === "string" ? statSync(file).size : file.length;
      response.writeHead(200, { ...APART, "content-type": TYPES[extension] ?? "application/octet-stream", "content-length": size });
      if (typeof file === "string") createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
      else response.end(file);
    });
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** A browser of its own, with one page: the empty one, or `map`. */
  async browser(path = "") {
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: FLAGS });
    this.version = `Chromium ${browser.version()}`;
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    page.on("pageerror", (error) => console.error(error));
    await page.goto(`http://127.0.0.1:${this.server.address().port}/${path}`);
    return { browser, page, renderer: await rendererOf(browser), sides: new Sides(page) };
  }

  /** The browser that benches share which do not look at its memory. */
  async shared() {
    this.common ??= await this.browser();
    return this.common.sides;
  }

  /** Milliseconds that all threads of the shared page's process have been working so far; only Linux says. */
  processor() {
    if (process.platform !== "linux") return undefined;
    const fields = readFileSync(`/proc/${this.common.renderer}/stat`, "utf8").split(") ")[1].split(" ");
    // In hundredths of a second, in programs and in the system: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** The data of these names that are there; what is not is said. */
  sets(...names) {
    return names.flatMap((name) => {
      if (this.data[name]) return [this.data[name]];
      console.log(`  SKIPPED ${name}: not there, or larger than BENCH_UP_TO`);
      return [];
    });
  }

  async close() {
    await this.common?.browser.close();
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** The number of the process that has the page. */
async function rendererOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.find(({ type }) => type === "renderer").id;
}

const of = ({ layers }) => layers.map(({ layer, url }) => ({ layer, url }));

/** The workers of the two sides, seen from here. */
class Sides {
  constructor(page) {
    this.page = page;
  }
  /** A worker that knows nothing yet but the data's bytes; how many those are. */
  async begin(side, set) {
    await this.start(side, set);
    return this.ask(side, "fetch", of(set));
  }
  /** A worker that knows nothing yet. */
  async start(side, set) {
    await this.page.evaluate((side) => bench.start(side), side);
    await this.ask(side, "start", { wasm: "bench.wasm", catalogAt: set.catalog?.url });
  }
  /** Has it fetch the data and read it. */
  load(side, set) {
    return this.ask(side, "load", of(set));
  }
  end(side) {
    return this.page.evaluate((side) => bench.end(side), side);
  }
  ask(side, ...question) {
    return this.page.evaluate(([side, question]) => bench.ask(side, ...question), [side, question]);
  }
  /** Bytes that a worker answers with, all of them in one. */
  async base64(side, ...question) {
    const parts = await this.page.evaluate(async ([side, question]) => {
      const bytes = (await bench.ask(side, ...question)).at(0);
      const part = 3 << 20;
      const text = (from) => {
        let out = "";
        for (let at = from; at < Math.min(from + part, bytes.length); at += 3 << 12) out += String.fromCharCode(...bytes.subarray(at, Math.min(at + (3 << 12), from + part)));
        return btoa(out);
      };
      return Array.from({ length: Math.ceil(bytes.length / part) }, (_, n) => text(n * part));
    }, [side, question]);
    return parts.join("");
  }
  trips(side, question, all) {
    return this.page.evaluate((args) => bench.trips(...args), [side, question, all]);
  }
}

/** The version of a package as it is installed. */
export const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
