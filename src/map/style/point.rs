//! Points: dots from afar, symbols from close by, and where those find no room specks;
//! marks of state from anywhere.

use super::expr::{
    by_having_state, by_zoom, has_state, kind_colour, sizes, state, state_colour, stepping_back,
    urgency,
};
use super::template::fill;
use super::{Group, Look};
use mendmap_core::catalog::GeometryType::Point;
use mendmap_core::task::Mark;
use serde_json::Value;

/// What is drawn one by one from afar has few members: they get their symbols and names early.
pub(super) fn few(group: &Group<'_>) -> bool {
    group.layer.min_zoom < 13
}

/// From here on a shape can be told from another where a symbol finds no room.
const SPECKS_FROM: f64 = 15.0;

/// What is under a mark, and all there is from afar.
pub(super) fn dots(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Point {
        return vec![];
    }
    let p = look.palette();
    let hollow = fill!(
        r#"["in", "$state", ["literal", ["$open", "$never"]]]"#;
        state = state(),
        open = Mark::Open.code(),
        never = Mark::Never.code(),
    );
    let stated = state_colour(p, kind_colour(&group.kinds, look.theme));
    let radius = |plain: f64, stated: f64| by_having_state(stated * p.scale, plain * p.scale);
    let by_hollow = |hollow_one: Value, full: Value| {
        fill!(
            r#"["case", "$hollow", "$hollow_one", "$full"]"#;
            hollow,
            hollow_one,
            full,
        )
    };
    let back = if look.completion { 0.25 } else { 1.0 };
    let quiet = |plain: f64| by_having_state(1.0, plain * back);
    let dot = |part: &str, zooms: [f64; 2], filter: Value| {
        group.layer(
            part,
            "circle",
            fill!(
                r#"{
                    "minzoom": "$minzoom",
                    "maxzoom": "$maxzoom",
                    "filter": "$filter",
                    "paint": {
                        "circle-radius": "$radius",
                        "circle-color": "$face",
                        "circle-stroke-color": "$edge",
                        "circle-stroke-width": "$edge_width",
                        "circle-opacity": "$opacity",
                        "circle-stroke-opacity": "$edge_opacity"
                    }
                }"#;
                minzoom = zooms[0],
                maxzoom = zooms[1],
                filter,
                radius = by_zoom(&[
                    (10.0, radius(0.6, 1.3)),
                    (13.0, radius(1.0, 2.2)),
                    (14.0, radius(1.9, 3.0)),
                    (15.0, radius(2.4, 3.6)),
                    (16.0, radius(3.0, 4.4)),
                    (18.0, radius(4.5, 6.0)),
                ]),
                face = by_hollow(p.surface.into(), stated.clone()),
                edge = by_hollow(stated.clone(), p.paper.into()),
                edge_width = by_zoom(&[
                    (12.0, by_hollow(0.9.into(), 0.2.into())),
                    (15.0, by_hollow(1.4.into(), 0.7.into())),
                ]),
                opacity = by_zoom(&[
                    (13.0, quiet(0.6)),
                    (15.0, quiet(0.85)),
                ]),
                edge_opacity = stepping_back(look.completion, 0.9, 0.15),
            ),
        )
    };
    vec![
        dot("dot", [group.zoom_from(11.0), SPECKS_FROM], has_none()),
        dot("dot-state", [9.0, 24.0], has_state()),
    ]
}

/// What a symbol that finds no room leaves behind: the kind's own small shape.
pub(super) fn specks(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Point {
        return vec![];
    }
    vec![group.layer(
        "speck",
        "symbol",
        fill!(
            r#"{
                "minzoom": "$from",
                "filter": "$has_none",
                "layout": {
                    "icon-image": ["concat", "speck:", ["get", "k"]],
                    "icon-size": "$size",
                    "icon-padding": 0,
                    "icon-allow-overlap": true,
                    "icon-ignore-placement": true
                },
                "paint": { "icon-opacity": "$opacity" }
            }"#;
            from = SPECKS_FROM,
            has_none = has_none(),
            size = sizes(look.palette(), &[(15.0, 0.5), (16.0, 0.64), (17.5, 0.8)]),
            opacity = if look.completion { 0.25 } else { 1.0 },
        ),
    )]
}

/// Symbols of what there are many of: they give way to names and to one another,
/// and leave their dot, until the map is close enough for all.
pub(super) fn icons_of_many(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Point || few(group) {
        return vec![];
    }
    let stops = [
        (15.4, 0.46),
        (16.0, 0.56),
        (17.0, 0.66),
        (18.0, 0.88),
        (19.0, 1.0),
    ];
    vec![icons(look, group, 15.4, &stops)]
}

/// Symbols of what there are few of: they come first.
pub(super) fn icons_of_few(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Point || !few(group) {
        return vec![];
    }
    let stops = [(12.5, 0.55), (15.0, 0.8), (17.0, 1.0)];
    vec![icons(look, group, group.zoom_from(12.5), &stops)]
}

/// The kind's glyph on a plain disc.
fn icons(look: &Look<'_>, group: &Group<'_>, from: f64, stops: &[(f64, f64)]) -> Value {
    group.layer(
        "icon",
        "symbol",
        fill!(
            r#"{
                "minzoom": "$from",
                "filter": "$has_none",
                "layout": {
                    "icon-image": ["concat", "mark:", ["get", "k"], ":0"],
                    "icon-size": "$size",
                    "icon-padding": 0,
                    "icon-allow-overlap": ["step", ["zoom"], false, 17.5, true]
                },
                "paint": { "icon-opacity": "$opacity" }
            }"#;
            from,
            has_none = has_none(),
            size = sizes(look.palette(), stops),
            opacity = if look.completion { 0.25 } else { 1.0 },
        ),
    )
}

/// True of a feature that has no state.
fn has_none() -> Value {
    fill!(r#"["==", "$state", 0]"#; state = state())
}

/// The mark of a point's state around the kind's glyph; the urgent win.
pub(super) fn marks(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Point {
        return vec![];
    }
    // From afar the many are dots; what cannot wait keeps its mark.
    let shown = match few(group) {
        true => has_state(),
        false => fill!(
            r#"["step", ["zoom"], [">=", "$urgency", 4], 14, "$has_state"]"#;
            urgency = urgency(),
            has_state = has_state(),
        ),
    };
    vec![group.layer(
        "mark",
        "symbol",
        fill!(
            r#"{
                "minzoom": 11,
                "filter": "$shown",
                "layout": {
                    "icon-image": ["concat", "mark:", ["get", "k"], ":", ["to-string", "$state"]],
                    "icon-size": "$size",
                    "icon-padding": 0,
                    "icon-allow-overlap": ["step", ["zoom"], false, 15, true],
                    "symbol-sort-key": "$key"
                }
            }"#;
            shown,
            state = state(),
            size = sizes(
                look.palette(),
                &[(11.0, 0.4), (14.0, 0.52), (16.0, 0.8), (18.0, 1.1)],
            ),
            key = urgent_first(),
        ),
    )]
}

/// Where symbols give way to one another the smaller key is placed first; where
/// they may overlap the larger key lies on top.
pub(super) fn urgent_first() -> Value {
    fill!(r#"["step", ["zoom"], ["-", 0, "$urgency"], 15, "$urgency"]"#; urgency = urgency())
}
