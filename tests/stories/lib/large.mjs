// The city with a layer far larger than its own.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serve } from "../../../xtask/node/serve.mjs";
import { catalog } from "../pages/words.mjs";
import { many } from "./many.mjs";

/** What the layer is called. */
export const LAYER = { zh: "普查点位", en: "Survey" };
const PIECE = 200_000;

/**
 * Serves a copy of dist/ whose city has one layer more, the last to be loaded, with `count` features. It comes at
 * `speed` bytes a millisecond, else as fast as it can; its points are of the kind `point`, else of one of their own.
 */
export async function cityWithMany(count, { speed = Infinity, point = "street-thing" } = {}) {
  const root = mkdtempSync(join(tmpdir(), "mendmap-"));
  cpSync("dist", root, { recursive: true });
  const kind = (id, code, geometry, zh, en) => ({ id, code: { class: code, local: true }, geometry, label: { zh, en }, symbol: "pin", colour: { light: "#1f3f8f", dark: "#8ab4f8" }, priority: 1 });
  const large = structuredClone(catalog);
  large.asset_kinds.push(kind("street-thing", "9051", "point", "沿街设施", "Street fixture"), kind("street-edge", "9052", "line", "路缘", "Kerb"), kind("street-bed", "9053", "polygon", "绿化带", "Planting"));
  large.layers.push({ id: "very-many", label: LAYER, file: "very-many.geojson", kinds: [point, "street-edge", "street-bed"], min_zoom: 14 });
  writeFileSync(join(root, "city", "catalog.json"), JSON.stringify(large));
  const pieces = many(count, catalog.city.bounds, { point, line: "street-edge", area: "street-bed" });
  const bytes = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
  const { address, server } = await serve(root, "127.0.0.1", 0);
  const [answer] = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", async (request, response) => {
    if (!request.url.endsWith("/very-many.geojson")) return answer(request, response);
    response.writeHead(200, { "Content-Type": "application/geo+json", "Content-Length": bytes.length });
    for (let at = 0; at < bytes.length && !response.destroyed; at += PIECE) {
      const isTaken = response.write(bytes.subarray(at, at + PIECE));
      if (speed < Infinity) await pause(PIECE / speed);
      // A page that is left takes nothing more.
      else if (!isTaken) await new Promise((drained) => response.once("drain", drained).once("close", drained));
    }
    response.end();
  });
  return {
    address: `${address}/`,
    bytes,
    stop() {
      server.closeAllConnections();
      server.close();
      rmSync(root, { recursive: true });
    },
  };
}
