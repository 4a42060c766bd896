//! What lies over the city: open tasks, the selection, the user's own place.

use super::Look;
use super::expr::{of_shape, sizes, state, state_colour};
use super::point::urgent_first;
use serde_json::{Value, json};

/// Source of the open tasks.
pub const TASKS: &str = "tasks";
/// Source of what is chosen.
pub const SELECTION: &str = "selection";
/// Source of the user's own place.
pub const ME: &str = "me";

/// A GeoJSON source with nothing in it.
pub(super) fn empty_source() -> Value {
    json!({
        "type": "geojson",
        "data": { "type": "FeatureCollection", "features": [] },
        "tolerance": 0.2,
    })
}

/// The layers over the city, from below.
pub(super) fn layers(look: &Look<'_>) -> Vec<Value> {
    let mut out = tasks(look);
    out.extend(selection(look));
    out.extend(me(look));
    out
}

fn tasks(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    let colour = state_colour(p, json!(p.muted));
    let opacity = if look.completion { 0.4 } else { 1.0 };
    vec![
        json!({
            "id": "tasks/tint", "type": "fill", "source": TASKS,
            "filter": of_shape("Polygon"),
            "paint": { "fill-color": colour, "fill-opacity": 0.18 * opacity },
        }),
        json!({
            "id": "tasks/halo", "type": "line", "source": TASKS,
            "filter": ["!=", ["geometry-type"], "Point"],
            "layout": { "line-cap": "round", "line-join": "round" },
            "paint": { "line-color": p.surface, "line-width": 7, "line-opacity": 0.9 * opacity },
        }),
        json!({
            "id": "tasks/line", "type": "line", "source": TASKS,
            "filter": ["!=", ["geometry-type"], "Point"],
            "layout": { "line-join": "round" },
            "paint": {
                "line-color": colour, "line-width": 3.6, "line-opacity": opacity,
                "line-dasharray": [2.4, 1.2],
            },
        }),
        json!({
            "id": "tasks/mark", "type": "symbol", "source": TASKS,
            "filter": of_shape("Point"),
            "layout": {
                "icon-image": ["concat", "mark:", ["coalesce", ["get", "k"], ""], ":", ["to-string", state()]],
                "icon-size": sizes(p, &[(11.0, 0.6), (14.0, 0.75), (18.0, 1.1)]),
                "icon-allow-overlap": true,
                "icon-padding": 0,
                "symbol-sort-key": urgent_first(),
            },
            "paint": { "icon-opacity": opacity },
        }),
    ]
}

fn selection(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    vec![
        json!({
            "id": "selection/tint", "type": "fill", "source": SELECTION,
            "filter": of_shape("Polygon"),
            "paint": { "fill-color": p.accent, "fill-opacity": 0.16 },
        }),
        json!({
            "id": "selection/halo", "type": "line", "source": SELECTION,
            "filter": ["!=", ["geometry-type"], "Point"],
            "layout": { "line-cap": "round", "line-join": "round" },
            "paint": { "line-color": p.surface, "line-width": 9, "line-opacity": 0.9 },
        }),
        json!({
            "id": "selection/line", "type": "line", "source": SELECTION,
            "filter": ["!=", ["geometry-type"], "Point"],
            "layout": { "line-cap": "round", "line-join": "round" },
            "paint": { "line-color": p.accent, "line-width": 4.5 },
        }),
        json!({
            "id": "selection/ring-halo", "type": "circle", "source": SELECTION,
            "filter": of_shape("Point"),
            "paint": {
                "circle-radius": 19, "circle-color": p.accent, "circle-opacity": 0.12,
                "circle-stroke-color": p.surface, "circle-stroke-width": 6,
            },
        }),
        json!({
            "id": "selection/ring", "type": "circle", "source": SELECTION,
            "filter": of_shape("Point"),
            "paint": {
                "circle-radius": 20.5, "circle-color": p.accent, "circle-opacity": 0,
                "circle-stroke-color": p.accent, "circle-stroke-width": 3,
            },
        }),
    ]
}

/// A fix that is too rough to work with has a dashed edge and a hollow dot.
fn me(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    let rough = json!(["==", ["get", "rough"], true]);
    vec![
        json!({
            "id": "me/accuracy", "type": "fill", "source": ME,
            "filter": of_shape("Polygon"),
            "paint": { "fill-color": p.accent, "fill-opacity": ["case", rough, 0.06, 0.12] },
        }),
        json!({
            "id": "me/edge", "type": "line", "source": ME,
            "filter": of_shape("Polygon"),
            "paint": {
                "line-color": p.accent, "line-width": 1.5, "line-opacity": 0.8,
                "line-dasharray": ["case", rough, ["literal", [4, 3]], ["literal", [1, 0]]],
            },
        }),
        json!({
            "id": "me/heading", "type": "symbol", "source": ME,
            "filter": ["all", of_shape("Point"), ["has", "heading"]],
            "layout": {
                "icon-image": "heading",
                "icon-rotate": ["get", "heading"],
                "icon-rotation-alignment": "map",
                "icon-allow-overlap": true,
                "icon-ignore-placement": true,
            },
        }),
        json!({
            "id": "me/dot", "type": "circle", "source": ME,
            "filter": of_shape("Point"),
            "paint": {
                "circle-radius": 7,
                "circle-color": ["case", rough, p.surface, p.accent],
                "circle-stroke-color": ["case", rough, p.accent, p.surface],
                "circle-stroke-width": 3,
            },
        }),
    ]
}
