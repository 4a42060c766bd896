// Somebody who walks along a street's pipes with a bad phone, and what the phone then says: fixes a
// second apart that tremble, first ones from a mast and from memory, some far off, and gaps.
import { readFileSync } from "node:fs";
import { distance, length } from "./geodesic.mjs";

const SPEED = 1.4; // metres a second
const METRE = 1 / 111_000; // in degrees of latitude, near enough to tremble by

/** The same numbers for the same seed (Marsaglia's xorshift, Journal of Statistical Software 8, 2003). */
function chance(seed) {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

/** The pipes of one kind under a street as one line, from one end to the other. */
export function pipes(street, kind) {
  const file = new URL("../../../public/city/pipes.geojson", import.meta.url);
  const all = JSON.parse(readFileSync(file, "utf8")).features.filter(({ properties: p }) => p.street === street && p.kind === kind);
  const left = new Set(all.map(({ geometry }) => geometry.coordinates));
  const meets = (place) => [...left].find((line) => [line[0], line.at(-1)].some((end) => String(end) === String(place)));
  const isEnd = (place) => [...left].filter((line) => [line[0], line.at(-1)].some((end) => String(end) === String(place))).length === 1;
  const line = [[...left].flatMap((pipe) => [pipe[0], pipe.at(-1)]).find(isEnd)];
  for (let pipe = meets(line[0]); pipe; pipe = meets(line.at(-1))) {
    left.delete(pipe);
    line.push(...(String(pipe[0]) === String(line.at(-1)) ? pipe : [...pipe].reverse()).slice(1));
  }
  if (left.size > 0) throw new Error(`the pipes under ${street} are no single line: choose another street for this story`);
  return line;
}

/** The place after some metres of a line. */
function after(line, metres) {
  let left = metres;
  for (const [n, to] of line.slice(1).entries()) {
    const from = line[n];
    const piece = distance(from, to);
    if (left <= piece) return from.map((v, k) => v + ((to[k] - v) * left) / piece);
    left -= piece;
  }
  return line.at(-1);
}

/** What a phone says on the way along `line`, in which it hears nothing between the metres of each of `gaps`: `{s, at, accuracy}`. */
export function walk(line, { seed = 7, gaps = [] } = {}) {
  const next = chance(seed);
  const fixes = [
    { s: 0, at: after(line, 0).map((v) => v + 900 * METRE), accuracy: 1_500 },
    { s: 1, at: after(line, 0).map((v) => v - 300 * METRE), accuracy: 250 },
    { s: 2, at: after(line, 0).map((v) => v + 250 * METRE), accuracy: 12 },
  ];
  const whole = length(line);
  let off = [0, 0];
  for (let metres = 0, s = 5; metres <= whole; metres += SPEED, s += 1) {
    off = off.map((v) => 0.9 * v + 1.3 * (next() + next() - 1));
    if (gaps.some(([from, to]) => metres > from && metres < to)) continue;
    const far = next() < 1 / 80 ? 120 : 0;
    const at = after(line, metres).map((v, k) => v + (off[k] + far) * METRE);
    fixes.push({ s, at, accuracy: 6 + 4 * next() });
  }
  return fixes;
}

/** Stands in for the browser's geolocation and clock, so that a walk takes no longer than it has to. */
export async function phoneWalks(page) {
  await page.addInitScript(() => {
    const real = Date.now.bind(Date);
    let [shift, number] = [Number(sessionStorage.getItem("walk") ?? 0), 0];
    Date.now = () => real() + shift;
    const watches = new Map();
    const geolocation = {
      watchPosition: (found) => watches.set(++number, found) && number,
      clearWatch: (id) => watches.delete(id),
      getCurrentPosition: () => {},
    };
    Object.defineProperty(navigator, "geolocation", { value: geolocation, configurable: true });
    window.walked = {
      watches: () => watches.size,
      go(fixes) {
        const began = real() + shift;
        for (const { s, at, accuracy } of fixes) {
          shift = began + s * 1000 - real();
          const [longitude, latitude] = at;
          for (const found of [...watches.values()]) found({ coords: { longitude, latitude, accuracy, heading: null }, timestamp: Date.now() });
        }
        sessionStorage.setItem("walk", String(shift));
      },
    };
  });
}

/** Walks. */
export const goes = (page, fixes) => page.evaluate((fixes) => window.walked.go(fixes), fixes);

/** How many watch where the phone is. */
export const watches = (page) => page.evaluate(() => window.walked.watches());
