//! A file for a layer: what a person says of it, and what it would make of the layer.

use mendmap_core::{
    catalog::{Fields, LayerId},
    city::{AssetSummary, Meant, OddCodes, Preview, Report, TableChoice, TableProposal},
    task::TaskSummary,
};
use serde::{Deserialize, Serialize};

/// What a person says of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileSaid {
    /// For which layer it is.
    pub layer: LayerId,
    /// Its name.
    pub name: String,
    /// Whether its degrees are in GCJ-02.
    pub is_gcj02: bool,
    /// The columns of its coordinates, where it is a table.
    pub table: Option<TableChoice>,
    /// The names of its properties; what they are likely to be where none are said.
    pub fields: Option<Fields>,
}

/// A file that was read and waits for a person's word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    /// What reading it said.
    pub report: Report,
    /// What it would make of the layer that is there; none where there is none yet.
    pub changes: Option<Told>,
    /// Codes that are not as the standard has them.
    pub odd_codes: OddCodes,
    /// The names of the properties of its first features.
    pub names: Vec<String>,
    /// Which of them were taken for code, name, street, owner, date and state.
    pub fields: Fields,
    /// Its first assets, with what their cards say.
    pub sample: Vec<(AssetSummary, Vec<Meant>)>,
    /// Which columns it seems to have, where it is a table.
    pub table: Option<TableProposal>,
    /// It on the map; none where nothing could be loaded.
    pub preview: Option<Preview>,
}

/// What a file changes, in numbers; see [`mendmap_core::city::Changes`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// As they were.
    pub same: usize,
    /// Not there before.
    pub added: usize,
    /// Otherwise than before.
    pub changed: usize,
    /// With another code.
    pub recoded: usize,
    /// Elsewhere.
    pub moved: usize,
    /// There no more.
    pub vanished: usize,
    /// How much open work is on those.
    pub open: usize,
    /// The first of it.
    pub first_open: Vec<TaskSummary>,
}

/// A person's own file that stands in a layer's place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFile {
    /// Its name; empty of one that an older version of the app kept.
    pub name: String,
    /// When it was put there, as a date and time in its zone; empty where that is not known.
    pub at: String,
    /// Whether another of a person's own stood there before, and can be gone back to.
    pub has_before: bool,
}

/// To what a layer goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Back {
    /// The file that came with the city.
    ToCity,
    /// What stood there before the last file.
    ToBefore,
}
