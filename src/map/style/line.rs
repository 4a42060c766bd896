//! Lines: streets, railways, streams, pipes.

use super::expr::{
    by_grade, by_kind, by_scale, by_state, has_state, kind_colour, sizes, state_colour,
    stepping_back, to_scale,
};
use super::template::fill;
use super::{Group, Look};
use mendmap_core::catalog::GeometryType::Line;
use mendmap_core::task::Mark;
use serde_json::Value;

/// True to the ground from zoom 15 on, where a pixel at 45 degrees is 1.7 m; wider
/// than that from afar, so that the net stays in sight.
fn road_width(edge: f64) -> Value {
    let stops = [
        (9.0, [0.8, 0.3, 0.1]),
        (11.0, [1.6, 0.9, 0.3]),
        (13.0, [3.4, 2.4, 1.3]),
        (15.0, [13.0, 8.0, 4.6]),
        (19.0, [208.0, 128.0, 73.6]),
    ];
    let stops = stops.map(|(zoom, widths)| {
        let [main, second, least] = widths.map(|w| w + edge);
        (zoom, by_grade(main, second, least))
    });
    to_scale(&stops)
}

/// Edge of the streets, below every face so that crossings stay open.
pub(super) fn road_casing(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "road") {
        return vec![];
    }
    vec![group.layer(
        "casing",
        "line",
        fill!(
            r#"{
                "layout": { "line-cap": "round", "line-join": "round", "line-sort-key": "$key" },
                "paint": { "line-color": "$colour", "line-width": "$width" }
            }"#;
            key = lesser_first(),
            colour = look.palette().casing,
            width = road_width(1.8),
        ),
    )]
}

/// Face of the streets.
pub(super) fn road_face(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "road") {
        return vec![];
    }
    let p = look.palette();
    vec![group.layer(
        "face",
        "line",
        fill!(
            r#"{
                "minzoom": 12,
                "layout": { "line-cap": "round", "line-join": "round", "line-sort-key": "$key" },
                "paint": { "line-color": "$colour", "line-width": "$width" }
            }"#;
            key = lesser_first(),
            colour = by_grade(p.road_main, p.road, p.road),
            width = road_width(0.0),
        ),
    )]
}

fn lesser_first() -> Value {
    by_grade(-1, -2, -3)
}

/// A railway: a line with ties.
pub(super) fn rail(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "rail") {
        return vec![];
    }
    let colour = kind_colour(&group.kinds, look.theme);
    let width = |factor: f64| {
        by_scale(&[
            (9.0, (0.6 * factor).into()),
            (14.0, (2.2 * factor).into()),
            (18.0, (5.0 * factor).into()),
        ])
    };
    vec![
        group.layer(
            "bed",
            "line",
            fill!(
                r#"{ "paint": { "line-color": "$colour", "line-width": "$width" } }"#;
                colour = colour,
                width = width(1.0),
            ),
        ),
        group.layer(
            "ties",
            "line",
            fill!(
                r#"{
                    "minzoom": 12,
                    "paint": {
                        "line-color": "$colour",
                        "line-width": "$width",
                        "line-dasharray": [6, 6]
                    }
                }"#;
                colour = look.palette().paper,
                width = width(0.55),
            ),
        ),
    ]
}

/// Streams.
pub(super) fn water(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "water") {
        return vec![];
    }
    vec![group.layer(
        "stream",
        "line",
        fill!(
            r#"{
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": "$colour", "line-width": "$width" }
            }"#;
            colour = kind_colour(&group.kinds, look.theme),
            width = by_scale(&[(8.0, 0.8.into()), (14.0, 2.5.into()), (18.0, 7.0.into())]),
        ),
    )]
}

/// Lines nobody has drawn a way for.
pub(super) fn plain(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Line || matches!(group.stem, "road" | "rail" | "water" | "pipe") {
        return vec![];
    }
    vec![group.layer(
        "line",
        "line",
        fill!(
            r#"{
                "minzoom": "$from",
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": "$colour", "line-width": "$width", "line-opacity": "$opacity" }
            }"#;
            from = group.zoom_from(0.0),
            colour = kind_colour(&group.kinds, look.theme),
            width = by_scale(&[(11.0, 1.0.into()), (14.0, 2.0.into()), (18.0, 5.0.into())]),
            opacity = stepping_back(look.completion, 0.85, 0.25),
        ),
    )]
}

/// Dashes that tell the kinds of a layer apart without colour, by their order in
/// the catalogue: the first is a plain line.
const DASHES: &[&[f64]] = &[&[1.0, 0.0], &[5.0, 1.6], &[1.4, 1.4], &[6.0, 1.6, 1.2, 1.6]];

/// Pipes.
pub(super) fn pipe(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "pipe") {
        return vec![];
    }
    let width = |zoom: f64, w: f64| (zoom, Value::from(w * look.palette().scale));
    let dash = |dash: &[f64]| fill!(r#"["literal", "$dash"]"#; dash = dash);
    let cases = group.kinds.iter().zip(DASHES.iter().cycle());
    let dashes = by_kind(cases.map(|(kind, d)| (kind, dash(d))), dash(DASHES[0]));
    vec![group.layer(
        "pipe",
        "line",
        fill!(
            r#"{
                "minzoom": "$from",
                "layout": { "line-join": "round" },
                "paint": {
                    "line-color": "$colour",
                    "line-width": "$width",
                    "line-opacity": "$opacity",
                    "line-dasharray": "$dashes"
                }
            }"#;
            from = group.zoom_from(12.0),
            colour = kind_colour(&group.kinds, look.theme),
            width = by_scale(&[
                width(12.0, 0.5),
                width(14.0, 0.9),
                width(16.0, 1.8),
                width(18.0, 3.6),
            ]),
            opacity = stepping_back(look.completion, 0.8, 0.25),
            dashes,
        ),
    )]
}

/// Which way it flows, from close by.
pub(super) fn arrows(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "pipe") {
        return vec![];
    }
    vec![group.layer(
        "arrow",
        "symbol",
        fill!(
            r#"{
                "minzoom": 16,
                "layout": {
                    "symbol-placement": "line",
                    "symbol-spacing": 110,
                    "icon-image": ["concat", "arrow:", ["get", "k"]],
                    "icon-size": "$size",
                    "icon-rotation-alignment": "map",
                    "icon-allow-overlap": true,
                    "icon-ignore-placement": true,
                    "icon-padding": 0
                },
                "paint": { "icon-opacity": "$opacity" }
            }"#;
            size = sizes(look.palette(), &[(16.0, 0.62), (18.0, 1.0)]),
            opacity = stepping_back(look.completion, 1.0, 0.3),
        ),
    )]
}

/// Dashes of a line without any.
const FULL: &str = r#"["literal", [1.0, 0.0]]"#;

/// The state of a line: a band along its middle, dashed unless it is done.
pub(super) fn state(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Line {
        return vec![];
    }
    let p = look.palette();
    let width = |extra: f64| {
        by_scale(&[
            (10.0, (1.4 * p.scale + extra * 0.4).into()),
            (14.0, (2.6 * p.scale + extra).into()),
            (18.0, (7.0 * p.scale + extra).into()),
        ])
    };
    let dashes = by_state(
        &|mark| match mark {
            Mark::Verified | Mark::Done | Mark::Reported => fill!(FULL),
            Mark::Never => fill!(r#"["literal", [0.3, 2.6]]"#),
            Mark::Due | Mark::Overdue | Mark::SentBack | Mark::Conflict => {
                fill!(r#"["literal", [1.2, 1.2]]"#)
            }
            _ => fill!(r#"["literal", [3.0, 1.5]]"#),
        },
        fill!(FULL),
    );
    vec![
        group.layer(
            "state-halo",
            "line",
            fill!(
                r#"{
                    "filter": "$has_state",
                    "layout": { "line-cap": "round", "line-join": "round" },
                    "paint": { "line-color": "$colour", "line-width": "$width", "line-opacity": 0.9 }
                }"#;
                has_state = has_state(),
                colour = p.surface,
                width = width(1.6),
            ),
        ),
        group.layer(
            "state",
            "line",
            fill!(
                r#"{
                    "filter": "$has_state",
                    "layout": { "line-join": "round" },
                    "paint": {
                        "line-color": "$colour",
                        "line-width": "$width",
                        "line-dasharray": "$dashes"
                    }
                }"#;
                has_state = has_state(),
                colour = state_colour(p, p.muted.into()),
                width = width(0.0),
                dashes,
            ),
        ),
    ]
}
