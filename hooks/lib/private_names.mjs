// Short names for what is private to a bundle (esbuild's `mangleProps`), and the check that nothing
// still asks for a long one.

/** esbuild's options that shorten every property that `pattern` matches, but those of `keep`. */
export const shortened = (pattern, keep) => ({
  mangleProps: pattern,
  reserveProps: new RegExp(`^(${keep.join("|")})$`),
  mangleCache: {},
});

/**
 * Throws where a name that was shortened still stands in the script: it is said as text there, and
 * may find nothing. Also where one of `keep` is not there any more.
 */
export function checkShortened(script, mangleCache, keep) {
  const words = new Set(script.match(/[\w$]+/g));
  const torn = Object.keys(mangleCache).filter((name) => words.has(name));
  if (torn.length > 0) throw new Error(`said as text, so it cannot be shortened: ${torn.join(", ")} (js/private-names.mjs)`);
  const gone = keep.filter((name) => !words.has(name));
  if (gone.length > 0) throw new Error(`no longer there: ${gone.join(", ")} (js/private-names.mjs)`);
}
