/** The oldest browsers that README.md promises, as esbuild names them. */
export const BROWSERS = ["chrome111", "firefox121", "safari16.4"];
