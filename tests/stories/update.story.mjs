// Against a copy of dist/ that changes while a device has it open.
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlineList } from "../../hooks/lib/offline.mjs";
import { serve } from "../../xtask/node/serve.mjs";
import { story } from "./harness.mjs";
import { App } from "./pages/app.mjs";

/** Serves a copy of dist/; `release` puts a new version there. */
async function host() {
  const root = mkdtempSync(join(tmpdir(), "mendmap-"));
  cpSync("dist", root, { recursive: true });
  const { address, server } = await serve(root, "127.0.0.1", 0);
  return {
    address: `${address}/`,
    root,
    release(version) {
      const page = join(root, "index.html");
      writeFileSync(page, readFileSync(page, "utf8").replace("<title>", `<meta name="version" content="${version}" />$&`));
      const template = readFileSync("public/sw.js", "utf8");
      writeFileSync(join(root, "sw.js"), template.replace("/* BUILD */ null", () => JSON.stringify(offlineList(root))));
    },
    stop() {
      server.closeAllConnections();
      server.close();
      rmSync(root, { recursive: true });
    },
  };
}

const state = (page, wanted) => page.waitForFunction((is) => document.documentElement.dataset.offline === is, wanted, { timeout: 60_000 });
const version = (page) => page.evaluate(() => document.querySelector('meta[name="version"]')?.content ?? null);

/** Takes the version that waits, and is there when it shows. */
async function update(app, wanted) {
  const { page } = app;
  await page.evaluate(() => window.dispatchEvent(new Event("mendmap:update")));
  await page.waitForFunction((it) => document.querySelector('meta[name="version"]')?.content === it, wanted, { timeout: 60_000 });
  await app.started();
}

story("a newer version is offered, and comes only when it is taken", async ({ page, device }) => {
  const site = await host();
  try {
    const app = new App(page);
    await page.goto(site.address);
    await app.started();
    await state(page, "ready");

    site.release("second");
    await app.reload();
    await state(page, "update");
    await app.reload();
    await state(page, "update");
    assert.equal(await version(page), null, "a reload alone keeps the version that is in use");

    await update(app, "second");
    await state(page, "ready");
    await device.offline();
    await app.reload();
    assert.equal(await version(page), "second");
  } finally {
    site.stop();
  }
});

story("a newer version is taken although the page asks for files all the time", async ({ page }) => {
  const site = await host();
  try {
    const app = new App(page);
    await page.goto(site.address);
    await app.started();
    await state(page, "ready");
    site.release("second");
    await app.reload();
    await state(page, "update");
    await page.evaluate(() => setInterval(() => fetch(`city/roads.geojson?${Math.random()}`).catch(() => {}), 15));
    await update(app, "second");
    await state(page, "ready");
  } finally {
    site.stop();
  }
});

story("a half-uploaded version is not taken", { allow: /integrity|not available offline|Failed to find a valid digest/ }, async ({ page }) => {
  const site = await host();
  try {
    const app = new App(page);
    await page.goto(site.address);
    await app.started();
    await state(page, "ready");
    site.release("second");
    appendFileSync(join(site.root, "index.html"), "<!-- and something that no build made -->");
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      while (registration.installing) await new Promise((again) => setTimeout(again, 50));
    });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.offline), "ready");
    await app.reload();
    assert.equal(await version(page), null);
  } finally {
    site.stop();
  }
});

story("newer city data is kept for the next time, and the page hears of it", async ({ page }) => {
  const site = await host();
  try {
    const app = new App(page);
    await page.goto(site.address);
    await app.started();
    await state(page, "ready");
    const read = () => page.evaluate(async () => (await fetch("/city/roads.geojson")).text());
    const first = await read();
    await page.evaluate(() => {
      window.heard = new Promise((done) => window.addEventListener("mendmap:city-changed", ({ detail }) => done(detail)));
    });
    writeFileSync(join(site.root, "city", "roads.geojson"), '{"type":"FeatureCollection","features":[]}');
    assert.equal(await read(), first);
    assert.match(await page.evaluate(() => window.heard), /city\/roads\.geojson$/);
    assert.match(await read(), /"features":\[\]/);
  } finally {
    site.stop();
  }
});
