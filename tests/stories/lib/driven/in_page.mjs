// What runs in the page: finds the elements that a chain of steps means, as `locator.mjs` writes it down.
//
// What an element is and how it is called is for testing-library to say, which is put into the page
// beside this. Everything here is one function, because it crosses to the page as a text.

/** Puts `find(steps)` into the page: all elements that the steps lead to, in the page's order. */
export function putFinder() {
  // Firefox runs this beside the page, where not all that is global is the window.
  const { queryAllByLabelText, queryAllByRole } = globalThis.TestingLibraryDom ?? window.TestingLibraryDom;
  const plain = (text) => text.replaceAll(/\s+/g, " ").trim();
  /** A pattern that crossed as `{source, flags}`, or a text: a part of what is said, or all of it. */
  const says = (given, exact) => {
    if (given === undefined || given === null) return () => true;
    if (typeof given === "string") {
      const wanted = plain(given);
      return (text) => (exact ? plain(text) === wanted : plain(text).toLowerCase().includes(wanted.toLowerCase()));
    }
    const pattern = new RegExp(given.source, given.flags);
    return (text) => pattern.test(plain(text));
  };
  /** The innermost elements in which a text stands. */
  const byText = (from, is) =>
    [...from.querySelectorAll("*")].filter((it) => !it.matches("script, style") && is(it.textContent) && ![...it.children].some((child) => is(child.textContent)));
  const byPath = (from, path) => {
    const found = document.evaluate(path, from, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    return Array.from({ length: found.snapshotLength }, (_, n) => found.snapshotItem(n));
  };
  const ways = {
    role: (from, { role, name, exact, level, includeHidden }) =>
      queryAllByRole(from, role, { hidden: includeHidden, ...(level && { level }), ...(name && { name: (text) => says(name, exact)(text) }) }),
    text: (from, { text, exact }) => byText(from, says(text, exact)),
    label: (from, { text, exact }) => queryAllByLabelText(from, (label) => says(text, exact)(label)),
    css: (from, { css }) => [...from.querySelectorAll(css)],
    path: (from, { path }) => byPath(from, path),
  };
  const sifts = {
    filter: (all, { hasText }) => all.filter(({ textContent }) => says(hasText)(textContent)),
    and: (all, { steps }) => meet(all, find(steps)),
    or: (all, { steps }) => inOrder([...all, ...find(steps)]),
    nth: (all, { n }) => all.slice(n, n === -1 ? undefined : n + 1),
  };
  const meet = (all, others) => all.filter((it) => others.includes(it));
  const inOrder = (all) => [...new Set(all)].sort((a, b) => (a === b ? 0 : a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const find = (steps) =>
    steps.reduce((from, step) => (step.way in ways ? inOrder(from.flatMap((it) => ways[step.way](it, step))) : sifts[step.way](from, step)), [document.body]);
  window.storyFinds = find;
}

/** Whether an element has a place on the page that can be seen. */
export function isShown(element) {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && getComputedStyle(element).visibility === "visible";
}

/** Brings an element into the picture, and waits until it no longer moves: what moves is missed. */
export async function comesToRest(element) {
  element.scrollIntoView({ block: "nearest" });
  const box = () => Object.values(element.getBoundingClientRect().toJSON()).join();
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  for (let [last, same] = [box(), 0]; same < 3; ) {
    await frame();
    const now = box();
    [last, same] = [now, now === last ? same + 1 : 0];
  }
}
