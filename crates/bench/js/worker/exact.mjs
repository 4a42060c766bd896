// What a feature exactly is, by the plain way: what ours says is held against it.

const EARTH_M = 6_371_008.8;

/** All places of a geometry. */
function* places(coordinates) {
  if (typeof coordinates[0] === "number") yield coordinates;
  else for (const inner of coordinates) yield* places(inner);
}

/** West, south, east and north. */
export function boxOf(geometry) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  widen(box, geometry?.coordinates ?? []);
  return box;
}

function widen(box, coordinates) {
  if (typeof coordinates[0] === "number") {
    const [x, y] = coordinates;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  } else for (let n = 0; n < coordinates.length; n++) widen(box, coordinates[n]);
}

const inside = ([x, y], [west, south, east, north]) => x >= west && x <= east && y >= south && y <= north;

/** Whether a part of a segment lies in a box: cut at each of its sides in turn. */
function cuts([ax, ay], [bx, by], [west, south, east, north]) {
  let [from, to] = [0, 1];
  const sides = [
    [ax - bx, ax - west],
    [bx - ax, east - ax],
    [ay - by, ay - south],
    [by - ay, north - ay],
  ];
  for (const [p, q] of sides) {
    if (p === 0) {
      if (q < 0) return false;
    } else if (p < 0) from = Math.max(from, q / p);
    else to = Math.min(to, q / p);
  }
  return from <= to;
}

const runs = (run, box) => run.some((place, n) => (n === 0 ? inside(place, box) : cuts(run[n - 1], place, box)));

/** Whether a place lies in rings, holes and all. */
function holds(rings, [x, y]) {
  let odd = false;
  for (const ring of rings) {
    for (let n = 1; n < ring.length; n++) {
      const [[ax, ay], [bx, by]] = [ring[n - 1], ring[n]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
    }
  }
  return odd;
}

/** Whether a part of a geometry lies in a box. */
export function meets({ type, coordinates }, box) {
  const area = (rings) => rings.some((ring) => runs(ring, box)) || holds(rings, [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
  if (type === "Point") return inside(coordinates, box);
  if (type === "MultiPoint") return coordinates.some((place) => inside(place, box));
  if (type === "LineString") return runs(coordinates, box);
  if (type === "MultiLineString") return coordinates.some((run) => runs(run, box));
  if (type === "Polygon") return area(coordinates);
  if (type === "MultiPolygon") return coordinates.some(area);
  throw new Error(`a ${type} was not expected`);
}

/** Metres from a place to a geometry, on the flat map around the place. */
export function distance(geometry, at) {
  if (geometry.type === "Polygon" && holds(geometry.coordinates, at)) return 0;
  const degree = (Math.PI / 180) * EARTH_M;
  const flat = ([x, y]) => [(x - at[0]) * degree * Math.cos((at[1] * Math.PI) / 180), (y - at[1]) * degree];
  const all = [...places(geometry.coordinates)].map(flat);
  if (all.length === 1) return Math.hypot(...all[0]);
  let nearest = Infinity;
  for (let n = 1; n < all.length; n++) {
    const [[ax, ay], [bx, by]] = [all[n - 1], all[n]];
    const [dx, dy] = [bx - ax, by - ay];
    const long = dx * dx + dy * dy;
    const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / long));
    nearest = Math.min(nearest, Math.hypot(ax + share * dx, ay + share * dy));
  }
  return nearest;
}
