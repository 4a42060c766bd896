// MapLibre GL JS as far as the app speaks to it (src/map/js/maplibre.rs), as the global `maplibregl`.
// What it is built without: leave-out.mjs.
import {Map} from "maplibre-gl/src/ui/map";
import {addProtocol, removeProtocol} from "maplibre-gl/src/source/protocol_crud";
import {config} from "maplibre-gl/src/util/config";
import Worker from "maplibre-gl/src/source/worker";

export {Map, addProtocol, removeProtocol};

// MapLibre's workers run this same file: most of it is wanted in both places, and a script of the
// page's own origin needs no `blob:` in the policy.
if (typeof document === "undefined") {
  // Where MapLibre's own bundle has it.
  (self as any).worker = new Worker(self as any);
} else {
  config.WORKER_URL = (document.currentScript as HTMLScriptElement).src;
}
