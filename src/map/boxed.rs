//! A box that a mouse draws on the map: pressed at one corner, let go at the other.

use super::handle::MapHandle;
use super::js::{Listener, MouseEvent, get, to_js};
use super::style::SKETCH;
use mendmap_core::geodesy::{Bbox, LonLat};
use serde_json::json;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// A mouse that is pressed trembles so much, in pixels, without drawing anything.
const TREMBLE_PX: f64 = 6.0;

/// Hears boxes for as long as it lives.
pub struct Boxing {
    _listeners: Vec<Listener>,
}

/// What a mouse has drawn so far.
#[derive(Default)]
struct Drag {
    /// Where it was pressed: the pixel, and the place.
    from: Cell<Option<([f64; 2], LonLat)>>,
    /// The box that it would be now; none as long as the mouse only trembles.
    bbox: Cell<Option<Bbox>>,
}

impl MapHandle {
    /// Says each box that is drawn with the mouse, wherever `is_wanted` says that one may be; it is told
    /// whether Shift is held. Elsewhere a pressed mouse moves the map as ever.
    #[inline(never)]
    pub fn hear_boxes(
        &self,
        is_wanted: Rc<dyn Fn(bool) -> bool>,
        on_box: Rc<dyn Fn(Bbox)>,
    ) -> Boxing {
        let drag = Rc::new(Drag::default());
        let map = &self.0.map;
        let pressed = {
            let drag = drag.clone();
            move |e: MouseEvent| {
                let mouse = get(e.as_ref(), "originalEvent");
                let is_first = get(&mouse, "button").as_f64() == Some(0.0);
                let has_shift = get(&mouse, "shiftKey").is_truthy();
                if is_first && is_wanted(has_shift) {
                    // The map stays where it is.
                    e.prevent_default();
                    drag.from.set(Some((pixel(&e), place(&e))));
                }
            }
        };
        let moved = {
            let (drag, inner) = (drag.clone(), Rc::downgrade(&self.0));
            move |e: MouseEvent| {
                let Some(([x, y], from)) = drag.from.get() else {
                    return;
                };
                let [to_x, to_y] = pixel(&e);
                let is_box = drag.bbox.get().is_some() || (to_x - x).hypot(to_y - y) > TREMBLE_PX;
                let bbox = Bbox::from(from).with(place(&e));
                if let (true, Some(inner)) = (is_box, inner.upgrade()) {
                    drag.bbox.set(Some(bbox));
                    inner.set_data(SKETCH, &to_js(&picture(bbox)));
                }
            }
        };
        // Also beside the map.
        let let_go = move |_: JsValue| {
            drag.from.set(None);
            if let Some(bbox) = drag.bbox.take() {
                on_box(bbox);
            }
        };
        let mut listeners = vec![
            Listener::map(map, "mousedown", pressed),
            Listener::map(map, "mousemove", moved),
        ];
        if let Some(window) = web_sys::window() {
            listeners.push(Listener::dom(&window, "mouseup", let_go));
        }
        Boxing {
            _listeners: listeners,
        }
    }
}

fn pixel(e: &MouseEvent) -> [f64; 2] {
    [e.point().x(), e.point().y()]
}

fn place(e: &MouseEvent) -> LonLat {
    LonLat::new(e.at().lng(), e.at().lat())
}

/// A box as an area that is drawn.
fn picture(bbox: Bbox) -> serde_json::Value {
    let corners = bbox.corners().into_iter().chain([bbox.south_west()]);
    let ring: Vec<_> = corners.map(|at| [at.lon, at.lat]).collect();
    json!({
        "type": "Feature",
        "properties": { "end": false },
        "geometry": { "type": "Polygon", "coordinates": [ring] },
    })
}
