// The notices that the licences of the packages in the page ask to be passed on with them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** One text for all packages that are installed for more than building and testing. */
export function licences() {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const shipped = Object.entries(packages).filter(([folder, { dev }]) => folder && !dev);
  return shipped.map(([folder]) => notice(folder)).join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const by = author?.name ?? author;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const heading = `${name} ${version}: ${[license, by && `by ${by}`].filter((part) => part).join(", ")}\n`;
  return file ? `${heading}\n${readFileSync(join(folder, file), "utf8").trim()}\n` : heading;
}
