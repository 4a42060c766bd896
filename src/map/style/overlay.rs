//! What lies over the city: open tasks, the selection, the user's own place.

use super::Look;
use super::expr::{of_shape, sizes, state, state_colour};
use super::label::FONTS;
use super::point::urgent_first;
use super::template::fill;
use serde_json::Value;

/// Source of the open tasks.
pub const TASKS: &str = "tasks";
/// Source of places by the share of a work that is done there.
pub const SHARES: &str = "shares";
/// Source of what is chosen.
pub const SELECTION: &str = "selection";
/// Source of what is being drawn.
pub const SKETCH: &str = "sketch";
/// Source of the user's own place.
pub const ME: &str = "me";

/// A GeoJSON source with nothing in it.
pub(super) fn empty_source() -> Value {
    fill!(
        r#"{
            "type": "geojson",
            "data": { "type": "FeatureCollection", "features": [] },
            "tolerance": 0.2
        }"#
    )
}

/// The layers over the city, from below.
pub(super) fn layers(look: &Look<'_>) -> Vec<Value> {
    let mut out = tasks(look);
    out.extend(share_numbers(look));
    out.extend(selection(look));
    out.extend(sketch(look));
    out.extend(me(look));
    out
}

/// The layers of a list, as a template gives them.
fn listed(layers: Value) -> Vec<Value> {
    match layers {
        Value::Array(layers) => layers,
        one => vec![one],
    }
}

/// In five classes, the more that is done the fuller; the number says the share itself.
pub(super) fn shares(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    listed(fill!(
        r#"[
            {
                "id": "shares/tint", "type": "fill", "source": "$shares",
                "filter": "$is_area",
                "paint": {
                    "fill-color": "$accent",
                    "fill-opacity": ["step", ["get", "p"], 0.04, 20, 0.16, 40, 0.28, 60, 0.4, 80, 0.52, 100, 0.64]
                }
            },
            {
                "id": "shares/edge", "type": "line", "source": "$shares",
                "filter": "$is_area",
                "paint": { "line-color": "$accent", "line-width": 1.2 }
            },
            {
                "id": "shares/line", "type": "line", "source": "$shares",
                "filter": "$is_line",
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": {
                    "line-color": "$accent",
                    "line-width": ["step", ["get", "p"], 1, 20, 3, 40, 5, 60, 7, 80, 9, 100, 11],
                    "line-opacity": 0.45
                }
            }
        ]"#;
        shares = SHARES,
        is_area = of_shape("Polygon"),
        is_line = of_shape("LineString"),
        accent = p.accent,
    ))
}

fn share_numbers(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    listed(fill!(
        r#"[
            {
                "id": "shares/number", "type": "symbol", "source": "$shares",
                "filter": "$is_point",
                "layout": { "text-field": ["get", "t"], "text-font": "$font", "text-size": 13 },
                "paint": { "text-color": "$ink", "text-halo-color": "$paper", "text-halo-width": 1.8 }
            },
            {
                "id": "shares/number-along", "type": "symbol", "source": "$shares",
                "filter": "$is_line",
                "layout": {
                    "symbol-placement": "line", "symbol-spacing": 300,
                    "text-field": ["get", "t"], "text-font": "$font", "text-size": 12
                },
                "paint": { "text-color": "$ink", "text-halo-color": "$paper", "text-halo-width": 1.8 }
            }
        ]"#;
        shares = SHARES,
        is_point = of_shape("Point"),
        is_line = of_shape("LineString"),
        ink = p.ink,
        paper = p.paper,
        font = FONTS,
    ))
}

fn tasks(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    let opacity = if look.completion { 0.4 } else { 1.0 };
    // What is said of an asset goes with its layer.
    let visible: Vec<&str> = look.visible.iter().map(|id| &*id.0).collect();
    listed(fill!(
        r#"[
            {
                "id": "tasks/tint", "type": "fill", "source": "$tasks",
                "filter": "$is_area",
                "paint": { "fill-color": "$colour", "fill-opacity": "$tint_opacity" }
            },
            {
                "id": "tasks/halo", "type": "line", "source": "$tasks",
                "filter": ["!=", ["geometry-type"], "Point"],
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": "$surface", "line-width": 7, "line-opacity": "$halo_opacity" }
            },
            {
                "id": "tasks/line", "type": "line", "source": "$tasks",
                "filter": ["!=", ["geometry-type"], "Point"],
                "layout": { "line-join": "round" },
                "paint": {
                    "line-color": "$colour", "line-width": 3.6, "line-opacity": "$opacity",
                    "line-dasharray": [2.4, 1.2]
                }
            },
            {
                "id": "tasks/mark", "type": "symbol", "source": "$tasks",
                "filter": ["all", "$is_point", ["!", ["has", "p"]]],
                "layout": {
                    "icon-image": ["concat", "mark:", ["coalesce", ["get", "k"], ""], ":", ["to-string", "$state"]],
                    "icon-size": "$size",
                    "icon-allow-overlap": true,
                    "icon-padding": 0,
                    "symbol-sort-key": "$key"
                },
                "paint": { "icon-opacity": "$opacity" }
            },
            {
                "id": "tasks/said", "type": "symbol", "source": "$tasks",
                "minzoom": 12,
                "filter": ["has", "p"],
                "layout": {
                    "icon-image": ["concat", "said:", ["get", "p"]],
                    "icon-size": "$badge",
                    "icon-allow-overlap": true,
                    "icon-ignore-placement": true
                },
                "paint": { "icon-opacity": ["case", ["in", ["get", "l"], ["literal", "$visible"]], 1, 0] }
            }
        ]"#;
        tasks = TASKS,
        is_area = of_shape("Polygon"),
        is_point = of_shape("Point"),
        colour = state_colour(p, p.muted.into()),
        surface = p.surface,
        opacity,
        tint_opacity = 0.18 * opacity,
        halo_opacity = 0.9 * opacity,
        state = state(),
        size = sizes(p, &[(11.0, 0.7), (14.0, 0.9), (18.0, 1.1)]),
        badge = sizes(p, &[(12.0, 0.5), (16.0, 0.9), (18.0, 1.1)]),
        key = urgent_first(),
        visible = visible,
    ))
}

fn sketch(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    listed(fill!(
        r#"[
            {
                "id": "sketch/tint", "type": "fill", "source": "$sketch",
                "filter": "$is_area",
                "paint": { "fill-color": "$accent", "fill-opacity": 0.18 }
            },
            {
                "id": "sketch/line", "type": "line", "source": "$sketch",
                "filter": ["any", ["==", ["geometry-type"], "LineString"], ["has", "outline"]],
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": "$accent", "line-width": ["case", ["get", "end"], 1.5, 4] }
            },
            {
                "id": "sketch/corners", "type": "circle", "source": "$sketch",
                "filter": "$is_point",
                "paint": {
                    "circle-radius": ["case", ["get", "end"], 8, 6],
                    "circle-color": ["case", ["get", "end"], "$accent", "$surface"],
                    "circle-stroke-color": ["case", ["get", "end"], "$surface", "$accent"],
                    "circle-stroke-width": 3
                }
            }
        ]"#;
        sketch = SKETCH,
        is_area = of_shape("Polygon"),
        is_point = of_shape("Point"),
        accent = p.accent,
        surface = p.surface,
    ))
}

fn selection(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    listed(fill!(
        r#"[
            {
                "id": "selection/tint", "type": "fill", "source": "$selection",
                "filter": "$is_area",
                "paint": { "fill-color": "$accent", "fill-opacity": 0.16 }
            },
            {
                "id": "selection/halo", "type": "line", "source": "$selection",
                "filter": ["!=", ["geometry-type"], "Point"],
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": "$surface", "line-width": 9, "line-opacity": 0.9 }
            },
            {
                "id": "selection/line", "type": "line", "source": "$selection",
                "filter": ["!=", ["geometry-type"], "Point"],
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": "$accent", "line-width": 4.5 }
            },
            {
                "id": "selection/ring-halo", "type": "circle", "source": "$selection",
                "filter": ["all", "$is_point", ["!", ["has", "bare"]]],
                "paint": {
                    "circle-radius": 19, "circle-color": "$accent", "circle-opacity": 0.12,
                    "circle-stroke-color": "$surface", "circle-stroke-width": 6
                }
            },
            {
                "id": "selection/ring", "type": "circle", "source": "$selection",
                "filter": ["all", "$is_point", ["!", ["has", "bare"]]],
                "paint": {
                    "circle-radius": 20.5, "circle-color": "$accent", "circle-opacity": 0,
                    "circle-stroke-color": "$accent", "circle-stroke-width": 3
                }
            },
            {
                "id": "selection/symbol", "type": "symbol", "source": "$selection",
                "filter": ["all", "$is_point", ["has", "k"]],
                "layout": {
                    "icon-image": ["concat", "mark:", ["get", "k"], ":", ["to-string", "$state"]],
                    "icon-size": "$size",
                    "icon-allow-overlap": true,
                    "icon-ignore-placement": true
                }
            }
        ]"#;
        selection = SELECTION,
        is_area = of_shape("Polygon"),
        is_point = of_shape("Point"),
        accent = p.accent,
        surface = p.surface,
        state = state(),
        size = sizes(p, &[(14.0, 0.9), (18.0, 1.1)]),
    ))
}

/// A fix that is too rough to work with has a dashed edge and a hollow dot.
fn me(look: &Look<'_>) -> Vec<Value> {
    let p = look.palette();
    listed(fill!(
        r#"[
            {
                "id": "me/accuracy", "type": "fill", "source": "$me",
                "filter": "$is_area",
                "paint": { "fill-color": "$accent", "fill-opacity": ["case", "$rough", 0.06, 0.12] }
            },
            {
                "id": "me/edge", "type": "line", "source": "$me",
                "filter": "$is_area",
                "paint": {
                    "line-color": "$accent", "line-width": 1.5, "line-opacity": 0.8,
                    "line-dasharray": ["case", "$rough", ["literal", [4, 3]], ["literal", [1, 0]]]
                }
            },
            {
                "id": "me/heading", "type": "symbol", "source": "$me",
                "filter": ["all", "$is_point", ["has", "heading"]],
                "layout": {
                    "icon-image": "heading",
                    "icon-rotate": ["get", "heading"],
                    "icon-rotation-alignment": "map",
                    "icon-allow-overlap": true,
                    "icon-ignore-placement": true
                }
            },
            {
                "id": "me/dot", "type": "circle", "source": "$me",
                "filter": "$is_point",
                "paint": {
                    "circle-radius": 7,
                    "circle-color": ["case", "$rough", "$surface", "$accent"],
                    "circle-stroke-color": ["case", "$rough", "$accent", "$surface"],
                    "circle-stroke-width": 3
                }
            }
        ]"#;
        me = ME,
        is_area = of_shape("Polygon"),
        is_point = of_shape("Point"),
        rough = fill!(r#"["==", ["get", "rough"], true]"#),
        accent = p.accent,
        surface = p.surface,
    ))
}
