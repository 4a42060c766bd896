// Makes what trunk and public/ put into a release smaller.
import { transform } from "esbuild";
import { BROWSERS } from "./browsers.mjs";

/** A script without what only people read, and whatever else esbuild tells of it. */
export async function minifiedScript(source, options = {}) {
  return transform(source, { minify: true, format: "esm", target: BROWSERS, legalComments: "none", ...options });
}

/** The page without comments and indentation, and the script that stands in it minified. */
export async function minifiedPage(html) {
  const plain = html.replace(/<!--[\s\S]*?-->/g, "").replace(/\n\s*/g, "\n");
  // Split by a pattern with three groups: before, opening tag, script, closing tag, before, …
  const parts = plain.split(/(<script(?![^>]*\ssrc=)[^>]*>)([\s\S]*?)(<\/script>)/);
  return (await Promise.all(parts.map((part, i) => (i % 4 === 2 ? minifiedScript(part).then(({ code }) => code.trim()) : part)))).join("");
}
