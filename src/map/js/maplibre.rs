//! MapLibre GL JS, the global `maplibregl`, which js/maplibre-gl.ts puts together.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ImageData};

#[wasm_bindgen]
extern "C" {
    /// The map.
    #[wasm_bindgen(js_namespace = maplibregl)]
    #[derive(Debug, Clone)]
    pub(crate) type Map;

    #[wasm_bindgen(catch, constructor, js_namespace = maplibregl)]
    pub(crate) fn new(options: &Object) -> Result<Map, JsValue>;

    #[wasm_bindgen(method)]
    pub(crate) fn on(this: &Map, event: &str, listener: &Function);
    #[wasm_bindgen(method)]
    pub(crate) fn off(this: &Map, event: &str, listener: &Function);
    #[wasm_bindgen(method)]
    pub(crate) fn remove(this: &Map);

    #[wasm_bindgen(method)]
    pub(crate) fn redraw(this: &Map);
    #[wasm_bindgen(method, js_name = getCanvas)]
    pub(crate) fn canvas(this: &Map) -> HtmlCanvasElement;
    #[wasm_bindgen(method, js_name = getCenter)]
    pub(crate) fn center(this: &Map) -> LngLat;
    #[wasm_bindgen(method, js_name = getZoom)]
    pub(crate) fn zoom(this: &Map) -> f64;
    #[wasm_bindgen(method, js_name = getBounds)]
    pub(crate) fn bounds(this: &Map) -> LngLatBounds;
    #[wasm_bindgen(method)]
    pub(crate) fn project(this: &Map, at: &JsValue) -> Point;
    #[wasm_bindgen(method)]
    pub(crate) fn unproject(this: &Map, at: &JsValue) -> LngLat;

    #[wasm_bindgen(method, js_name = jumpTo)]
    pub(crate) fn jump_to(this: &Map, options: &JsValue);
    #[wasm_bindgen(method, js_name = easeTo)]
    pub(crate) fn ease_to(this: &Map, options: &JsValue);
    #[wasm_bindgen(method, js_name = flyTo)]
    pub(crate) fn fly_to(this: &Map, options: &JsValue);
    #[wasm_bindgen(method, js_name = fitBounds)]
    pub(crate) fn fit_bounds(this: &Map, bounds: &JsValue, options: &JsValue);

    #[wasm_bindgen(catch, method, js_name = setPaintProperty)]
    pub(crate) fn set_paint(
        this: &Map,
        layer: &str,
        name: &str,
        value: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, method, js_name = setLayoutProperty)]
    pub(crate) fn set_layout(
        this: &Map,
        layer: &str,
        name: &str,
        value: &JsValue,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, js_name = getSource)]
    pub(crate) fn geojson_source(this: &Map, id: &str) -> Option<GeoJsonSource>;
    #[wasm_bindgen(catch, method, js_name = refreshTiles)]
    pub(crate) fn refresh_tiles(this: &Map, source: &str, tiles: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = hasImage)]
    pub(crate) fn has_image(this: &Map, id: &str) -> bool;
    #[wasm_bindgen(catch, method, js_name = addImage)]
    pub(crate) fn add_image(
        this: &Map,
        id: &str,
        image: &ImageData,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, method, js_name = updateImage)]
    pub(crate) fn update_image(this: &Map, id: &str, image: &ImageData)
    -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, js_name = touchZoomRotate)]
    pub(crate) fn touch_zoom_rotate(this: &Map) -> Rotating;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn keyboard(this: &Map) -> Rotating;

    #[wasm_bindgen(method, getter, js_name = doubleClickZoom)]
    pub(crate) fn double_click_zoom(this: &Map) -> Zooming;

    /// The zoom by two quick taps.
    pub(crate) type Zooming;
    #[wasm_bindgen(method)]
    pub(crate) fn enable(this: &Zooming);
    #[wasm_bindgen(method)]
    pub(crate) fn disable(this: &Zooming);

    /// A gesture handler that can be kept from turning the map.
    pub(crate) type Rotating;
    #[wasm_bindgen(method, js_name = disableRotation)]
    pub(crate) fn disable_rotation(this: &Rotating);

    /// A source whose data we set.
    pub(crate) type GeoJsonSource;
    #[wasm_bindgen(method, js_name = setData)]
    pub(crate) fn set_data(this: &GeoJsonSource, data: &JsValue);

    /// A place.
    pub(crate) type LngLat;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn lng(this: &LngLat) -> f64;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn lat(this: &LngLat) -> f64;

    /// A box.
    pub(crate) type LngLatBounds;
    #[wasm_bindgen(method, js_name = getWest)]
    pub(crate) fn west(this: &LngLatBounds) -> f64;
    #[wasm_bindgen(method, js_name = getSouth)]
    pub(crate) fn south(this: &LngLatBounds) -> f64;
    #[wasm_bindgen(method, js_name = getEast)]
    pub(crate) fn east(this: &LngLatBounds) -> f64;
    #[wasm_bindgen(method, js_name = getNorth)]
    pub(crate) fn north(this: &LngLatBounds) -> f64;

    /// A pixel.
    pub(crate) type Point;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn x(this: &Point) -> f64;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn y(this: &Point) -> f64;

    /// A mouse or touch event of the map.
    pub(crate) type MouseEvent;
    #[wasm_bindgen(method, getter, js_name = lngLat)]
    pub(crate) fn at(this: &MouseEvent) -> LngLat;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn point(this: &MouseEvent) -> Point;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn points(this: &MouseEvent) -> js_sys::Array;
    #[wasm_bindgen(method, js_name = preventDefault)]
    pub(crate) fn prevent_default(this: &MouseEvent);
    #[wasm_bindgen(method, getter, js_name = originalEvent)]
    pub(crate) fn original(this: &MouseEvent) -> web_sys::Event;

    #[wasm_bindgen(js_namespace = maplibregl, js_name = addProtocol)]
    pub(crate) fn add_protocol(name: &str, load: &Function);
    #[wasm_bindgen(js_namespace = maplibregl, js_name = removeProtocol)]
    pub(crate) fn remove_protocol(name: &str);
}
