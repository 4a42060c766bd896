// A layer of very many features, the same every time.

/** Numbers from 0 to 1 out of a seed (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const STREETS = ["辽河路", "郑家屯大街", "民主路", "北环路", "站前街", "铁南路", "白市路", "文化巷"];
const NOTES = ["雨季前查看，周边居民反映较多，须与社区一起处理", "上次检修后状况良好，下次随道路改造一并更换", "位置靠近校门，作业须避开上下学时段，并设围挡"];

/** So many features are made at a time. */
const PIECE = 5000;

/**
 * GeoJSON of `count` features, piece by piece, in a box `[west, south, east, north]`, about 300 bytes each: of ten,
 * eight are points, one is a line and one an area, of the kinds given by name.
 */
export function* many(count, [west, south, east, north], { point, line, area }, seed = 1) {
  const roll = dice(seed);
  const degrees = (number) => Number(number.toFixed(7));
  const near = ([lon, lat], metres) => [degrees(lon + ((roll() - 0.5) * metres) / 40_000), degrees(lat + ((roll() - 0.5) * metres) / 55_000)];
  const feature = (index) => {
    const at = [degrees(west + roll() * (east - west)), degrees(south + roll() * (north - south))];
    const [kind, geometry] =
      index % 10 === 8
        ? [line, { type: "LineString", coordinates: [at, near(at, 60), near(at, 60), near(at, 60)] }]
        : index % 10 === 9
          ? [area, { type: "Polygon", coordinates: [box(at, 0.0001 + roll() * 0.0002)] }]
          : [point, { type: "Point", coordinates: at }];
    const street = STREETS[Math.floor(roll() * STREETS.length)];
    const properties = {
      kind,
      ObjID: `22038290${String(index).padStart(8, "0")}`,
      ObjName: `${street}沿街设施${index + 1}`,
      street,
      built: 1980 + Math.floor(roll() * 45),
      note: NOTES[Math.floor(roll() * NOTES.length)],
    };
    return JSON.stringify({ type: "Feature", geometry, properties });
  };
  yield '{"type":"FeatureCollection","features":[\n';
  for (let from = 0; from < count; from += PIECE) {
    const features = Array.from({ length: Math.min(PIECE, count - from) }, (_, n) => feature(from + n));
    yield (from === 0 ? "" : ",\n") + features.join(",\n");
  }
  yield "\n]}\n";
}

function box([lon, lat], side) {
  const [east, north] = [Number((lon + side).toFixed(7)), Number((lat + side).toFixed(7))];
  return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]];
}
