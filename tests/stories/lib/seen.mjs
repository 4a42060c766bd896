// What a person would see: in the picture, and nothing over it.
import { PATIENCE } from "./wait.mjs";

/** Waits until the middle of an element lies on the screen with nothing else over it. */
export async function seen(locator, timeout = PATIENCE) {
  await locator.waitFor({ timeout });
  const end = Date.now() + timeout;
  while (!(await locator.evaluate(isSeen))) {
    if (Date.now() > end) throw new Error(`${locator} is there, but not to be seen`);
    await new Promise((again) => setTimeout(again, 100));
  }
}

function isSeen(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const met = document.elementFromPoint(x, y);
  return width > 0 && height > 0 && met !== null && (element.contains(met) || met.contains(element));
}
