// Answers a page, question by question: `{ id, ask, with }` → `{ id, answer }` or `{ id, failed }`.

/** `asks`: what can be asked, by name; each may take its time. */
export function serve(asks) {
  self.onmessage = async ({ data: { id, ask, args } }) => {
    try {
      const answer = await asks[ask](...args);
      self.postMessage({ id, answer });
    } catch (error) {
      self.postMessage({ id, failed: `${ask}: ${error?.stack ?? error}` });
    }
  };
}

/** The bytes of a file, in one piece of memory, as `fetch` hands them over. */
export async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** What `what` gave and how many milliseconds it took. */
export function timed(what) {
  const began = performance.now();
  const made = what();
  return [made, performance.now() - began];
}

/** Lets go of what nobody holds any more, as far as the browser was started with `--expose-gc`. */
export const collect = () => globalThis.gc?.();
