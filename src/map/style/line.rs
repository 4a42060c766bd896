//! Lines: streets, railways, streams, pipes.

use super::expr::{
    by_grade, by_scale, by_state, has_state, kind_colour, sizes, state_colour, stepping_back,
};
use super::{Group, Look};
use mendmap_core::catalog::GeometryType::Line;
use mendmap_core::task::Mark;
use serde_json::{Value, json};

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
    let mut out = by_scale(&stops);
    if let Some(growth) = out.get_mut(1) {
        *growth = json!(["exponential", 2]);
    }
    out
}

/// Edge of the streets, below every face so that crossings stay open.
pub(super) fn road_casing(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if !group.is(Line, "road") {
        return vec![];
    }
    vec![group.layer(
        "casing",
        "line",
        json!({
            "layout": { "line-cap": "round", "line-join": "round", "line-sort-key": lesser_first() },
            "paint": { "line-color": look.palette().casing, "line-width": road_width(1.8) },
        }),
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
        json!({
            "minzoom": 12,
            "layout": { "line-cap": "round", "line-join": "round", "line-sort-key": lesser_first() },
            "paint": {
                "line-color": by_grade(p.road_main, p.road, p.road),
                "line-width": road_width(0.0),
            },
        }),
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
            (9.0, json!(0.6 * factor)),
            (14.0, json!(2.2 * factor)),
            (18.0, json!(5.0 * factor)),
        ])
    };
    vec![
        group.layer(
            "bed",
            "line",
            json!({ "paint": { "line-color": colour, "line-width": width(1.0) } }),
        ),
        group.layer(
            "ties",
            "line",
            json!({
                "minzoom": 12,
                "paint": {
                    "line-color": look.palette().paper,
                    "line-width": width(0.55),
                    "line-dasharray": [6, 6],
                },
            }),
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
        json!({
            "layout": { "line-cap": "round", "line-join": "round" },
            "paint": {
                "line-color": kind_colour(&group.kinds, look.theme),
                "line-width": by_scale(&[(8.0, json!(0.8)), (14.0, json!(2.5)), (18.0, json!(7.0))]),
            },
        }),
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
        json!({
            "minzoom": group.zoom_from(0.0),
            "layout": { "line-cap": "round", "line-join": "round" },
            "paint": {
                "line-color": kind_colour(&group.kinds, look.theme),
                "line-width": by_scale(&[(11.0, json!(1.0)), (14.0, json!(2.0)), (18.0, json!(5.0))]),
                "line-opacity": stepping_back(look.completion, 0.85, 0.25),
            },
        }),
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
    let width = |w: f64| json!(w * look.palette().scale);
    let mut dashes = vec![json!("match"), json!(["get", "k"])];
    for (i, kind) in group.kinds.iter().enumerate() {
        dashes.push(json!(kind.id.0));
        dashes.push(json!(["literal", DASHES[i % DASHES.len()]]));
    }
    dashes.push(json!(["literal", DASHES[0]]));
    vec![group.layer(
        "pipe",
        "line",
        json!({
            "minzoom": group.zoom_from(12.0),
            "layout": { "line-join": "round" },
            "paint": {
                "line-color": kind_colour(&group.kinds, look.theme),
                "line-width": by_scale(&[(12.0, width(0.5)), (14.0, width(0.9)), (16.0, width(1.8)), (18.0, width(3.6))]),
                "line-opacity": stepping_back(look.completion, 0.8, 0.25),
                "line-dasharray": dashes,
            },
        }),
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
        json!({
            "minzoom": 16,
            "layout": {
                "symbol-placement": "line",
                "symbol-spacing": 110,
                "icon-image": ["concat", "arrow:", ["get", "k"]],
                "icon-size": sizes(look.palette(), &[(16.0, 0.62), (18.0, 1.0)]),
                "icon-rotation-alignment": "map",
                "icon-allow-overlap": true,
                "icon-ignore-placement": true,
                "icon-padding": 0,
            },
            "paint": { "icon-opacity": stepping_back(look.completion, 1.0, 0.3) },
        }),
    )]
}

/// The state of a line: a band along its middle, dashed unless it is done.
pub(super) fn state(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Line {
        return vec![];
    }
    let p = look.palette();
    let width = |extra: f64| {
        by_scale(&[
            (10.0, json!(1.4 * p.scale + extra * 0.4)),
            (14.0, json!(2.6 * p.scale + extra)),
            (18.0, json!(7.0 * p.scale + extra)),
        ])
    };
    let dashes = by_state(
        |mark| {
            json!([
                "literal",
                match mark {
                    Mark::Verified | Mark::Done | Mark::Reported => [1.0, 0.0],
                    Mark::Never => [0.3, 2.6],
                    Mark::Due | Mark::Overdue | Mark::SentBack | Mark::Conflict => [1.2, 1.2],
                    _ => [3.0, 1.5],
                }
            ])
        },
        json!(["literal", [1.0, 0.0]]),
    );
    vec![
        group.layer(
            "state-halo",
            "line",
            json!({
                "filter": has_state(),
                "layout": { "line-cap": "round", "line-join": "round" },
                "paint": { "line-color": p.surface, "line-width": width(1.6), "line-opacity": 0.9 },
            }),
        ),
        group.layer(
            "state",
            "line",
            json!({
                "filter": has_state(),
                "layout": { "line-join": "round" },
                "paint": {
                    "line-color": state_colour(p, json!(p.muted)),
                    "line-width": width(0.0),
                    "line-dasharray": dashes,
                },
            }),
        ),
    ]
}
