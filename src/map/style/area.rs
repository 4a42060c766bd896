//! Areas: water, communities and whatever else is a polygon.

use super::expr::{
    all, by_zoom, has_state, kind_colour, of_shape, sizes, state, state_colour, stepping_back,
};
use super::point::urgent_first;
use super::{Group, Look};
use mendmap_core::catalog::GeometryType::Polygon;
use mendmap_core::task::Mark;
use serde_json::{Value, json};

/// Areas that are ground rather than somebody's charge: flat, without an edge.
pub(crate) const GROUND: [&str; 2] = ["water", "park"];

/// Waters and parks lie on the ground.
pub(super) fn ground(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Polygon || !GROUND.contains(&group.stem) {
        return vec![];
    }
    let strength = if group.stem == "water" { 1.0 } else { 0.5 };
    vec![group.layer(
        "face",
        "fill",
        json!({
            "filter": of_shape("Polygon"),
            "filter": of_shape("Polygon"),
            "paint": {
                "fill-color": kind_colour(&group.kinds, look.theme),
                "fill-opacity": if look.completion { strength * 0.6 } else { strength },
            },
        }),
    )]
}

/// Communities and other areas: a tint, a pattern that tells the kinds apart
/// without colour, and an edge.
pub(super) fn built(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Polygon || GROUND.contains(&group.stem) {
        return vec![];
    }
    let colour = state_colour(look.palette(), kind_colour(&group.kinds, look.theme));
    let tint = |stated: f64, plain: f64| {
        let plain = if look.completion { plain * 0.4 } else { plain };
        json!(["case", has_state(), stated, plain])
    };
    let never = json!(["==", state(), Mark::Never.code()]);
    vec![
        group.layer(
            "tint",
            "fill",
            json!({
                "filter": of_shape("Polygon"),
                "paint": {
                    "fill-color": colour,
                    "fill-opacity": json!(["case", never, 0.03, tint(0.22, 0.13)]),
                    "fill-antialias": false,
                },
            }),
        ),
        group.layer(
            "pattern",
            "fill",
            json!({
                "filter": of_shape("Polygon"),
                "minzoom": 13.5,
                "paint": {
                    "fill-pattern": ["concat", "area:", ["get", "k"]],
                    "fill-opacity": by_zoom(&[
                        (14.0, stepping_back(look.completion, 0.5, 0.15)),
                        (17.0, stepping_back(look.completion, 0.28, 0.1)),
                    ]),
                },
            }),
        ),
        group.layer(
            "edge",
            "line",
            json!({
                "filter": of_shape("Polygon"),
                "minzoom": 12,
                "layout": { "line-join": "round" },
                "paint": {
                    "line-color": colour,
                    "line-width": by_zoom(&[
                        (12.0, json!(["case", has_state(), 1.2, 0.5])),
                        (15.0, json!(["case", has_state(), 2.2, 1.0])),
                        (18.0, json!(["case", has_state(), 3.5, 1.6])),
                    ]),
                    "line-opacity": stepping_back(look.completion, 0.75, 0.3),
                    "line-dasharray": ["match", state(),
                        9, ["literal", [0.5, 2.0]],
                        1, ["literal", [3.0, 1.5]],
                        ["literal", [1.0, 0.0]]],
                },
            }),
        ),
    ]
}

/// The mark of an area's state, in its middle.
pub(super) fn marks(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Polygon {
        return vec![];
    }
    vec![group.layer(
        "mark",
        "symbol",
        json!({
            "minzoom": 13,
            "filter": all(&[of_shape("Point"), has_state(), json!(["!=", state(), Mark::Never.code()])]),
            "layout": {
                "icon-image": ["concat", "mark:", ["get", "k"], ":", ["to-string", state()]],
                "icon-size": sizes(look.palette(), &[(13.0, 0.5), (16.0, 0.9)]),
                "icon-allow-overlap": ["step", ["zoom"], false, 15, true],
                "symbol-sort-key": urgent_first(),
            },
        }),
    )]
}
