//! Moving the map, calmly: without motion where the user asked for none, and
//! never underneath what covers the map's edge.

use super::js::{Map, to_js};
use super::view::View;
use crate::number;
use mendmap_core::geodesy::{Bbox, LonLat};
use serde_json::{Value, json};

/// How much of the map is covered by something else, in pixels from each edge.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Padding {
    /// From above.
    pub top: f64,
    /// From the right.
    pub right: f64,
    /// From below, for example by a sheet.
    pub bottom: f64,
    /// From the left.
    pub left: f64,
}

impl Padding {
    /// How far the middle of what is free lies from the middle of the map: right, down.
    fn offset(&self) -> [f64; 2] {
        [
            (self.left - self.right) / 2.0,
            (self.top - self.bottom) / 2.0,
        ]
    }

    /// The middle of what is free in a map of this size, pixels from its upper left.
    pub(super) fn middle(&self, width: f64, height: f64) -> [f64; 2] {
        let [dx, dy] = self.offset();
        [width / 2.0 + dx, height / 2.0 + dy]
    }

    /// True where a pixel is free and at least `margin` from what covers the map.
    fn frees(&self, [x, y]: [f64; 2], width: f64, height: f64, margin: f64) -> bool {
        (self.left + margin..=width - self.right - margin).contains(&x)
            && (self.top + margin..=height - self.bottom - margin).contains(&y)
    }
}

/// Milliseconds a movement takes; it says where a thing came from, no more.
const EASE_MS: u32 = 300;
/// How near to an edge a place may lie and still count as in sight, pixels.
const MARGIN_PX: f64 = 48.0;

/// Where the map looks now.
pub(super) fn view(map: &Map) -> View {
    let center = map.center();
    View {
        center: LonLat::new(center.lng(), center.lat()),
        zoom: map.zoom(),
    }
}

/// What a person sees of the map now: what nothing covers.
pub(super) fn bounds(map: &Map, covered: Padding) -> Bbox {
    let [width, height] = size(map);
    let at = |x: f64, y: f64| place(map, [x, y]);
    let low = at(covered.left, height - covered.bottom);
    let high = at(width - covered.right, covered.top);
    Bbox::from([low.lon, low.lat, high.lon, high.lat])
}

/// The place under a pixel.
pub(super) fn place(map: &Map, pixel: [f64; 2]) -> LonLat {
    let at = map.unproject(&to_js(&json!(pixel)));
    LonLat::new(at.lng(), at.lat())
}

/// Looks just as a link or an earlier step did, covered edges or not: a view that was
/// shifted each time it came back would wander.
pub(super) fn look(map: &Map, view: View) {
    glide(
        map,
        json!({ "center": view.center, "zoom": view.zoom, "duration": EASE_MS }),
    );
}

/// Brings a place into the middle of what is free.
pub(super) fn fly_to(map: &Map, at: LonLat, zoom: Option<f64>, padding: Padding) {
    let mut options = json!({
        "center": at,
        "offset": padding.offset(),
        "duration": EASE_MS,
    });
    if let Some(zoom) = zoom {
        options["zoom"] = json!(zoom);
    }
    glide(map, options);
}

/// The least share of the map's height that must be free to show something in it.
const LEAST_FREE: f64 = 0.3;

/// Brings what is hidden of some places into sight, a single one in the middle; moves
/// nothing where all of them are.
pub(super) fn reveal(map: &Map, places: &[LonLat], padding: Padding) {
    let [width, height] = size(map);
    // In a sliver above a sheet nothing can be looked at: the sheet is what is read now.
    if height - padding.top - padding.bottom < height * LEAST_FREE {
        return;
    }
    let is_hidden = |at: &LonLat| {
        let pixel = map.project(&to_js(&json!(at)));
        !padding.frees([pixel.x(), pixel.y()], width, height, MARGIN_PX)
    };
    if !places.iter().any(is_hidden) {
        return;
    }
    match places {
        [at] => fly_to(map, *at, None, padding),
        _ => {
            if let Some(all) = Bbox::around(places.iter().copied()) {
                fit(map, all, padding);
            }
        }
    }
}

/// Shows a whole box in what is free.
pub(super) fn fit(map: &Map, b: Bbox, padding: Padding) {
    // So much that what was fitted counts as in sight.
    let room = MARGIN_PX + 4.0;
    let options = json!({
        "padding": {
            "top": padding.top + room, "right": padding.right + room,
            "bottom": padding.bottom + room, "left": padding.left + room,
        },
        "maxZoom": 18,
        "duration": duration(),
        "linear": true,
    });
    let corners = json!([b.south_west(), b.north_east()]);
    map.fit_bounds(&to_js(&corners), &to_js(&options));
}

/// One step closer or further.
pub(super) fn zoom_by(map: &Map, step: f64, padding: Padding) {
    let [width, height] = size(map);
    let middle = place(map, padding.middle(width, height));
    glide(
        map,
        json!({
            "zoom": (map.zoom() + step).round(),
            "around": middle,
            "duration": EASE_MS,
        }),
    );
}

/// The size of the map in CSS pixels, as MapLibre wrote it down. Asking the browser
/// would have it lay out the page there and then, in the middle of an answer to a tap.
pub(super) fn size(map: &Map) -> [f64; 2] {
    let style = map.canvas().style();
    ["width", "height"].map(|side| {
        let written = style.get_property_value(side).unwrap_or_default();
        number::read(written.trim_end_matches("px")).unwrap_or_default()
    })
}

/// True where the user asked for less motion.
pub(super) fn calm() -> bool {
    web_sys::window()
        .and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok()?)
        .is_some_and(|query| query.matches())
}

fn duration() -> u32 {
    if calm() { 0 } else { EASE_MS }
}

fn glide(map: &Map, mut options: Value) {
    options["duration"] = json!(duration());
    // A movement that is part of the answer must not be dropped with the ornaments.
    options["essential"] = json!(true);
    map.ease_to(&to_js(&options));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_what_is_free() {
        let sheet = Padding {
            bottom: 400.0,
            ..Padding::default()
        };
        assert_eq!(sheet.middle(390.0, 844.0), [195.0, 222.0]);
        assert!(sheet.frees([195.0, 222.0], 390.0, 844.0, MARGIN_PX));
        assert!(!sheet.frees([195.0, 500.0], 390.0, 844.0, MARGIN_PX));
    }
}
