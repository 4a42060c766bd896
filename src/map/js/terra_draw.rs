//! terra-draw and its adapter to MapLibre, the global `terraDraw`, which
//! js/terra-draw.mjs puts together. It may not have been loaded yet: making
//! anything of it can fail.

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What draws.
    #[wasm_bindgen(js_namespace = terraDraw)]
    #[derive(Debug, Clone)]
    pub(crate) type TerraDraw;
    #[wasm_bindgen(catch, constructor, js_namespace = terraDraw)]
    pub(crate) fn new(options: &Object) -> Result<TerraDraw, JsValue>;
    #[wasm_bindgen(catch, method)]
    pub(crate) fn start(this: &TerraDraw) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method)]
    pub(crate) fn stop(this: &TerraDraw) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method, js_name = setMode)]
    pub(crate) fn set_mode(this: &TerraDraw, mode: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method, js_name = getSnapshot)]
    pub(crate) fn snapshot(this: &TerraDraw) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, method, js_name = removeFeatures)]
    pub(crate) fn remove_features(this: &TerraDraw, ids: &Array) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, method)]
    pub(crate) fn undo(this: &TerraDraw) -> Result<bool, JsValue>;
    #[wasm_bindgen(method)]
    pub(crate) fn on(this: &TerraDraw, event: &str, listener: &Function);
    #[wasm_bindgen(method)]
    pub(crate) fn off(this: &TerraDraw, event: &str, listener: &Function);

    /// Lets the last vertex be taken back.
    #[wasm_bindgen(js_namespace = terraDraw, js_name = TerraDrawModeUndoRedo)]
    pub(crate) type ModeUndo;
    #[wasm_bindgen(catch, constructor, js_namespace = terraDraw, js_class = "TerraDrawModeUndoRedo")]
    pub(crate) fn new() -> Result<ModeUndo, JsValue>;

    /// Draws a point.
    #[wasm_bindgen(js_namespace = terraDraw, js_name = TerraDrawPointMode)]
    pub(crate) type PointMode;
    #[wasm_bindgen(catch, constructor, js_namespace = terraDraw, js_class = "TerraDrawPointMode")]
    pub(crate) fn new(options: &JsValue) -> Result<PointMode, JsValue>;

    /// Draws a line.
    #[wasm_bindgen(js_namespace = terraDraw, js_name = TerraDrawLineStringMode)]
    pub(crate) type LineMode;
    #[wasm_bindgen(catch, constructor, js_namespace = terraDraw, js_class = "TerraDrawLineStringMode")]
    pub(crate) fn new(options: &JsValue) -> Result<LineMode, JsValue>;

    /// Draws an area.
    #[wasm_bindgen(js_namespace = terraDraw, js_name = TerraDrawPolygonMode)]
    pub(crate) type PolygonMode;
    #[wasm_bindgen(catch, constructor, js_namespace = terraDraw, js_class = "TerraDrawPolygonMode")]
    pub(crate) fn new(options: &JsValue) -> Result<PolygonMode, JsValue>;

    /// Joins it to the map.
    #[wasm_bindgen(js_namespace = terraDraw, js_name = TerraDrawMapLibreGLAdapter)]
    pub(crate) type Adapter;
    #[wasm_bindgen(catch, constructor, js_namespace = terraDraw, js_class = "TerraDrawMapLibreGLAdapter")]
    pub(crate) fn new(options: &Object) -> Result<Adapter, JsValue>;
}
