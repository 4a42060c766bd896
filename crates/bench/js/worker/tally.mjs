// What tiles hold, read from their bytes: https://github.com/mapbox/vector-tile-spec/tree/master/2.1

const EXTENT = 4096;
const CLOSE = 7;

/** Walks the fields of a message: `field(number, value, start, end)`. */
function fields(bytes, at, end, field) {
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < end) {
    const key = number();
    const wire = key & 7;
    if (wire === 0) field(key >> 3, number());
    else if (wire === 2) {
      const length = number();
      field(key >> 3, undefined, at, at + length);
      at += length;
    } else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else throw new Error(`a field of the wire type ${wire}`);
  }
}

/** Whether a geometry comes into its tile, and is not only in what is drawn around it: by the box around it. */
function comesIn(bytes, start, end) {
  let at = start;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  const place = [0, 0];
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  while (at < end) {
    const command = number();
    if ((command & 7) === CLOSE) continue;
    for (let n = command >> 3; n > 0; n--) {
      for (const axis of [0, 1]) {
        const step = number();
        place[axis] += (step >>> 1) ^ -(step & 1);
        low[axis] = Math.min(low[axis], place[axis]);
        high[axis] = Math.max(high[axis], place[axis]);
      }
    }
  }
  return [0, 1].every((axis) => high[axis] >= 0 && low[axis] < EXTENT);
}

/**
 * How many tiles there are, their bytes, and how many points, lines and areas in the tiles themselves,
 * not only in what is drawn around each. A point that carries the name of an area which is there counts as a label.
 */
export function tally(tiles) {
  const all = { tiles: tiles.length, bytes: 0, longest: 0, points: 0, lines: 0, areas: 0, labels: 0 };
  for (const bytes of tiles) {
    all.bytes += bytes.length;
    all.longest = Math.max(all.longest, bytes.length);
    const areas = new Set();
    fields(bytes, 0, bytes.length, (number, _, start, end) => {
      if (number !== 3) return;
      fields(bytes, start, end, (number, _, start, end) => {
        if (number === 2) count(all, areas, bytes, start, end);
      });
    });
  }
  return all;
}

function count(all, areas, bytes, start, end) {
  let [id, type, place] = [];
  fields(bytes, start, end, (number, value, start, end) => {
    if (number === 1) id = value;
    if (number === 3) type = value;
    if (number === 4) place = [start, end];
  });
  if (type === 3) areas.add(id);
  if (!comesIn(bytes, ...place)) return;
  if (type === 2) all.lines++;
  else if (type === 3) all.areas++;
  else if (areas.has(id)) all.labels++;
  else all.points++;
}
