// Boxes, tiles and places that are asked about.
import { chance } from "./figures.mjs";

/** So many boxes of a hundredth of an area, somewhere in it. */
export function boxesIn([west, south, east, north], count, seed = 1) {
  const next = chance(seed);
  const [width, height] = [(east - west) / 10, (north - south) / 10];
  return Array.from({ length: count }, () => {
    const [x, y] = [west + next() * 9 * width, south + next() * 9 * height];
    return [x, y, x + width, y + height];
  });
}

/** So many places in an area. */
export function placesIn([west, south, east, north], count, seed = 2) {
  const next = chance(seed);
  return Array.from({ length: count }, () => [west + next() * (east - west), south + next() * (north - south)]);
}

/** Where a place is in the world as a square of side 1, from its north-western corner. */
function mercator([lon, lat]) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export const tileAt = (place, z) => [z, ...mercator(place).map((at) => Math.floor(at * 2 ** z))];

/** The tiles that lie wholly in an area: the first so many, row by row, again from the start if there are fewer. */
export function tilesWithin([west, south, east, north], z, count) {
  const [, left, top] = tileAt([west, north], z);
  const [, right, bottom] = tileAt([east, south], z);
  const all = [];
  for (let y = top + 1; y < bottom; y++) for (let x = left + 1; x < right; x++) all.push([z, x, y]);
  return all.slice(0, count);
}
