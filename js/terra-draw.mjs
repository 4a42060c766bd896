// terra-draw and its adapter to MapLibre as far as the app speaks to them (src/map/js/terra_draw.rs),
// as the global `terraDraw`.
export {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
} from "terra-draw";
export { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
