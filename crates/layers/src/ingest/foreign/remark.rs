//! What there is to say of a file as a whole that was read.

use super::{Encoding, wire};
use serde::{Deserialize, Serialize};

/// Remarks on a file; never empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Remarks(#[serde(with = "wire")] pub Vec<Remark>);

impl Remarks {
    /// Adds one to what there is.
    pub fn add(to: &mut Option<Remarks>, remark: Remark) {
        to.get_or_insert_with(|| Remarks(Vec::new())).0.push(remark);
    }
}

/// A remark on a file as a whole: what was done with it before it was read, or what may be wrong with it.
/// Where something was done, the places in the report (the `at` of a problem) are in the text that came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// It was packed by gzip.
    Unpacked,
    /// It was in another encoding than UTF-8.
    Decoded {
        /// In which.
        from: Encoding,
    },
    /// It was one JSON text behind the other, each a feature, geometry or collection.
    Sequence {
        /// How many.
        texts: usize,
    },
    /// It was a table.
    Table {
        /// The name of its column of longitudes, or eastings.
        east: String,
        /// The name of its column of latitudes, or northings.
        north: String,
    },
    /// Its coordinates were in metres, and were converted to degrees.
    Converted {
        /// The name of their system, as `EPSG:4550`.
        from: String,
        /// Whether north stood before east.
        north_first: bool,
    },
    /// Its degrees were in GCJ-02, as a person said, and were shifted back.
    Unshifted,
    /// Its latitudes stand first: the other way round it would lie in the city.
    LooksSwapped,
    /// It says nothing of it, and would lie in the city if its numbers were metres.
    LooksProjected {
        /// Of one of these systems, by their EPSG codes; never empty.
        systems: Vec<u32>,
    },
    /// It lies off what is known of the city as GCJ-02 would.
    LooksShifted {
        /// How far.
        metres: u32,
    },
}

impl Remark {
    /// Whether it warns of what may be wrong; the others say what was done.
    pub fn is_warning(&self) -> bool {
        use Remark::{LooksProjected, LooksShifted, LooksSwapped};
        matches!(
            self,
            LooksSwapped | LooksProjected { .. } | LooksShifted { .. }
        )
    }

    /// Its tag, as it is serialised.
    pub fn tag(&self) -> &'static str {
        match self {
            Remark::Unpacked => "unpacked",
            Remark::Decoded { .. } => "decoded",
            Remark::Sequence { .. } => "sequence",
            Remark::Table { .. } => "table",
            Remark::Converted { .. } => "converted",
            Remark::Unshifted => "unshifted",
            Remark::LooksSwapped => "looks_swapped",
            Remark::LooksProjected { .. } => "looks_projected",
            Remark::LooksShifted { .. } => "looks_shifted",
        }
    }
}
