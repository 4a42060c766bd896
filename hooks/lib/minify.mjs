// Makes what trunk and public/ put into a release smaller.
import { transform } from "esbuild";
import { minify } from "terser";
import { BROWSERS } from "./browsers.mjs";

/** A script without what only people read, and whatever else esbuild tells of it. */
export async function minifiedScript(source, options = {}) {
  const { code, ...told } = await transform(source, { minify: true, format: "esm", target: BROWSERS, legalComments: "none", ...options });
  return { code: await squeezed(code, true), ...told };
}

/**
 * A script that esbuild has minified, once more: its names come first by how often a scope says
 * them, and compress better so; and what is reckoned once is put where it is used.
 */
export async function squeezed(script, module = false) {
  const { code } = await minify(script, { ecma: 2020, module, compress: { passes: 2 } });
  return code;
}

/** The page without comments and indentation, and the script that stands in it minified. */
export async function minifiedPage(html) {
  const plain = html.replace(/<!--[\s\S]*?-->/g, "").replace(/\n\s*/g, "\n");
  // Split by a pattern with three groups: before, opening tag, script, closing tag, before, …
  const parts = plain.split(/(<script(?![^>]*\ssrc=)[^>]*>)([\s\S]*?)(<\/script>)/);
  return (await Promise.all(parts.map((part, i) => (i % 4 === 2 ? minifiedScript(part).then(({ code }) => code.trim()) : part)))).join("");
}
