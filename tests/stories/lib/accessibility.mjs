// axe-core, run inside the page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until the page wears a theme: "light", "dark" or "outdoor". */
export const isWorn = (page, theme) => page.locator(`html[data-theme=${theme}]`).waitFor({ state: "attached" });

/** Makes the system light or dark, and waits until the page is too. */
export async function turns(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await isWorn(page, colorScheme);
}

/** Violations of serious or critical weight, one line each; empty when there are none. */
export async function violations(page) {
  await page.evaluate(source); // over the debugging channel: the page's own policy stays as it is
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, nodes }) => nodes.map((node) => `${impact} ${id}: ${node.target.join(" ")} (${node.failureSummary.replaceAll("\n", " ")})`));
}
