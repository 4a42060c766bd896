// Draws the PNG icons from public/icons/icon.svg in Chromium. Run by hand when the drawing changes:
// node xtask/node/icons.mjs
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const svg = readFileSync("public/icons/icon.svg", "utf8");
// A maskable icon is cut to any shape by the system: no corners of its own, the drawing in the middle 80 %.
const maskable = svg.replace(' rx="112"', "").replace("<g fill", '<g transform="translate(38.4 38.4) scale(.85)" fill');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, drawing] of [["icon", svg], ["maskable", maskable]]) {
  for (const side of [192, 512]) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw}</style>${drawing}`);
    await page.screenshot({ path: `public/icons/${name}-${side}.png`, omitBackground: true });
    await page.close();
  }
}
await browser.close();
