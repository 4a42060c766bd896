//! What the page may ask of the map.

use super::camera::{self, Padding};
use super::draw::Drawing;
use super::inner::Inner;
use super::redraw::Redraw;
use super::style::{ME, SELECTION, SHARES, TASKS, Theme};
use super::view::View;
use leptos::prelude::*;
use mendmap_core::catalog::{AssetKindId, LayerId, PlaceType};
use mendmap_core::geodesy::{Bbox, LonLat};
use mendmap_core::task::Mark;
use serde_json::json;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// As much of the map's lower edge as a low sheet covers, in CSS pixels.
const LOW_SHEET_PX: f64 = 80.0;

/// A hold on the map. Cheap to clone; all clones hold the same map.
#[derive(Clone)]
pub struct MapHandle(pub(super) Rc<Inner>);

impl MapHandle {
    pub(super) fn new(inner: Inner) -> Self {
        MapHandle(Rc::new(inner))
    }

    pub(super) fn hold(inner: Rc<Inner>) -> Self {
        MapHandle(inner)
    }

    pub(super) fn inner(&self) -> &Rc<Inner> {
        &self.0
    }

    /// Wears another set of colours.
    pub fn set_theme(&self, theme: Theme) {
        if self.0.shown.borrow().theme == theme {
            return;
        }
        self.0.shown.borrow_mut().theme = theme;
        self.0.restyle();
        self.0.repaint();
    }

    /// Speaks Chinese, or English.
    pub fn set_language(&self, zh: bool) {
        self.0.chrome.zh.set(zh);
        if self.0.shown.borrow().zh == zh {
            return;
        }
        self.0.shown.borrow_mut().zh = zh;
        self.0.repaint();
    }

    /// Shows these layers and no others.
    pub fn set_visible(&self, layers: &[LayerId]) {
        self.0.shown.borrow_mut().visible = layers.to_vec();
        self.0.restyle();
    }

    /// While on, marks mean never, open and done, and everything without a mark
    /// steps back.
    pub fn set_completion(&self, on: bool) {
        self.0.shown.borrow_mut().completion = on;
        self.0.restyle();
    }

    /// Looks where a link or an earlier step looked.
    pub fn look(&self, view: View) {
        camera::look(&self.0.map, view);
    }

    /// Brings a place into the middle of what is free of the map.
    pub fn fly_to(&self, at: LonLat, zoom: f64) {
        camera::fly_to(&self.0.map, at, Some(zoom), self.0.padding.get());
    }

    /// Moves only as far as it takes to bring what is covered of some places into sight.
    pub fn reveal(&self, places: &[LonLat]) {
        camera::reveal(&self.0.map, places, self.0.padding.get());
    }

    /// One step closer.
    pub fn zoom_in(&self) {
        camera::zoom_by(&self.0.map, 1.0, self.0.padding.get());
    }

    /// One step further away.
    pub fn zoom_out(&self) {
        camera::zoom_by(&self.0.map, -1.0, self.0.padding.get());
    }

    /// Says how much of the map's edges is covered, such as by a sheet from below.
    /// The map does not move.
    pub fn set_padding(&self, padding: Padding) {
        self.0.padding.set(padding);
        self.0.chrome.padding.set(padding);
    }

    /// Where it looks.
    pub fn view(&self) -> View {
        camera::view(&self.0.map)
    }

    /// What a person sees of it, or would while the sheet is low: who raises the sheet to
    /// read the list of what is in view wants no shorter list.
    pub fn bounds(&self) -> Bbox {
        let padding = self.0.padding.get();
        let bottom = padding.bottom.min(LOW_SHEET_PX);
        camera::bounds(&self.0.map, Padding { bottom, ..padding })
    }

    /// The middle of what a person sees of it: what is under the crosshair.
    pub fn middle(&self) -> LonLat {
        camera::place(&self.0.map, self.0.middle())
    }

    /// Highlights a GeoJSON geometry, or nothing. A point of a kind shows its symbol,
    /// also where others took its room.
    pub fn select(&self, geometry: Option<&str>, symbol: Option<(&AssetKindId, Mark)>) {
        let properties = match symbol {
            Some((kind, mark)) => json!({ "k": kind.0, "s": mark.code() }),
            None => json!({}),
        };
        let feature = geometry
            .map(|g| format!(r#"{{"type":"Feature","properties":{properties},"geometry":{g}}}"#))
            .unwrap_or_default();
        self.light(&feature);
    }

    /// Highlights GeoJSON features, given as text with commas between. Points with a kind `k` and
    /// the code of a mark `s` show their symbols; those that are `bare` have no ring around them.
    pub fn light(&self, features: &str) {
        self.0.set_data(SELECTION, &collection(features));
    }

    /// Shows the open tasks: a GeoJSON FeatureCollection whose features carry `s`,
    /// the code of the mark, and for tasks at an asset `k`, its kind; or `p`, what is said of an
    /// asset: `new`, `gone`, `moved` or `wrong`, and `l`, the layer with which that is shown. What is
    /// not JSON shows no tasks.
    pub fn set_tasks(&self, geojson: &str) {
        let data = js_sys::JSON::parse(geojson).unwrap_or_else(|_| collection(""));
        self.0.set_data(TASKS, &data);
    }

    /// Shows places by the share of a work that is done there, as GeoJSON with the properties `p`, in
    /// percent, and `t`, in words; none where it is empty.
    pub fn set_shares(&self, geojson: &str) {
        let data = js_sys::JSON::parse(geojson).unwrap_or_else(|_| collection(""));
        self.0.set_data(SHARES, &data);
    }

    /// Asks anew for tiles that show what is no longer so.
    pub fn refresh(&self, stale: Redraw) {
        self.0.refresh(stale);
    }

    /// Shows a drawing with the corners it has so far, and hears where more are wanted; or
    /// shows none.
    pub fn draw(&self, drawing: Option<(PlaceType, &[LonLat])>) {
        let drawing = drawing.map(|(shape, corners)| Drawing::new(shape, corners, None));
        self.0.draw(drawing);
    }

    /// Shows taps and the lines that lead through them, and hears where more are wanted.
    pub fn draw_along(&self, taps: &[LonLat], path: Vec<Vec<LonLat>>) {
        let drawing = Drawing::new(PlaceType::Line, taps, Some(path));
        self.0.draw(Some(drawing));
    }

    /// Watches where the device is, and shows it.
    pub fn start_locate(&self) {
        self.0.locate();
    }

    /// Stops watching.
    pub fn stop_locate(&self) {
        self.0.watch.take();
        self.0.fix.set(None);
        self.0.chrome.locating.set(false);
        self.0.set_data(ME, &collection(""));
    }

    /// Takes the map down. The component does it when it goes.
    pub fn destroy(&self) {
        self.0.watch.take();
        self.0.drawing.take();
        self.0.listeners.take();
        self.0.map.remove();
        self.0.protocols.take();
    }
}

/// A GeoJSON FeatureCollection of features given as text, with commas between, or of none.
fn collection(features: &str) -> JsValue {
    let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
    js_sys::JSON::parse(&text).unwrap_or(JsValue::UNDEFINED)
}
