// The whole path without a mouse and without a finger.
import assert from "node:assert/strict";
import { story } from "./harness.mjs";
import { DRAIN } from "./lib/city.mjs";
import { PATIENCE } from "./lib/wait.mjs";
import { App } from "./pages/app.mjs";
import { within } from "./pages/words.mjs";

/** Where the focus is: what it is on, whether that is on the screen, and whether one can see that it is there. */
function focus(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const { left, top, width, height } = element.getBoundingClientRect();
    const onScreen = left < innerWidth && top < innerHeight && left + width > 0 && top + height > 0;
    const ring = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    return {
      lost: element === document.body || !onScreen,
      // A title takes the focus so that it is read out; it is not pressed, so it wears no ring.
      visible: /^H\d$/.test(element.tagName) || ring(element) || ring(element.parentElement) || ring(element.parentElement?.parentElement),
      what: `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40)}`,
    };
  });
}

/** Looks where the focus is: it must be somewhere, and to be seen. */
async function looks(page) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const now = await focus(page);
    if (!now.lost && now.visible) return;
    assert.ok(Date.now() < end, `the focus is ${now.lost ? "lost" : "not to be seen"}: ${now.what}`);
  }
}

/** Goes on by Tab until something has the focus, looking at every step. */
async function tabTo(page, locator, most = 40) {
  await locator.waitFor();
  for (let step = 0; step < most; step++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    await looks(page);
  }
  assert.fail(`${locator} is not reached by ${most} times Tab; the focus is on ${(await focus(page)).what}`);
}

/** Reaches something by Tab and presses it. */
async function presses(page, locator, key = "Enter") {
  await tabTo(page, locator);
  await page.keyboard.press(key);
}

story("from search to closed and back, by keyboard alone, and the focus is never lost", { device: "desk", locale: "en-GB" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await page.keyboard.press("/");
  await looks(page);
  await page.keyboard.type(DRAIN.code);
  await app.search.result(DRAIN.name).waitFor();
  await page.keyboard.press("ArrowDown");
  await looks(page);
  await page.keyboard.press("Enter");
  await app.card.shows(DRAIN.name);
  await looks(page);

  await presses(page, app.card.region.getByRole("button", { name: "Plot work" }));
  await app.plotMenu.shows();
  await looks(page);
  await presses(page, app.plotMenu.kind("drain-clear"), "Space");
  await app.task.shows("drain-clear", "open");
  await looks(page);
  await presses(page, app.task.button("start"));
  await app.task.shows("drain-clear", "under_way");
  await looks(page);
  await presses(page, app.task.button("report"));
  await app.report.shows();
  await looks(page);

  assert.match(await app.report.close("drain-clear").innerText(), /^Cleared 1\spc$/);
  await tabTo(page, app.report.quantity("drain-clear"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await tabTo(page, app.report.note);
  await page.keyboard.type("silt up to the grate");
  await presses(page, app.report.close("drain-clear"));
  await app.task.shows("drain-clear", "reported");
  await looks(page);
  assert.match(await app.task.quantity("drain-clear").innerText(), /^2\spcs$/);

  await page.keyboard.press("ControlOrMeta+z");
  await app.task.shows("drain-clear", "under_way");
  await looks(page);
  await app.task.button("report").waitFor();
  await app.hasSaved(4);
});

story("undo in the notice is reached by Tab, and what is under the crosshair is picked by Enter", { device: "desk", locale: "en-GB" }, async ({ page }) => {
  const app = await App.at(page, DRAIN.at);
  await app.map.loaded();
  await tabTo(page, app.map.canvas);
  await page.keyboard.press("Enter");
  await app.card.shows(DRAIN.name);
  await app.sheet.heading.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("ControlOrMeta+Enter");
  await app.plotMenu.shows();
  await looks(page); // the menu takes the focus a moment after it can be seen
  await presses(page, app.plotMenu.kind("drain-clear"));
  await app.task.shows("drain-clear", "open");
  await app.toast.hold(); // no more than time: it is reached by the key
  await looks(page);
  await tabTo(page, app.toast.undoButton());
  await page.keyboard.press("Enter");
  await app.toast.says("task.undone");
  await looks(page);
});

story("A opens what can be added, and L asks where this device is", { device: "desk" }, async ({ page }) => {
  const app = await App.open(page);
  await app.map.loaded();
  await page.keyboard.press("l");
  await page.getByRole("button", { name: "我的位置", pressed: true }).waitFor();
  await page.keyboard.press("a");
  await page.getByRole("dialog").getByRole("button", { name: within("map.add_line_hint") }).waitFor();
});
