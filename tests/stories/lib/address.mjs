// The address, as the page itself has it: what the driver of the browser was told of it may lag behind.
import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE } from "./wait.mjs";

/** What stands behind the address's `#`, with it. */
export const hash = (page) => page.evaluate(() => location.hash);

/** Waits until that says something; gives it. `what`: of a story that fails. */
export async function hashThat(page, says, what, timeout = PATIENCE) {
  for (const end = Date.now() + timeout; ; ) {
    const now = await hash(page);
    if (says(now)) return now;
    if (Date.now() > end) throw new Error(`waited for an address that ${what}; it is ${now}`);
    await pause(100);
  }
}
