//! Areas: water, communities and whatever else is a polygon.

use super::expr::{
    by_having_state, by_zoom, has_state, kind_colour, of_shape, sizes, state, state_colour,
    stepping_back,
};
use super::point::urgent_first;
use super::template::fill;
use super::{Group, Look};
use mendmap_core::catalog::GeometryType::Polygon;
use mendmap_core::task::Mark;
use serde_json::Value;

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
        fill!(
            r#"{
                "filter": "$is_area",
                "paint": { "fill-color": "$colour", "fill-opacity": "$opacity" }
            }"#;
            is_area = of_shape("Polygon"),
            colour = kind_colour(&group.kinds, look.theme),
            opacity = if look.completion { strength * 0.6 } else { strength },
        ),
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
        by_having_state(stated, plain)
    };
    let line_width = |zoom: f64, stated: f64, plain: f64| (zoom, by_having_state(stated, plain));
    vec![
        group.layer(
            "tint",
            "fill",
            fill!(
                r#"{
                    "filter": "$is_area",
                    "paint": {
                        "fill-color": "$colour",
                        "fill-opacity": ["case", ["==", "$state", "$never"], 0.03, "$tint"],
                        "fill-antialias": false
                    }
                }"#;
                is_area = of_shape("Polygon"),
                colour,
                state = state(),
                never = Mark::Never.code(),
                tint = tint(0.22, 0.13),
            ),
        ),
        group.layer(
            "pattern",
            "fill",
            fill!(
                r#"{
                    "filter": "$is_area",
                    "minzoom": 13.5,
                    "paint": {
                        "fill-pattern": ["concat", "area:", ["get", "k"]],
                        "fill-opacity": "$opacity"
                    }
                }"#;
                is_area = of_shape("Polygon"),
                opacity = by_zoom(&[
                    (14.0, stepping_back(look.completion, 0.5, 0.15)),
                    (17.0, stepping_back(look.completion, 0.28, 0.1)),
                ]),
            ),
        ),
        group.layer(
            "edge",
            "line",
            fill!(
                r#"{
                    "filter": "$is_area",
                    "minzoom": 12,
                    "layout": { "line-join": "round" },
                    "paint": {
                        "line-color": "$colour",
                        "line-width": "$width",
                        "line-opacity": "$opacity",
                        "line-dasharray": ["match", "$state",
                            9, ["literal", [0.5, 2.0]],
                            1, ["literal", [3.0, 1.5]],
                            ["literal", [1.0, 0.0]]]
                    }
                }"#;
                is_area = of_shape("Polygon"),
                colour,
                width = by_zoom(&[
                    line_width(12.0, 1.2, 0.5),
                    line_width(15.0, 2.2, 1.0),
                    line_width(18.0, 3.5, 1.6),
                ]),
                opacity = stepping_back(look.completion, 0.75, 0.3),
                state = state(),
            ),
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
        fill!(
            r#"{
                "minzoom": 13,
                "filter": ["all", "$is_point", "$has_state", ["!=", "$state", "$never"]],
                "layout": {
                    "icon-image": ["concat", "mark:", ["get", "k"], ":", ["to-string", "$state"]],
                    "icon-size": "$size",
                    "icon-allow-overlap": ["step", ["zoom"], false, 15, true],
                    "symbol-sort-key": "$key"
                }
            }"#;
            is_point = of_shape("Point"),
            has_state = has_state(),
            state = state(),
            never = Mark::Never.code(),
            size = sizes(look.palette(), &[(13.0, 0.5), (16.0, 0.9)]),
            key = urgent_first(),
        ),
    )]
}
