// A page with a map, which shows a file's assets by the one way or by the other.

const LAYERS = (source, kind) => {
  const is = (type) => ["==", ["geometry-type"], type];
  const from = { source, ...(source === "ours" && { "source-layer": "assets" }) };
  return [
    { id: "areas", type: "fill", ...from, filter: is("Polygon"), paint: { "fill-color": "#9b8" } },
    { id: "lines", type: "line", ...from, filter: is("LineString"), paint: { "line-color": "#58c" } },
    // In our tiles an area's name stands on a point of its own.
    { id: "points", type: "circle", ...from, filter: ["all", is("Point"), ["!=", ["get", kind], "yard"]], paint: { "circle-radius": 2, "circle-color": "#136" } },
  ];
};

/** A map that shows nothing yet. */
async function empty(center, zoom) {
  const map = new maplibregl.Map({ container: "map", style: { version: 8, sources: {}, layers: [] }, center, zoom, interactive: false, fadeDuration: 0 });
  await map.once("load");
  return map;
}

/** As the app does it: tiles from the worker, asked for by a protocol. All are marked, so that none is left out. */
async function ours(map, url) {
  maplibregl.addProtocol("ours", async ({ url }) => {
    const id = url.split("://")[1].split("/").map(Number);
    const tile = await bench.ask("ours", "tile", id);
    return { data: tile.buffer };
  });
  await bench.ask("ours", "load", [{ layer: "assets", url }]);
  await bench.ask("ours", "markAll");
  map.addSource("ours", { type: "vector", tiles: ["ours://{z}/{x}/{y}"], minzoom: 0, maxzoom: 16 });
}

async function peers(map, url) {
  map.addSource("peers", { type: "geojson", data: url, promoteId: "ObjID", tolerance: 0, maxzoom: 16 });
}

/** How long it takes from a file's bytes to a map that shows all of it that is in view, and what that is. */
async function view({ side, url, center, zoom }) {
  const map = await empty(center, zoom);
  if (side === "ours") {
    bench.start("ours");
    await bench.ask("ours", "start", { wasm: "bench.wasm" });
  }
  const bytes = URL.createObjectURL(await (await fetch(url)).blob());
  const tasks = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  watch.observe({ type: "longtask" });
  const began = performance.now();
  await { ours, peers }[side](map, bytes);
  for (const layer of LAYERS(side, side === "ours" ? "k" : "kind")) map.addLayer(layer);
  const shown = () => map.isSourceLoaded(side) && map.areTilesLoaded();
  do await map.once("idle");
  while (!shown());
  const ms = performance.now() - began;
  watch.disconnect();
  const counted = (layer) => new Set(map.queryRenderedFeatures({ layers: [layer] }).map(({ id }) => id)).size;
  return { ms, longest: Math.max(0, ...tasks), counts: ["points", "lines", "areas"].map(counted) };
}

globalThis.view = view;
