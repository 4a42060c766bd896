//! The map behind its handle.

use super::camera::{self, Padding};
use super::controls::Chrome;
use super::draw::Drawing;
use super::event::{Fix, LocateError, MapEvent};
use super::image::image;
use super::js::{Listener, Map, get, set, to_js, turn};
use super::locate::{self, Watch};
use super::painter::Painter;
use super::protocol::Protocol;
use super::redraw::{Coming, Redraw};
use super::style::{self, CITY, Change, Look, ME, Theme};
use super::view::View;
use leptos::prelude::*;
use mendmap_core::catalog::{Catalog, LayerId};
use mendmap_core::city::TileId;
use mendmap_core::geodesy::LonLat;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// All that one map is made of.
pub(super) struct Inner {
    pub(super) map: Map,
    pub(super) catalog: Catalog,
    pub(super) base: Option<String>,
    pub(super) shown: RefCell<Shown>,
    pub(super) images: RefCell<BTreeSet<String>>,
    pub(super) painter: Painter,
    /// Device pixels to a CSS pixel that images are drawn in.
    pub(super) ratio: f64,
    /// Counts the times all images were drawn anew.
    pub(super) repaints: Cell<u32>,
    /// Tiles on their way, and those of them that are to be asked for anew.
    pub(super) coming: Rc<RefCell<Coming>>,
    /// How often in a row tiles failed and were asked for anew.
    pub(super) retried: Cell<u8>,
    pub(super) chrome: Chrome,
    pub(super) padding: Cell<Padding>,
    pub(super) drawing: RefCell<Option<Drawing>>,
    pub(super) watch: RefCell<Option<Watch>>,
    pub(super) fix: Cell<Option<Fix>>,
    pub(super) emit: Rc<dyn Fn(MapEvent)>,
    pub(super) listeners: RefCell<Vec<Listener>>,
    pub(super) protocols: RefCell<Vec<Protocol>>,
}

/// What the style was last made of.
pub(super) struct Shown {
    pub(super) theme: Theme,
    pub(super) zh: bool,
    pub(super) visible: Vec<LayerId>,
    pub(super) completion: bool,
    pub(super) layers: Vec<Value>,
}

impl Inner {
    /// The style layers as they should be now.
    fn layers(&self) -> Vec<Value> {
        let shown = self.shown.borrow();
        style::layers(&Look {
            catalog: &self.catalog,
            theme: shown.theme,
            visible: &shown.visible,
            completion: shown.completion,
            base: self.base.as_deref(),
        })
    }

    pub(super) fn restyle(&self) {
        let layers = self.layers();
        let changes = style::diff(&self.shown.borrow().layers, &layers);
        let options = to_js(&json!({ "validate": false }));
        for change in changes {
            // Fails where the style is not there yet or no longer.
            let _ = match change {
                Change::Paint { layer, name, value } => {
                    self.map.set_paint(&layer, &name, &to_js(&value), &options)
                }
                Change::Layout { layer, name, value } => {
                    self.map.set_layout(&layer, &name, &to_js(&value), &options)
                }
            };
        }
        self.shown.borrow_mut().layers = layers;
    }

    /// Draws an image the style asks for.
    pub(super) fn draw_image(&self, name: &str) {
        let shown = self.shown.borrow();
        let Some(image) = image(name, &self.catalog, shown.theme, shown.zh) else {
            return;
        };
        if let Ok(pixels) = self.painter.paint(&image, self.ratio) {
            let options = js_sys::Object::new();
            set(&options, "pixelRatio", &JsValue::from_f64(self.ratio));
            if self.map.add_image(name, &pixels, &options).is_ok() {
                self.images.borrow_mut().insert(name.to_owned());
            }
        }
    }

    /// Draws all images anew in today's colours and language, a few at a time.
    pub(super) fn repaint(self: &Rc<Self>) {
        let run = self.repaints.get().wrapping_add(1);
        self.repaints.set(run);
        let names: Vec<String> = self.images.borrow().iter().cloned().collect();
        let inner = Rc::downgrade(self);
        spawn_local(async move {
            for some in names.chunks(REPAINT_AT_A_TIME) {
                // Another change of theme, or the end of the map, ends this one.
                let Some(inner) = inner.upgrade().filter(|i| i.repaints.get() == run) else {
                    return;
                };
                for name in some {
                    inner.repaint_image(name);
                }
                drop(inner);
                turn().await;
            }
        });
    }

    fn repaint_image(&self, name: &str) {
        let shown = self.shown.borrow();
        if let Some(image) = image(name, &self.catalog, shown.theme, shown.zh)
            && let Ok(pixels) = self.painter.paint(&image, self.ratio)
        {
            let _ = self.map.update_image(name, &pixels);
        }
    }

    /// Asks anew for stale tiles of the city, for those on their way once they have come.
    pub(super) fn refresh(&self, stale: Redraw) {
        let now = self.coming.borrow_mut().changed(stale);
        self.ask_again(&now);
    }

    /// MapLibre begins to load a tile.
    pub(super) fn loads(&self, event: &JsValue) {
        if let Some(tile) = city_tile(event) {
            self.coming.borrow_mut().asked(tile);
        }
    }

    /// A tile is drawn.
    pub(super) fn loaded(&self, event: &JsValue) {
        if let Some(tile) = city_tile(event) {
            let now = self.coming.borrow_mut().came(tile);
            self.ask_again(&now);
        }
    }

    /// All tiles have come, and are drawn.
    pub(super) fn idles(&self) {
        let now = self.coming.borrow_mut().rested();
        if now.is_empty() {
            self.retried.set(0);
        }
        self.ask_again(&now);
    }

    fn ask_again(&self, tiles: &[TileId]) {
        if !tiles.is_empty() {
            // Fails where the style is not there yet: its first tiles are then new anyway.
            let _ = self.map.refresh_tiles(CITY, &to_js(&json!(tiles)));
        }
    }

    /// MapLibre says that something failed. Without a listener it prints the error;
    /// one that crossed a worker prints without its words.
    ///
    /// A tile of the city can fail for no fault of its own: MapLibre at times reparses a
    /// tile that its worker has just let go of. It is asked for anew, a few times.
    pub(super) fn failed(&self, event: &JsValue) {
        let error = get(event, "error");
        let [name, message] = ["name", "message"].map(|key| get(&error, key).as_string());
        if name.as_deref() == Some("AbortError") {
            return; // taken back: nobody waits for it
        }
        let said = message.map_or(error, JsValue::from);
        let retried = self.retried.get();
        if get(event, "sourceId").as_string().as_deref() == Some(CITY) && retried < RETRIES {
            self.retried.set(retried + 1);
            self.coming.borrow_mut().failed();
            web_sys::console::warn_2(&"a tile is asked for again:".into(), &said);
        } else {
            web_sys::console::error_1(&said);
        }
    }

    pub(super) fn set_data(&self, source: &str, data: &JsValue) {
        if let Some(source) = self.map.geojson_source(source) {
            source.set_data(data);
        }
    }

    /// The middle of what is free of the map, in pixels.
    pub(super) fn middle(&self) -> [f64; 2] {
        let [width, height] = camera::size(&self.map);
        self.padding.get().middle(width, height)
    }

    /// A place was tapped, or Enter was pressed over the crosshair.
    pub(super) fn tapped(&self, at: LonLat) {
        if self.drawn_at(at) {
            return;
        }
        let metres_per_px = View {
            center: at,
            zoom: self.map.zoom(),
        }
        .metres_per_px();
        (self.emit)(MapEvent::Tapped { at, metres_per_px });
    }

    /// A finger rests on a place, or the other button of a mouse was pressed there.
    pub(super) fn rested(&self, at: LonLat, by_finger: bool) {
        match self.draws() {
            true if by_finger => self.rested_at(at),
            true => {}
            false => (self.emit)(MapEvent::LongPressed { at }),
        }
    }

    /// Enter was pressed on the map: a corner where something is drawn, else a tap.
    pub(super) fn enter(&self) {
        let at = camera::place(&self.map, self.middle());
        match self.drawing.borrow().is_some() {
            true => (self.emit)(MapEvent::Cornered { at }),
            false => self.tapped(at),
        }
    }

    pub(super) fn locate(self: &Rc<Self>) {
        if let Some(fix) = self.fix.get() {
            // Asked again: show where.
            let zoom = self.map.zoom().max(16.0);
            camera::fly_to(&self.map, fix.at, Some(zoom), self.padding.get());
        }
        if self.watch.borrow().is_some() {
            return;
        }
        let inner = Rc::downgrade(self);
        let watch = Watch::start(move |result| {
            if let Some(inner) = inner.upgrade() {
                inner.heard(result);
            }
        });
        match watch {
            Ok(watch) => {
                *self.watch.borrow_mut() = Some(watch);
                self.chrome.locating.set(true);
            }
            Err(e) => (self.emit)(MapEvent::LocateFailed(e)),
        }
    }

    fn heard(&self, result: Result<Fix, LocateError>) {
        match result {
            Ok(fix) => {
                let first = self.fix.replace(Some(fix)).is_none();
                self.set_data(ME, &to_js(&locate::picture(&fix)));
                if first {
                    let zoom = if fix.is_rough() { 14.0 } else { 16.0 };
                    camera::fly_to(
                        &self.map,
                        fix.at,
                        Some(self.map.zoom().max(zoom)),
                        self.padding.get(),
                    );
                }
                (self.emit)(MapEvent::Located(fix));
            }
            Err(e) => {
                if e == LocateError::Denied {
                    self.watch.take();
                    self.chrome.locating.set(false);
                }
                (self.emit)(MapEvent::LocateFailed(e));
            }
        }
    }
}

/// The tile of the city that an event is about.
fn city_tile(event: &JsValue) -> Option<TileId> {
    let coord = get(event, "coord");
    if coord.is_undefined() || get(event, "sourceId").as_string().as_deref() != Some(CITY) {
        return None;
    }
    let id = get(&coord, "canonical");
    let [z, x, y] = ["z", "x", "y"].map(|name| get(&id, name).as_f64());
    Some(TileId {
        z: z? as u8,
        x: x? as u32,
        y: y? as u32,
    })
}

/// How often in a row failed tiles are asked for anew.
const RETRIES: u8 = 3;

/// How many images are drawn anew before others have their turn.
const REPAINT_AT_A_TIME: usize = 12;

/// Device pixels to a CSS pixel, at least two so that small symbols stay sharp.
pub(super) fn ratio() -> f64 {
    web_sys::window().map_or(2.0, |w| w.device_pixel_ratio().ceil().clamp(2.0, 4.0))
}
