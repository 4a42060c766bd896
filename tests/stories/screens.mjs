// Takes the screens into docs/screens: both sizes, both languages, light and dark, and on a phone for
// direct sun with big letters, as WebP.
// Run by `cargo xtask screens [part of a name]`.
//
// One device a size, language and theme walks through a crew's morning, and is photographed on the
// way. A step is a name and what leads to it, by the stories' own page objects.
import { mkdirSync, writeFileSync } from "node:fs";
import { DRAIN, LAMP, MANHOLE, onStreet } from "./lib/city.mjs";
import { closeBrowser, Device } from "./lib/device.mjs";
import { length } from "./lib/geodesic.mjs";
import { goes, phoneWalks, pipes, walk } from "./lib/walk.mjs";
import { App } from "./pages/app.mjs";
import { CompletionPage } from "./pages/completion.mjs";
import { Errand } from "./pages/errand.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { Track } from "./pages/track.mjs";

/** On a lane of some two dozen drains. */
const [ROUND] = onStreet("storm-drains", "北新巷");
/** An alley whose pipes are one line. */
const PIPES = "郑家屯大街一巷";
const LINE = pipes(PIPES, "pipe-sewage");
const CORNERS = [[123.4951, 43.5257], [123.4962, 43.5266], [123.4976, 43.5259]];

const WALK = {
  map: async (app) => {
    await app.map.loaded();
  },
  search: async (app) => {
    await app.search.type(DRAIN.street);
    await app.search.result(DRAIN.street).nth(3).waitFor();
  },
  asset: async (app) => {
    await new Errand(app.page).find(DRAIN.code);
  },
  plot: async (app) => {
    await app.card.plot();
    await app.plotMenu.shows();
  },
  task: async (app) => {
    await app.plotMenu.choose("drain-clear");
    await app.task.shows("drain-clear", "open");
  },
  report: async (app) => {
    await app.task.report();
    await app.report.shows();
  },
  done: async (app) => {
    await app.report.close("drain-clear").click();
    await app.task.shows("drain-clear", "reported");
  },
  round: async (app) => {
    await new Errand(app.page).find(ROUND.code);
    await app.card.makeRound();
    await app.roundMenu.kind("drain-clear").click();
    await app.round.shows("drain-clear");
    await app.round.next.click();
    await app.round.says(1, onStreet("storm-drains", ROUND.street).length);
  },
  stop: async (app) => {
    await app.round.next.click();
    await app.round.says(2, onStreet("storm-drains", ROUND.street).length);
    await app.round.open(ROUND.name);
    await app.stop.shows(ROUND.name);
  },
  safety: async (app) => {
    const errand = new Errand(app.page);
    await errand.find(MANHOLE.code);
    await errand.plot("manhole-clear");
    await app.checks.open("chamber-entry");
    await app.safe.shows("chamber-entry");
    await app.safe.tick(4);
    await app.safe.measures("chamber-entry", { o2: "18", h2s: "0", co: "0", lel: "0" });
    await app.safe.save.click();
    await app.checks.alarm("chamber-entry").waitFor();
    await app.sheet.grow();
  },
  track: async (app) => {
    const errand = new Errand(app.page);
    await app.search.type(`${PIPES}污水管`);
    await app.search.result(PIPES).first().waitFor();
    await app.search.field.press("Enter");
    await errand.plot("pipe-patrol");
    await app.task.record();
    const track = new Track(app.page);
    await track.start();
    await goes(app.page, walk(LINE, { gaps: [[150, 210], [400, 560]] }));
    await track.pause();
    await track.covers(length(LINE) - 160, 0.05);
  },
  work: async (app) => {
    const errand = new Errand(app.page);
    await errand.find(LAMP.code);
    await errand.plot("lamp-repair");
    await errand.find(MANHOLE.code);
    await errand.plot("lid-replace");
    await app.task.start();
    await app.go("work");
    await app.work.filter("all");
    await app.work.lines("drain-clear").waitFor();
  },
  completion: async (app) => {
    const page = await CompletionPage.open(app.page);
    await page.choose("drain-clear");
  },
  layers: async (app) => {
    await app.go("layers");
  },
  settings: async (app) => {
    await app.go("settings");
  },
  draw: async (app) => {
    await App.at(app.page, [123.4963, 43.5262], 16);
    await app.map.loaded();
    await app.sheet.shrink(); // half open, it leaves no room for the button
    await app.map.draw("line");
    for (const [at, corner] of CORNERS.entries()) {
      await app.map.tap(corner);
      await app.drawing.hasCorners(at + 1);
    }
  },
};

const SIZES = ["phone", "desk"];
const LANGUAGES = { zh: "zh-CN", en: "en-GB" };
const THEMES = { phone: ["light", "dark", "sun"], desk: ["light", "dark"] };
/** The smaller of the two windows that phones have here. */
const WINDOW = { phone: { viewport: { width: 360, height: 740 } } };
const QUALITY = 0.72; // text stays clean; half the bytes of 0.9

const FOLDER = "docs/screens";

/** The picture as WebP: the browser has an encoder, so no further package is needed. */
async function webp(device, png) {
  const page = await device.context.newPage();
  const encoded = await page.evaluate(
    async ([data, quality]) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext("2d").drawImage(image, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    [png.toString("base64"), QUALITY],
  );
  await page.close();
  return Buffer.from(encoded, "base64");
}

/** Waits until nothing on the screen changes any more, and photographs it. */
async function photograph(page) {
  await page.evaluate(() => document.fonts.ready);
  for (let [before, same, end] = [await page.screenshot(), 0, Date.now() + 15_000]; ; ) {
    await new Promise((later) => setTimeout(later, 400));
    const now = await page.screenshot();
    same = now.equals(before) ? same + 1 : 0;
    if (same === 2 || Date.now() > end) return now;
    before = now;
  }
}

async function takes(size, language, theme, isWanted) {
  const colorScheme = theme === "dark" ? "dark" : "light";
  const device = await Device.open({ device: size, locale: LANGUAGES[language], colorScheme, ...WINDOW[size] });
  try {
    await phoneWalks(device.page);
    const app = await App.open(device.page);
    if (theme === "sun") {
      const settings = await SettingsPage.open(device.page);
      await settings.wear("outdoor");
      await settings.turn("large");
      await app.go("map");
    }
    for (const [name, step] of Object.entries(WALK)) {
      await step(app);
      if (!isWanted(name)) continue;
      const picture = await webp(device, await photograph(device.page));
      const file = `${FOLDER}/${name}-${size}-${language}-${theme}.webp`;
      writeFileSync(file, picture);
      console.log(`  ${file} ${Math.round(picture.length / 1024)} kB`);
    }
  } finally {
    await device.context.close();
  }
}

mkdirSync(FOLDER, { recursive: true });
const words = process.argv.slice(2);
const isWanted = (name) => words.every((word) => name.includes(word));
try {
  for (const size of SIZES)
    for (const language of Object.keys(LANGUAGES)) for (const theme of THEMES[size]) await takes(size, language, theme, isWanted);
} finally {
  await closeBrowser();
}
