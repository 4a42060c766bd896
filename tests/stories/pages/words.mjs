// The words on the screen, from where the app has them, in either language: page objects name what
// they look for by its place in the locales or the catalogue, so that a better word breaks no story.
import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../../../", import.meta.url);
const json = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

const LANGUAGES = ["zh-CN", "en"];
const subjects = (language) =>
  readdirSync(new URL(`src/locales/${language}/`, root)).map((file) => [file.replace(/\.json$/, ""), json(`src/locales/${language}/${file}`)]);
const words = LANGUAGES.map((language) => Object.fromEntries(subjects(language)));

/** The city's catalogue, as the app is built with it. */
export const catalog = json("public/city/catalog.json");

const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** A text with `{{ name }}` in it, as a pattern: what is given is meant, what is not may be anything. */
const pattern = (text, given) =>
  text
    .split(/\{\{\s*(\w+)\s*\}\}/)
    .map((part, at) => (at % 2 === 0 ? escape(part) : part in given ? escape(String(given[part])) : ".+?"))
    .join("");
const whole = (patterns) => new RegExp(`^\\s*(?:${patterns.join("|")})\\s*$`);

const texts = (key) => {
  const [subject, name] = key.split(".");
  return words.map((all) => all[subject]?.[name] ?? missing(`no words for ${key}`));
};

/** The words of a key such as "task.plot", whole. */
export const word = (key, given = {}) => whole(texts(key).map((text) => pattern(text, given)));

/** The words of a key, anywhere in a text. */
export const within = (key, given = {}) => new RegExp(texts(key).map((text) => pattern(text, given)).join("|"));

/** One of the catalogue's entries: `entry("work_kinds", "drain-clear")`. */
export const entry = (list, id) => catalog[list].find((one) => one.id === id) ?? missing(`no ${id} in ${list}`);

/** What a kind of work is called. */
export const work = (id) => whole(Object.values(entry("work_kinds", id).label).map(escape));

/** What begins with the name of a kind of work: a tile of the menu says its unit too. */
export const startsWithWork = (id) => new RegExp(`^(?:${Object.values(entry("work_kinds", id).label).map(escape).join("|")})`);

/** What the button says that closes work of a kind. */
export const action = (id) => new RegExp(`^(?:${Object.values(entry("work_kinds", id).action).map(escape).join("|")})`);

function missing(message) {
  throw new Error(message);
}
