//! What happens on the way: ticks, safety checks, tracks.

use super::{Photo, Stretch, WorkLine};
use crate::catalog::PrecheckId;
use crate::ids::AssetUid;
use crate::log::{Moment, Quantity};
use serde::{Deserialize, Serialize};

/// `ticked`: one asset of a round was done, or could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticked {
    /// The asset.
    pub asset: AssetUid,
    /// Why it could not be done. Absent says that it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreached: Option<String>,
    /// What was done at it, where that differs from one of the round's own work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<WorkLine>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
}

/// `made_safe`: the place was guarded, or a safety check was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeSafe {
    /// Which check of the catalogue; absent says the place was guarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precheck: Option<PrecheckId>,
    /// Which chamber, where it is asked for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<AssetUid>,
    /// Numbers of the ticked items, from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<u16>,
    /// Gas readings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReadingTaken>,
    /// Who keeps watch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watcher: Option<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A reading, by the id the catalogue gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingTaken {
    /// For example `o2`.
    pub id: String,
    /// In the unit the catalogue names.
    pub value: Quantity,
}

/// `tracked`: a track was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// When recording began.
    pub began: Moment,
    /// Where the phone was. A gap in time is a gap in the track.
    pub points: Vec<TrackPoint>,
    /// Stretches of lines that it ran along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covered: Vec<Stretch>,
}

/// A fix of a track. Written `[lon, lat, seconds, accuracy]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i32, i32, u32, u32)", into = "(i32, i32, u32, u32)")]
pub struct TrackPoint {
    /// Longitude, 1e-7 degrees.
    pub lon: i32,
    /// Latitude, 1e-7 degrees.
    pub lat: i32,
    /// Seconds since recording began.
    pub seconds: u32,
    /// Accuracy in millimetres.
    pub accuracy_mm: u32,
}

impl From<(i32, i32, u32, u32)> for TrackPoint {
    fn from((lon, lat, seconds, accuracy_mm): (i32, i32, u32, u32)) -> Self {
        TrackPoint {
            lon,
            lat,
            seconds,
            accuracy_mm,
        }
    }
}

impl From<TrackPoint> for (i32, i32, u32, u32) {
    fn from(p: TrackPoint) -> Self {
        (p.lon, p.lat, p.seconds, p.accuracy_mm)
    }
}
