// MapLibre's own names for what nobody outside it sees: over five hundred, each long and often said.
// A release gives them short ones.

/** How MapLibre and what it brings along write such a name. */
export const PRIVATE = /^_[a-zA-Z]/;

/**
 * Those that are also said as text, by which a short name would not be found, or in a message. The
 * build fails when one is missing here, and when one is not there any more.
 */
export const SAID_AS_TEXT = [
  "_buffers",
  "_classRegistryKey",
  "_evaluate",
  "_evaluator",
  "_geojsonTileLayer",
  "_geometry",
  "_numberToString",
  "_refreshViews",
  "_vectorTileFeature",
  "_x",
  "_y",
  "_z",
];
