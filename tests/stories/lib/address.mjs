// The address, as the page itself has it: what the driver of the browser was told of it may lag behind.
import { appears } from "./wait.mjs";

/** What stands behind the address's `#`, with it. */
export const hash = (page) => page.evaluate(() => location.hash);

/** Waits until that says something; gives it. `what`: of a story that fails. */
export async function hashThat(page, says, what) {
  return appears(
    async () => {
      const now = await hash(page);
      return says(now) && now;
    },
    `an address that ${what}`,
  );
}
