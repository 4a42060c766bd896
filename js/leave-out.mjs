// What MapLibre is built without, a third of it. Each module named here is replaced by one with the
// same exports and nothing behind them: what asks whether something is of that kind hears no,
// everything else throws. The build fails when a module is no longer there, or no longer asked for.

const MAPLIBRE = "maplibre-gl/src/";
const SPEC = "@maplibre/maplibre-gl-style-spec/src/";

/** Modules by name: `all("a/", ["b", "c"], ".ts")` is `["a/b.ts", "a/c.ts"]`. */
const all = (folder, names, end) => names.map((name) => folder + name + end);
const shaders = (...names) => all(`${MAPLIBRE}shaders/glsl/`, names, ".glsl.g.ts");
const both = (name) => [`${name}.vertex`, `${name}.fragment`];

export const LEAVE_OUT = [
  {
    because: "src/map/style draws with background, fill, line, circle, symbol and raster",
    modules: [
      ...all(`${MAPLIBRE}style/style_layer/`, ["heatmap", "hillshade", "color_relief", "fill_extrusion", "custom"], "_style_layer.ts"),
      ...all(`${MAPLIBRE}webgl/draw/draw_`, ["heatmap", "hillshade", "color_relief", "fill_extrusion", "custom"], ".ts"),
      ...all(`${MAPLIBRE}webgl/program/`, ["heatmap", "hillshade", "color_relief", "fill_extrusion"], "_program.ts"),
      `${MAPLIBRE}data/bucket/fill_extrusion_bucket.ts`,
      ...shaders(...["heatmap", "heatmap_texture", "hillshade_prepare", "hillshade", "color_relief"].flatMap(both)),
      ...shaders(...["fill_extrusion", "fill_extrusion_pattern"].flatMap(both)),
    ],
  },
  {
    because: "no line has a gradient or a pattern, the ground has none, and no symbol has pictures within its text",
    modules: shaders(...["line_gradient", "line_gradient_sdf", "line_pattern", "background_pattern", "symbol_text_and_icon"].flatMap(both)),
  },
  {
    because: "there is no sprite: pictures are drawn here",
    modules: [`${MAPLIBRE}style/load_sprite.ts`],
  },
  {
    because: "the sources are vector, geojson and raster",
    modules: [
      ...all(`${MAPLIBRE}source/`, ["video", "image", "canvas"], "_source.ts"),
      ...all(`${MAPLIBRE}source/raster_dem_tile_`, ["source", "worker_source"], ".ts"),
      `${MAPLIBRE}tile/tile_manager_raster_dem.ts`,
    ],
  },
  {
    because: "a geojson source holds a few tasks; nothing is clustered here",
    modules: ["@maplibre/geojson-vt/src/cluster-tile-index.ts"],
  },
  {
    because: "tiles are Mapbox vector tiles; this reads another format",
    modules: [`${MAPLIBRE}source/vector_tile_mlt.ts`],
  },
  {
    because: "the city lies flat: Mercator, no globe, no pitch (maxPitch 0), no elevation, no sky",
    modules: [
      ...all(`${MAPLIBRE}geo/projection/`, ["globe_projection", "globe_transform", "globe_camera_helper"], ".ts"),
      ...all(`${MAPLIBRE}geo/projection/vertical_perspective_`, ["projection", "transform", "camera_helper"], ".ts"),
      `${MAPLIBRE}render/terrain.ts`,
      `${MAPLIBRE}webgl/render_to_texture.ts`,
      `${MAPLIBRE}webgl/draw/draw_terrain.ts`,
      `${MAPLIBRE}webgl/program/sky_program.ts`,
      ...shaders("_projection_globe.vertex", "depth.vertex"),
      ...shaders(...["projection_error_measurement", "terrain", "terrain_depth", "terrain_coords", "sky", "atmosphere"].flatMap(both)),
    ],
  },
  {
    because: "nobody switches on MapLibre's own pictures of tile edges and collisions",
    modules: [
      ...all(`${MAPLIBRE}webgl/draw/draw_`, ["debug", "collision_debug"], ".ts"),
      ...all(`${MAPLIBRE}webgl/program/`, ["debug", "collision"], "_program.ts"),
      ...shaders(...["debug", "collision_box", "collision_circle"].flatMap(both)),
    ],
  },
  {
    because: "attribution, logo and the address are the app's own",
    modules: [...all(`${MAPLIBRE}ui/control/`, ["attribution", "logo"], "_control.ts"), `${MAPLIBRE}ui/hash.ts`],
  },
  {
    because: "a style is changed property by property, never replaced",
    modules: [`${SPEC}diff.ts`],
  },
  {
    because: "the style is written in expressions; these are the functions of before",
    modules: [`${SPEC}function/index.ts`],
  },
  {
    because: "no expression measures; the index does. None takes texts or lists apart, formats, or names a value",
    modules: all(
      `${SPEC}expression/definitions/`,
      ["distance", "within", "collator", "index_of", "number_format", "slice", "at", "length", "format", "let", "var", "global_state"],
      ".ts",
    ),
  },
  {
    because: "what lies under a finger the index says, not the picture",
    modules: [`${MAPLIBRE}source/query_features.ts`, `${MAPLIBRE}util/intersection_tests.ts`],
  },
  {
    because: "the data of a geojson source is replaced, never patched",
    modules: [`${MAPLIBRE}source/geojson_source_diff.ts`, "@maplibre/geojson-vt/src/difference.ts"],
  },
];

/** Replaced by a module of ours: what is asked for all the time cannot throw, and one writer of tiles is enough. */
export const REPLACE = {
  [`${MAPLIBRE}webgl/draw/draw_sky.ts`]: "js/no-sky.ts",
  [`${MAPLIBRE}style/light.ts`]: "js/flat.ts",
  [`${MAPLIBRE}style/sky.ts`]: "js/flat.ts",
  [`${MAPLIBRE}render/subdivision.ts`]: "js/whole-shapes.ts",
  [`${MAPLIBRE}ui/handler/cooperative_gestures.ts`]: "js/free-gestures.ts",
  [`${MAPLIBRE}ui/default_locale.ts`]: "js/map-words.ts",
  "@maplibre/vt-pbf/node_modules/pbf/index.js": "js/one-pbf.ts",
};

/** The same in a release only: whoever works on the style is told what is wrong with it. */
export const REPLACE_IN_RELEASE = {
  [`${SPEC}validate_style.min.ts`]: "js/validates-nothing.ts",
  [`${SPEC}expression/types/parse_css_color.ts`]: "js/hex-colours.ts",
};

/** The parts of the specification's reference that MapLibre looks things up in. */
export const REFERENCE = `${SPEC}reference/v8.json`;
const LOOKED_UP = /^(\$version|\$root|light|sky|projection|(layout|paint)_(background|fill|line|circle|symbol|raster))$/;
const PROSE = new Set(["doc", "example", "sdk-support", "units", "requires"]);

/** The reference without what is said to people, and without what only a validator reads. */
export function withoutProse(reference) {
  const plain = (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (PROSE.has(key) ? [] : [[key, plain(part)]])));
  };
  return plain(Object.fromEntries(Object.entries(reference).filter(([key]) => LOOKED_UP.test(key))));
}
