//! What the facade answers with: plain values that cross to the page.

use crate::catalog::{AssetKindId, LayerId, Meaning};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use serde::{Deserialize, Serialize};

/// Enough of an asset for a line in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssetSummary {
    /// Its uid.
    pub uid: AssetUid,
    /// The layer it was loaded from.
    pub layer: LayerId,
    /// Its kind.
    pub kind: AssetKindId,
    /// Its 16-digit code, where it has one.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The street it stands on.
    pub street: Option<String>,
    /// A point on it: the place of a point, the middle of a line, the inside of an area.
    pub at: LonLat,
}

/// Everything known of an asset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asset {
    /// What a list shows of it.
    pub summary: AssetSummary,
    /// Its geometry as the text of a GeoJSON object, as mended.
    pub geometry: String,
    /// All its properties that say something, in the order of the file: texts as
    /// they read, lists with dots between, other values as JSON.
    pub properties: Vec<(String, String)>,
    /// What of them says whose it is, since when it is there and how it stands.
    pub meant: Vec<Meant>,
    /// Geodesic length in metres, of lines.
    pub length_m: Option<f64>,
    /// Geodesic area in square metres, of areas.
    pub area_m2: Option<f64>,
}

/// A property whose meaning is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meant {
    /// What it is.
    pub meaning: Meaning,
    /// What it is called in the file.
    pub property: String,
    /// What it says, as it reads; never empty.
    pub value: String,
}

/// An asset and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The asset.
    pub asset: AssetSummary,
    /// Metres from the place asked about; 0 inside an area.
    pub metres: f64,
}

/// An asset beside a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// The asset.
    pub asset: AssetSummary,
    /// Metres from the line's start to where the asset is nearest.
    pub along_m: f64,
    /// Metres from the line to the asset: positive on the left of its
    /// direction, negative on the right, 0 on it.
    pub offset_m: f64,
}

/// The nearest of some assets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Near {
    /// How many there are in all.
    pub total: usize,
    /// The first of them, nearest first, equally near ones by layer and row.
    pub hits: Vec<Hit>,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Searched {
    /// How many there are in all.
    pub total: usize,
    /// The best of them, best first.
    pub best: Vec<Found>,
}

/// An asset that a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The asset.
    pub asset: AssetSummary,
    /// What of it matched.
    pub field: Field,
    /// How well.
    pub rank: Rank,
}

/// A searched field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The code.
    Code,
    /// The name.
    Name,
    /// The street.
    Street,
}

/// How well a field matches, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// It is the text.
    Exact,
    /// It begins with the text.
    Prefix,
    /// The text is somewhere in it.
    Within,
}

/// Where a place is, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhereIs {
    /// Name of the nearest street.
    pub street: Option<String>,
    /// Name of the community it lies in.
    pub community: Option<String>,
}

/// Which assets a query is about; what is left out does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Only these layers.
    pub layers: Option<Vec<LayerId>>,
    /// Only these kinds.
    pub kinds: Option<Vec<AssetKindId>>,
}

impl Filter {
    /// Everything.
    pub fn all() -> Self {
        Filter::default()
    }

    /// Only these layers.
    pub fn layers(layers: impl IntoIterator<Item = LayerId>) -> Self {
        Filter {
            layers: Some(layers.into_iter().collect()),
            kinds: None,
        }
    }

    /// Only these kinds.
    pub fn kinds(kinds: impl IntoIterator<Item = AssetKindId>) -> Self {
        Filter {
            layers: None,
            kinds: Some(kinds.into_iter().collect()),
        }
    }
}
