//! Kinds of assets (管理部件).

use super::Label;
use super::id::word_id;
use super::json::members;
use serde::{Deserialize, Serialize};

word_id!(/// Identifies an asset kind within a catalogue, for example `manhole-sewage`.
    AssetKindId);

/// A kind of asset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssetKind {
    /// Its id.
    pub id: AssetKindId,
    /// The class part of its 16-digit codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ClassCode>,
    /// The shape its features have.
    pub geometry: GeometryType,
    /// Its name.
    pub label: Label,
    /// Name of the glyph drawn inside the state mark, for example `lid-storm`.
    /// A glyph nobody has drawn falls back to the first character of the label.
    pub symbol: String,
    /// Colour of its symbol or line.
    pub colour: Colour,
    /// Which kind wins a tap where several lie under the finger: larger first.
    #[serde(default)]
    pub priority: u8,
    /// What its names tell about places: a street's name says where a pothole is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locates: Option<Locates>,
}

members!(AssetKind { id, geometry, label, symbol, colour; code, priority, locates });

/// What the names of a kind's assets tell about the places at or in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locates {
    /// The street a place is at.
    Street,
    /// The community a place lies in.
    Community,
}

/// Four digits, major and minor class, of a 16-digit component code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassCode {
    /// For example `0102`.
    pub class: String,
    /// True where no national list has this class and the city chose it.
    #[serde(default)]
    pub local: bool,
    /// Where the number comes from, where that is in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

members!(ClassCode { class; local, source });

/// Shape of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GeometryType {
    /// One place.
    Point,
    /// A line or several.
    Line,
    /// An area or several.
    Polygon,
}

/// One colour for each theme, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour {
    /// On paper.
    pub light: String,
    /// On the dark map.
    pub dark: String,
}

members!(Colour { light, dark; });
