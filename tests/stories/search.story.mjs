// Finding an asset: by its code, by its street, on the map, by a link.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { hash } from "./lib/address.mjs";
import { count, DRAIN, LAMP, MANHOLE } from "./lib/city.mjs";
import { seen } from "./lib/seen.mjs";
import { becomes, PATIENCE } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { Errand } from "./pages/errand.mjs";
import { word } from "./pages/words.mjs";

/** The asset is lit up on the map where one can see it: inside, and not under the sheet. */
async function isInSight(app, asset) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const covered = await app.sheet.region.boundingBox(); // a card takes its height after it was opened
    const isDesk = covered.x > 100;
    const [x, y] = await app.map.pixel(asset.at);
    const box = await app.map.box();
    const inside = x > box.x && x < (isDesk ? covered.x : box.x + box.width) && y > box.y && y < (isDesk ? box.y + box.height : covered.y);
    if (inside) return;
    assert.ok(Date.now() < end, `${asset.name} is at ${x}, ${y}, out of sight`);
  }
}

story("an asset is found by its code, and the map goes there", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await app.search.type(MANHOLE.code);
  await app.search.result(MANHOLE.name).click();
  await app.card.shows(MANHOLE.name);
  assert.equal(await app.card.fact("task.code").innerText(), MANHOLE.code);
  assert.equal(await app.search.result(MANHOLE.name).count(), 0, "the list has done its work");
  assert.equal(await app.search.field.inputValue(), "", "the next search begins by typing");
  await isInSight(app, MANHOLE);
});

story("the end of a code is enough, and the first that was found opens by Enter", { device: "desk" }, async ({ page }) => {
  const app = await App.at(page, MANHOLE.at);
  await app.map.loaded();
  await app.search.type(LAMP.code.slice(6));
  await app.search.result(LAMP.name).waitFor();
  await app.search.field.press("Enter");
  await app.card.shows(LAMP.name);
  await isInSight(app, LAMP);
});

story("a street is found with what stands on it; what is not there is said, and how to look for it", { device: "phone", locale: "en-GB" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await app.search.type(DRAIN.street);
  const lines = app.search.result(DRAIN.street);
  await lines.first().waitFor();
  assert.ok((await lines.count()) > 5, "a street has more than a few assets");
  await seen(app.search.status);

  await app.search.type("no such street");
  await seen(app.search.area.getByText("Nothing found for “no such street”"));
  await app.search.type(DRAIN.street);
  await lines.first().click();
  await app.card.fact("task.code").or(app.card.fact("map.length")).first().waitFor();
});

story("a search says how many there are, and shows as many as one wants", { device: "phone", locale: "en-GB" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await app.search.type(DRAIN.code.slice(0, 10)); // what all drains begin with
  await app.search.status.filter({ hasText: word("map.search_results", { n: count("storm-drains").toLocaleString("en-GB") }) }).waitFor();
  await becomes(() => app.search.results().count(), 20);
  await app.search.more().click();
  await becomes(() => app.search.results().count(), 40);
  await app.search.type(DRAIN.code);
  await app.search.status.filter({ hasText: /^1 asset found$/ }).waitFor();
  await becomes(() => app.search.results().count(), 1);
  assert.equal(await app.search.more().count(), 0);
});

story("a tap on the map selects what is there; closing the card lets go, and forward brings it again", { device: "phone" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  await app.map.tap(DRAIN.at);
  await app.card.shows(DRAIN.name);
  assert.equal(await app.card.fact("task.code").innerText(), DRAIN.code);
  await app.sheet.close();
  await app.map.loaded();
  await page.goForward();
  await app.card.shows(DRAIN.name);
});

story("a link shows someone else the same asset at the same place", { device: "phone" }, async ({ page, another }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  await app.map.tap(DRAIN.at);
  await app.card.shows(DRAIN.name);
  const supervisor = await another({ device: "desk", locale: "en-GB" });
  const theirs = await App.open(supervisor.page, await hash(page));
  await theirs.card.shows(DRAIN.name);
  await isInSight(theirs, DRAIN);
  const [mine, seenThere] = [await app.map.view(), await theirs.map.view()];
  assert.equal(seenThere.zoom, mine.zoom);
});

story("who goes on to the search while a card is still coming keeps it, and sees what was found", { device: "phone" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await new Errand(page).find(DRAIN.code);
  const heading = await app.sheet.heading.elementHandle();

  /** Goes on to the search and types there in the very moment in which `when` says so. */
  const goesOn = (code, when, button) =>
    page.evaluate(
      ([code, when, button, heading]) => {
        const goOn = () => {
          const field = document.querySelector("[role=search] input");
          field.focus();
          field.value = code;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        };
        if (when === "pressed") {
          button.click();
          goOn();
        } else {
          new MutationObserver((_, observer) => {
            if (heading.isConnected) return;
            observer.disconnect();
            goOn();
          }).observe(document.body, { childList: true, subtree: true });
          button.click();
        }
      },
      [code, when, button, heading],
    );
  const isThere = async (asset) => {
    await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
    await seen(app.search.result(asset.name));
    await app.search.field.and(page.locator(":focus")).waitFor();
  };

  // Just when the next card takes the place of this one.
  await goesOn(LAMP.code, "came", await app.card.region.getByRole("button", { name: word("task.plot") }).elementHandle());
  await app.plotMenu.shows();
  await isThere(LAMP);
  // With the press, before the worker has answered and there is a card at all.
  await app.search.field.press("Escape");
  await goesOn(MANHOLE.code, "pressed", await app.plotMenu.kind("drain-clear").elementHandle());
  await app.task.shows("drain-clear", "open");
  await isThere(MANHOLE);
  // What is found here is still a way on, and the card it leads to has the focus.
  await app.search.field.press("Enter");
  await app.card.shows(MANHOLE.name);
  await app.sheet.heading.and(page.locator(":focus")).waitFor();
});
