// In place of MapLibre's cutting of shapes along a grid, which a globe needs so that straight
// lines bend with it: here polygons become triangles and lines stay as they are.
import earcut from "earcut";
import {register} from "../util/web_worker_transfer";
import {SubdivisionGranularityExpression, SubdivisionGranularitySetting} from "./subdivision_granularity_settings";

// Workers are still told that nothing is cut; the module this one stands for makes that known.
register("SubdivisionGranularityExpression", SubdivisionGranularityExpression);
register("SubdivisionGranularitySetting", SubdivisionGranularitySetting);

type Place = { x: number; y: number };

/** Where the vertices of poles would be; no tile reaches as far. */
export const NORTH_POLE_Y = -32768;
export const SOUTH_POLE_Y = 32767;

/** A line, or a ring closed where it is open. */
export function subdivideVertexLine(line: Place[], _granularity: number, isRing = false): Place[] {
  if (!line || line.length < 2) return [];
  const [first, last] = [line[0], line[line.length - 1]];
  const isOpen = isRing && (first.x !== last.x || first.y !== last.y);
  return isOpen ? [...line, first] : [...line];
}

/** A polygon's vertices, triangles of one winding, and the segments of its outlines. */
export function subdividePolygon(polygon: Place[][]) {
  const vertices: number[] = [];
  const holes: number[] = [];
  const outlines: number[][] = [];
  for (const ring of polygon) {
    if (ring.length === 0) continue;
    const begin = vertices.length / 2;
    if (begin > 0) holes.push(begin);
    const outline: number[] = [];
    ring.forEach(({ x, y }, at) => {
      vertices.push(Math.round(x), Math.round(y));
      outline.push(begin + at, begin + ((at + 1) % ring.length));
    });
    outlines.push(outline);
  }
  const triangles = earcut(vertices, holes);
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((n) => triangles[at + n] * 2);
    const turn = (vertices[b] - vertices[a]) * (vertices[c + 1] - vertices[a + 1]) - (vertices[b + 1] - vertices[a + 1]) * (vertices[c] - vertices[a]);
    if (turn > 0) [triangles[at + 1], triangles[at + 2]] = [triangles[at + 2], triangles[at + 1]];
  }
  return { verticesFlattened: vertices, indicesTriangles: triangles, indicesLineList: outlines };
}
