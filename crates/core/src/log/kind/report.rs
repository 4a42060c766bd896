//! What was done, and how much.

use crate::catalog::{UnitId, WorkKindId};
use crate::ids::AssetUid;
use crate::log::{ActorId, Quantity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `reported`: the crew says it is done. Closes the task for the crew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// What was done, one line for each kind of work and material.
    pub lines: Vec<WorkLine>,
    /// The local date on which it was done. Periods of the ledger go by it.
    #[serde(with = "crate::log::day")]
    pub done_on: Date,
    /// Who else was there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// On whose behalf the author wrote it down, for example from paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<ActorId>,
    /// In the crew's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What the map and catalogue said at the time.
    #[serde(default)]
    pub snapshot: Snapshot,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// What was looked at, by a checklist of the catalogue. Behind all else: older versions
    /// pass it on untouched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<Checked>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The item of the checklist, by its id.
    pub item: Box<str>,
    /// Whether it was good; else something was wrong.
    pub good: bool,
    /// What was wrong, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An amount of one kind of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkLine {
    /// The kind of work.
    pub work: WorkKindId,
    /// How much.
    pub quantity: Quantity,
    /// In which unit.
    pub unit: UnitId,
    /// What it was done with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
    /// How the amount is known.
    pub measured: Measured,
    /// Stretches of lines that were covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covered: Vec<Stretch>,
    /// The patches that make up the amount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// The assets of the target it was done to; empty says all of them, or in a
    /// round those that were ticked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<AssetUid>,
}

/// How an amount is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Box<str>", into = "Box<str>")]
pub enum Measured {
    /// Typed by a person.
    Typed,
    /// Counted: lamps, lids, drains.
    Counted,
    /// From a geometry drawn on the map.
    Drawn,
    /// Along a street between two taps.
    Along,
    /// From length × width of patches.
    Patches,
    /// From a recorded track.
    Tracked,
    /// In a way that a newer version knows.
    Other(Box<str>),
}

impl From<Box<str>> for Measured {
    fn from(s: Box<str>) -> Self {
        match &*s {
            "typed" => Measured::Typed,
            "counted" => Measured::Counted,
            "drawn" => Measured::Drawn,
            "along" => Measured::Along,
            "patches" => Measured::Patches,
            "tracked" => Measured::Tracked,
            _ => Measured::Other(s),
        }
    }
}

impl From<Measured> for Box<str> {
    fn from(m: Measured) -> Self {
        match m {
            Measured::Typed => "typed".into(),
            Measured::Counted => "counted".into(),
            Measured::Drawn => "drawn".into(),
            Measured::Along => "along".into(),
            Measured::Patches => "patches".into(),
            Measured::Tracked => "tracked".into(),
            Measured::Other(s) => s,
        }
    }
}

/// A stretch of a line asset, in millimetres from the line's beginning.
/// Written `[uid, from, to]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(AssetUid, u64, u64)", into = "(AssetUid, u64, u64)")]
pub struct Stretch {
    /// The pipe or street.
    pub asset: AssetUid,
    /// Beginning of the stretch.
    pub from_mm: u64,
    /// End of the stretch.
    pub to_mm: u64,
}

impl From<(AssetUid, u64, u64)> for Stretch {
    fn from((asset, from_mm, to_mm): (AssetUid, u64, u64)) -> Self {
        Stretch {
            asset,
            from_mm,
            to_mm,
        }
    }
}

impl From<Stretch> for (AssetUid, u64, u64) {
    fn from(s: Stretch) -> Self {
        (s.asset, s.from_mm, s.to_mm)
    }
}

/// A patch: its length and width in metres, as typed. Written `[length, width]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Quantity, Quantity)", into = "(Quantity, Quantity)")]
pub struct Patch {
    /// Metres.
    pub length: Quantity,
    /// Metres.
    pub width: Quantity,
}

impl From<(Quantity, Quantity)> for Patch {
    fn from((length, width): (Quantity, Quantity)) -> Self {
        Patch { length, width }
    }
}

impl From<Patch> for (Quantity, Quantity) {
    fn from(patch: Patch) -> Self {
        (patch.length, patch.width)
    }
}

/// What the map and catalogue said when a report was written, so that a later
/// import changes no published figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// The grid cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid: Option<String>,
    /// Version of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<u32>,
}

/// A picture, by the hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// SHA-256 of the picture as kept, 64 lower-case hex digits.
    pub sha256: Box<str>,
    /// Salted SHA-256 of its private part (claimed place and time), where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<Box<str>>,
    /// `before`, `after` or another word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Box<str>>,
}
