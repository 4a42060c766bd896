// Waiting for what a person would see.
import assert from "node:assert/strict";

/**
 * How long a story waits for what must come, in ms. A machine that does other things besides is many
 * times slower than one that does not; what never comes is only told later.
 */
export const PATIENCE = 60_000;

/** Looks again and again until `look` gives what is expected; fails with what it gave last. */
export async function becomes(look, expected, { timeout = PATIENCE } = {}) {
  const until = Date.now() + timeout;
  for (;;) {
    const seen = await look();
    try {
      assert.deepEqual(seen, expected);
      return seen;
    } catch (difference) {
      if (Date.now() > until) throw difference;
    }
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** Looks again and again until `look` gives something; gives that. */
export async function appears(look, what, { timeout = PATIENCE } = {}) {
  const until = Date.now() + timeout;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > until) assert.fail(`waited for ${what}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}
