//! What became of a file: counts, and what was wrong, as data. The words are
//! made by the page, from the tags.

use super::Problem;
use crate::catalog::LayerId;
use serde::{Deserialize, Serialize};

/// How many examples of one kind of problem are kept.
pub const EXAMPLES: usize = 5;

/// What became of a file. `loaded + refused == read`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The layer it was read into.
    pub layer: LayerId,
    /// Size of the file.
    pub bytes: usize,
    /// Why reading stopped, where it did not reach the end. What was read
    /// before a break in the syntax is loaded all the same.
    pub error: Option<super::FileError>,
    /// Features met.
    pub read: usize,
    /// Features now in the layer.
    pub loaded: usize,
    /// Of the loaded, those that had to be mended.
    pub mended: usize,
    /// Features left out.
    pub refused: usize,
    /// The problems, by kind, refusals first.
    pub problems: Vec<Tally>,
    /// What was done with the file before it was read; none where it was read as it is.
    pub remarks: Option<super::Remarks>,
}

/// One kind of problem: how often, and where first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// What it did to the feature.
    pub severity: Severity,
    /// Its tag, the same as the `kind` of its examples.
    pub kind: String,
    /// How many features have it.
    pub count: usize,
    /// The first of them, at most [`EXAMPLES`], unless all were asked for.
    pub first: Vec<Example>,
}

/// A feature with a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Its position in the file, from 0.
    pub index: usize,
    /// Its code or id, where it has one.
    pub id: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// What a problem does to its feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is left out.
    Refused,
    /// It is loaded, changed.
    Mended,
    /// It is loaded as it is.
    Noted,
}
