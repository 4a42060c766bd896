// MapLibre GL JS as far as the app speaks to it (src/map/js/maplibre.rs), as the global `maplibregl`.
// What it is built without: leave-out.mjs.
import {Map} from "maplibre-gl/src/ui/map";
import {addProtocol, removeProtocol} from "maplibre-gl/src/source/protocol_crud";
import {config} from "maplibre-gl/src/util/config";
import Worker from "maplibre-gl/src/source/worker";
import {TileManager} from "maplibre-gl/src/tile/tile_manager";
import {VertexBuffer} from "maplibre-gl/src/webgl/vertex_buffer";

export {Map, addProtocol, removeProtocol};

// MapLibre's workers run this same file: most of it is wanted in both places, and a script of the
// page's own origin needs no `blob:` in the policy.
if (typeof document === "undefined") {
  // Where MapLibre's own bundle has it.
  (self as any).worker = new Worker(self as any);
} else {
  config.WORKER_URL = (document.currentScript as HTMLScriptElement).src;
}

// A tile that came while others covered it has the buffers of its symbols made before anybody
// placed them: with nothing in them. MapLibre throws once they are placed, in every frame from
// then on; here they grow instead.
const {updateData} = VertexBuffer.prototype;
VertexBuffer.prototype.updateData = function (array) {
  if (array.length === this.length) return updateData.call(this, array);
  const {gl} = this.context;
  this.length = array.length;
  this.bind();
  gl.bufferData(gl.ARRAY_BUFFER, array.arrayBuffer, gl.DYNAMIC_DRAW);
};

// Tiles that are to be asked for anew are, whatever happens to the style at the same time. A change
// of style pauses a source, and what is wanted of it meanwhile comes to no more than drawing the same
// tiles again; and a tile's state is looked at after a pause in which another wish can replace it.
// What has changed in the tiles was then never seen.
const {_reloadTile, reload, resume} = TileManager.prototype;
TileManager.prototype._reloadTile = function (id, state) {
  const isExpired = this._inViewTiles.getTileById(id)?.state === "expired";
  return _reloadTile.call(this, id, isExpired ? "expired" : state);
};
TileManager.prototype.reload = function (isChanged, options) {
  if (this._paused && isChanged) this.changedWhilePaused = true;
  return reload.call(this, isChanged, options);
};
TileManager.prototype.resume = function () {
  resume.call(this);
  const isChanged = this.changedWhilePaused;
  this.changedWhilePaused = false;
  if (isChanged) this.reload(true);
};
