// The city's own files, to know where things are without asking the app.
import { readFileSync } from "node:fs";

const layers = new Map();
const features = (layer) => {
  if (!layers.has(layer)) {
    const file = new URL(`../../../public/city/${layer}.geojson`, import.meta.url);
    layers.set(layer, JSON.parse(readFileSync(file, "utf8")).features);
  }
  return layers.get(layer);
};

/** The asset of a layer with this code: `{uid, code, name, street, at: [longitude, latitude]}`. */
export function asset(layer, code) {
  const found = features(layer).find(({ properties }) => properties.ObjID === code);
  if (!found) throw new Error(`${layer} has no ${code}: choose another asset for this story`);
  const { uid, ObjName: name, street } = found.properties;
  return { uid, code, name, street, at: found.geometry.coordinates };
}

/** A line of a layer: `{uid, code, line: [[longitude, latitude], …]}`. */
export function line(layer, code) {
  const { uid, code: id, at } = asset(layer, code);
  return { uid, code: id, line: at };
}

/** The assets of a layer that stand on a street. */
export const onStreet = (layer, street) => features(layer).filter(({ properties }) => properties.street === street).map(({ properties }) => asset(layer, properties.ObjID));

/** How many assets of a layer, of points, lie in a box: `[[longitude, latitude], …]`, its corners. */
export function inBox(layer, corners) {
  const [lons, lats] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  const isIn = (at, of) => at >= Math.min(...of) && at <= Math.max(...of);
  return features(layer).filter(({ geometry: { coordinates: [lon, lat] } }) => isIn(lon, lons) && isIn(lat, lats)).length;
}

/** How many assets a layer holds. */
export const count = (layer) => features(layer).length;

/** Assets that stand alone enough for a finger to mean nothing else. */
export const DRAIN = asset("storm-drains", "2203820104003099");
export const LAMP = asset("street-lamps", "2203820118000675");
export const MANHOLE = asset("manholes", "2203820102000924");
