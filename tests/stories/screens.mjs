// Takes the screens into docs/screens, both languages, as WebP: a crew's on a phone, light, dark, and for direct
// sun with big letters, and on a desk; a supervisor's on a desk, with a year of work in it.
// Run by `cargo xtask screens [part of a name]`.
//
// One device a walk, window, language and theme goes from screen to screen by the stories' own page objects, and is
// photographed on the way.
import { mkdirSync, writeFileSync } from "node:fs";
import { closeBrowser, Device } from "./lib/device.mjs";
import { phoneWalks } from "./lib/walk.mjs";
import { App } from "./pages/app.mjs";
import { SettingsPage } from "./pages/settings.mjs";
import { CREW } from "./screens/crew.mjs";
import { YEAR } from "./screens/year.mjs";

const LANGUAGES = { zh: "zh-CN", en: "en-GB" };
/** What is walked, on which device, in which windows: the smaller and the larger of each kind that people have here. */
const WALKS = [
  { walk: CREW, device: "phone", themes: { light: [360, 740], dark: [412, 915], sun: [360, 740] } },
  { walk: CREW, device: "desk", themes: { light: [1440, 900], dark: [1440, 900] } },
  { walk: YEAR, device: "desk", themes: { light: [1440, 900], dark: [1024, 768] } },
];
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

async function takes({ walk, device: size, themes }, language, theme, isWanted) {
  if (!Object.keys(walk).some(isWanted)) return;
  const [width, height] = themes[theme];
  const colorScheme = theme === "dark" ? "dark" : "light";
  const device = await Device.open({ device: size, locale: LANGUAGES[language], colorScheme, viewport: { width, height } });
  try {
    if (walk === CREW) await phoneWalks(device.page);
    const app = await App.open(device.page);
    if (theme === "sun") {
      const settings = await SettingsPage.open(device.page);
      await settings.wear("outdoor");
      await settings.turn("large");
      await app.go("map");
    }
    await app.map.loaded();
    for (const [name, step] of Object.entries(walk)) {
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
  for (const walk of WALKS)
    for (const language of Object.keys(LANGUAGES)) for (const theme of Object.keys(walk.themes)) await takes(walk, language, theme, isWanted);
} finally {
  await closeBrowser();
}
