//! The city, its crews and the optional base map.

use super::FamilyId;
use super::id::word_id;
use super::json::members;
use serde::{Deserialize, Serialize};

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

members!(Label { zh, en; });

/// The city this catalogue is for. Its id names the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct City {
    /// Six-digit administrative code, for example `220382`.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// IANA time zone in which periods of the ledger are read.
    pub zone: String,
    /// Where the map opens: longitude, latitude in degrees (WGS 84).
    pub center: [f64; 2],
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// True where the data is invented; the app then says so on every screen.
    #[serde(default)]
    pub demonstration: bool,
}

members!(City { id, label, zone, center, bounds; demonstration });

word_id!(/// Identifies a crew, for example `drain-1`.
    CrewId);

/// A crew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crew {
    /// Its id.
    pub id: CrewId,
    /// Its name.
    pub label: Label,
    /// Families of work it does.
    #[serde(default)]
    pub families: Vec<FamilyId>,
}

members!(Crew { id, label; families });

/// A picture underneath the city's own layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseMap {
    /// How tiles are asked for.
    pub kind: BaseMapKind,
    /// Address, with `{z}`, `{x}`, `{y}` and, where a key is needed, `{key}`.
    /// For WMTS the template is that of one tile; for PMTiles the address of the file.
    pub url: String,
    /// Key put in place of `{key}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Datum the picture is drawn in.
    #[serde(default)]
    pub datum: Datum,
    /// Largest zoom the source has.
    #[serde(default = "default_max_zoom")]
    pub max_zoom: u8,
    /// Shown in the corner of the map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
}

members!(BaseMap { kind, url; key, datum, max_zoom = default_max_zoom(), attribution });

fn default_max_zoom() -> u8 {
    18
}

/// How the tiles of a base map are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BaseMapKind {
    /// Plain tile addresses.
    Xyz,
    /// OGC WMTS with a tile template, such as Tianditu.
    Wmts,
    /// One PMTiles file of raster tiles.
    Pmtiles,
}

/// Datum of a base map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Datum {
    /// WGS 84, or CGCS2000, which agrees with it to centimetres.
    #[default]
    #[serde(rename = "WGS84")]
    Wgs84,
    /// The shifted Chinese datum of consumer maps.
    #[serde(rename = "GCJ-02")]
    Gcj02,
}
