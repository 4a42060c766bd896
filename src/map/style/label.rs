//! Names. All glyphs are drawn by the browser: there is no glyph server.

use super::expr::{by_grade, by_zoom, of_shape, stepping_back};
use super::template::fill;
use super::{Group, Look, area, point};
use mendmap_core::catalog::GeometryType::{Line, Point, Polygon};
use serde_json::Value;

/// Fonts of the system, Chinese ones first; the browser falls back along the list.
pub(super) const FONTS: [&str; 6] = [
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "system-ui",
];

/// The same in a medium weight. The weight is read from the first name of the
/// list, which need not exist.
fn medium() -> Vec<&'static str> {
    let mut fonts = vec!["Mendmap Medium"];
    fonts.extend(FONTS);
    fonts
}

fn paint(look: &Look<'_>, colour: &str) -> Value {
    fill!(
        r#"{
            "text-color": "$colour",
            "text-halo-color": "$halo",
            "text-halo-width": 1.6,
            "text-halo-blur": 0.3,
            "text-opacity": "$opacity"
        }"#;
        colour = colour,
        halo = look.palette().paper,
        opacity = stepping_back(look.completion, 1.0, 0.55),
    )
}

/// Zoom from which names of streets give way to what stands in them.
const CLOSE: f64 = 17.4;

/// Street names along the streets.
pub(super) fn streets(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    along(
        look,
        group,
        "name",
        fill!(r#"{ "minzoom": 12.5, "maxzoom": "$close" }"#; close = CLOSE),
        380,
    )
}

/// The same from close by, wherever there is room between the symbols.
pub(super) fn streets_close(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    let zooms = fill!(r#"{ "minzoom": "$close" }"#; close = CLOSE);
    along(look, group, "name-close", zooms, 160)
}

fn along(
    look: &Look<'_>,
    group: &Group<'_>,
    part: &str,
    mut layer: Value,
    spacing_px: u32,
) -> Vec<Value> {
    if group.geometry != Line || group.stem == "pipe" {
        return vec![];
    }
    let p = look.palette();
    layer["filter"] = fill!(r#"["has", "l"]"#);
    layer["layout"] = fill!(
        r#"{
            "symbol-placement": "line",
            "symbol-spacing": "$spacing_px",
            "text-field": ["get", "l"],
            "text-font": "$fonts",
            "text-size": "$size",
            "text-letter-spacing": 0.12,
            "text-max-angle": 35,
            "text-padding": 6,
            "symbol-sort-key": "$key"
        }"#;
        spacing_px,
        fonts = FONTS,
        size = by_zoom(&[(13.0, by_grade(12, 11, 11)), (17.0, by_grade(15, 13, 13))]),
        key = by_grade(1, 2, 3),
    );
    layer["paint"] = paint(look, if group.stem == "road" { p.ink } else { p.muted });
    vec![group.layer(part, "symbol", layer)]
}

/// Names of communities and waters. An area comes a second time as a point inside
/// it, once for the whole map, and that carries the name.
pub(super) fn areas(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Polygon {
        return vec![];
    }
    vec![group.layer(
        "name",
        "symbol",
        fill!(
            r#"{
                "minzoom": "$from",
                "filter": ["all", "$is_point", ["has", "l"]],
                "layout": {
                    "text-field": ["get", "l"],
                    "text-font": "$fonts",
                    "text-size": "$size",
                    "text-max-width": 7,
                    "text-padding": 4
                },
                "paint": "$paint"
            }"#;
            from = if area::GROUND.contains(&group.stem) { 12.5 } else { 14.6 },
            is_point = of_shape("Point"),
            fonts = FONTS,
            size = by_zoom(&[(14.0, 11.into()), (17.0, 13.into())]),
            paint = paint(look, look.palette().muted),
        ),
    )]
}

/// Names of single places such as pump stations, below their symbol.
pub(super) fn places(look: &Look<'_>, group: &Group<'_>) -> Vec<Value> {
    if group.geometry != Point {
        return vec![];
    }
    vec![group.layer(
        "name",
        "symbol",
        fill!(
            r#"{
                "minzoom": "$from",
                "filter": ["has", "l"],
                "layout": {
                    "text-field": ["get", "l"],
                    "text-font": "$fonts",
                    "text-size": "$size",
                    "text-anchor": "top",
                    "text-offset": [0, 1.6],
                    "text-max-width": 8,
                    "text-padding": 1
                },
                "paint": "$paint"
            }"#;
            from = if point::few(group) { 15.6 } else { 18.5 },
            fonts = medium(),
            size = by_zoom(&[(15.0, 11.into()), (18.0, 13.into())]),
            paint = paint(look, look.palette().ink),
        ),
    )]
}
