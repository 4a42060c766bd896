//! The style: what MapLibre is told to draw, as a pure function of the catalogue
//! and of what the page shows. No part of it names a kind of asset; the `symbol`
//! of a kind says how it is drawn, and an unknown symbol is drawn plainly.

mod area;
mod diff;
mod expr;
mod label;
mod line;
mod overlay;
mod palette;
mod point;
mod template;

pub(crate) use area::GROUND;
pub use diff::{Change, diff};
pub use overlay::{ME, SELECTION, SHARES, SKETCH, TASKS};
pub(crate) use palette::colour;
pub use palette::{Palette, Theme};

use mendmap_core::catalog::{AssetKind, Catalog, GeometryType, LayerFile, LayerId};
use serde_json::Value;
use template::fill;

/// Address of the tiles the worker makes.
pub const TILES: &str = "mendmap://tiles/{z}/{x}/{y}";
/// Name of the vector source that holds every catalogue layer.
pub const CITY: &str = expr::CITY;
/// Name of the raster source of the base map.
pub const BASE: &str = "base";
/// Largest zoom tiles are made for; beyond it they are enlarged.
pub const MAX_TILE_ZOOM: u8 = 18;

/// What the style depends on.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Kinds, layers and the base map.
    pub catalog: &'a Catalog,
    /// Colours.
    pub theme: Theme,
    /// Layers that are switched on.
    pub visible: &'a [LayerId],
    /// Marks mean never, open and done; everything else steps back.
    pub completion: bool,
    /// Tile address of the base map, where there is one.
    pub base: Option<&'a str>,
}

impl Look<'_> {
    fn palette(&self) -> &'static Palette {
        self.theme.palette()
    }
}

/// The whole style document.
pub fn style(look: &Look<'_>, transition_ms: u32) -> Value {
    let mut style = fill!(
        r#"{
            "version": 8,
            "transition": { "duration": "$transition_ms", "delay": 0 },
            "sources": {},
            "layers": "$layers"
        }"#;
        transition_ms,
        layers = layers(look),
    );
    let sources = &mut style["sources"];
    sources[CITY] = fill!(
        r#"{ "type": "vector", "tiles": ["$tiles"], "minzoom": 0, "maxzoom": "$max_zoom" }"#;
        tiles = TILES,
        max_zoom = MAX_TILE_ZOOM,
    );
    for source in [SHARES, TASKS, SELECTION, SKETCH, ME] {
        sources[source] = overlay::empty_source();
    }
    if let (Some(url), Some(base)) = (look.base, &look.catalog.base_map) {
        sources[BASE] = fill!(
            r#"{ "type": "raster", "tiles": ["$url"], "tileSize": 256, "maxzoom": "$max_zoom" }"#;
            url = url,
            max_zoom = base.max_zoom,
        );
    }
    style
}

/// The layers, from the ground up. Their number and order depend on the catalogue
/// alone, so that two looks differ in properties only.
pub fn layers(look: &Look<'_>) -> Vec<Value> {
    let palette = look.palette();
    let mut out = vec![fill!(
        r#"{ "id": "ground", "type": "background", "paint": { "background-color": "$paper" } }"#;
        paper = palette.paper,
    )];
    if look.base.is_some() && look.catalog.base_map.is_some() {
        out.push(fill!(
            r#"{
                "id": "base", "type": "raster", "source": "$source",
                "paint": {
                    "raster-opacity": "$opacity",
                    "raster-saturation": -0.5,
                    "raster-brightness-max": "$brightest",
                    "raster-fade-duration": 150
                }
            }"#;
            source = BASE,
            opacity = if look.completion { 0.35 } else { 0.8 },
            brightest = if look.theme == Theme::Dark { 0.55 } else { 1.0 },
        ));
    }
    // The heart of the product comes first in the catalogue and lies on top of the map.
    let groups: Vec<Group<'_>> = look
        .catalog
        .layers
        .iter()
        .rev()
        .flat_map(|layer| groups(look, layer))
        .collect();
    let draw = |stages: &[Stage]| {
        let all = stages
            .iter()
            .flat_map(|stage| groups.iter().map(move |group| (stage, group)));
        let layers = all.flat_map(|(stage, group)| stage(look, group));
        layers.collect::<Vec<_>>()
    };
    out.extend(draw(BELOW));
    // The shares of places cover the ground and no mark.
    out.extend(overlay::shares(look));
    out.extend(draw(ABOVE));
    out.extend(overlay::layers(look));
    out
}

type Stage = fn(&Look<'_>, &Group<'_>) -> Vec<Value>;

/// From the ground up: what a later stage draws covers what an earlier one did,
/// and wins where two symbols want the same place.
const BELOW: &[Stage] = &[
    area::ground,
    area::built,
    line::water,
    line::rail,
    line::road_casing,
    line::road_face,
    line::plain,
    line::pipe,
    line::state,
    line::arrows,
];

const ABOVE: &[Stage] = &[
    point::dots,
    point::specks,
    label::streets_close,
    point::icons_of_many,
    label::areas,
    label::streets,
    label::places,
    point::icons_of_few,
    area::marks,
    point::marks,
];

/// Kinds of one layer that are drawn alike.
struct Group<'a> {
    layer: &'a LayerFile,
    geometry: GeometryType,
    /// First word of the kinds' symbol.
    stem: &'a str,
    kinds: Vec<&'a AssetKind>,
    visible: bool,
}

fn groups<'a>(look: &Look<'a>, layer: &'a LayerFile) -> Vec<Group<'a>> {
    let mut out: Vec<Group<'a>> = Vec::new();
    for kind in layer
        .kinds
        .iter()
        .filter_map(|id| look.catalog.asset_kind(id))
    {
        let stem = kind.symbol.split('-').next().unwrap_or_default();
        match out
            .iter_mut()
            .find(|g| g.geometry == kind.geometry && g.stem == stem)
        {
            Some(group) => group.kinds.push(kind),
            None => out.push(Group {
                layer,
                geometry: kind.geometry,
                stem,
                kinds: vec![kind],
                visible: look.visible.contains(&layer.id),
            }),
        }
    }
    out
}

impl Group<'_> {
    fn is(&self, geometry: GeometryType, stem: &str) -> bool {
        self.geometry == geometry && self.stem == stem
    }

    /// A style layer over this group's features.
    fn layer(&self, part: &str, kind: &str, mut rest: Value) -> Value {
        let geometry = match self.geometry {
            GeometryType::Point => "point",
            GeometryType::Line => "line",
            GeometryType::Polygon => "polygon",
        };
        let id = format!("{}/{geometry}-{}/{part}", self.layer.id.0, self.stem);
        let mut conditions = vec![expr::of_kinds(&self.kinds)];
        if let Some(more) = rest.get("filter") {
            conditions.push(more.clone());
        }
        let mut layout = rest.get("layout").cloned().unwrap_or_default();
        layout["visibility"] = if self.visible { "visible" } else { "none" }.into();
        rest["id"] = id.into();
        rest["type"] = kind.into();
        rest["source"] = CITY.into();
        rest["source-layer"] = self.layer.id.0.as_str().into();
        rest["filter"] = expr::all(&conditions);
        rest["layout"] = layout;
        rest
    }

    /// Zoom from which features of this group are drawn one by one, at least `floor`.
    fn zoom_from(&self, floor: f64) -> f64 {
        f64::from(self.layer.min_zoom).max(floor)
    }
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
