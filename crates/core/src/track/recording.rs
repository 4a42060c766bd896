//! A track while it is recorded: state and what is heard of the phone, and the next state.

use super::{Fix, Rules};
use crate::geodesy::LonLat;
use crate::ids::{AssetUid, TaskUid};
use crate::log::{Position, TrackPoint};
use serde::{Deserialize, Serialize};

/// From one fix to the next that the log keeps are so many seconds at least: what was covered
/// is known from all of them, and kept; these say how.
const KEPT_EVERY_S: u32 = 10;

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Of which task.
    pub task: TaskUid,
    /// When it began, in milliseconds since 1970 by the phone's clock.
    pub began_ms: i64,
    /// Whether it is driven, not walked.
    pub is_driven: bool,
    /// True between "pause" and "go on".
    pub is_paused: bool,
    /// What a person says of it.
    pub by_hand: ByHand,
    /// How many legs were begun: the last may be without a fix yet.
    #[serde(default)]
    pub begun: usize,
    /// How many legs are in the log already.
    #[serde(default)]
    pub kept: usize,
    /// From each beginning to the next pause, where the phone was.
    #[serde(skip)]
    pub legs: Vec<Vec<TrackPoint>>,
}

/// What a person adds to what was matched, or takes from it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// Gaps that were gone through along the lines.
    pub gaps: Vec<GapId>,
    /// Assets that were covered from end to end.
    pub with: Vec<AssetUid>,
    /// Assets that were not covered.
    pub without: Vec<AssetUid>,
}

/// A gap: which leg, from 0, and at how many seconds since recording began.
pub type GapId = (u32, u32);

impl Recording {
    /// One that begins.
    pub fn begin(task: TaskUid, now_ms: i64, is_driven: bool) -> Self {
        Recording {
            task,
            began_ms: now_ms,
            is_driven,
            is_paused: false,
            by_hand: ByHand::default(),
            begun: 1,
            kept: 0,
            legs: vec![Vec::new()],
        }
    }

    /// Takes down where the phone is, unless it pauses; whether it did. Of one second the most
    /// accurate fix is kept, and none from before the last: a clock may be set back.
    pub fn hear(&mut self, now_ms: i64, at: LonLat, accuracy_m: f64) -> bool {
        let Some(point) = self.point(now_ms, at, accuracy_m) else {
            return false;
        };
        let Some(leg) = self.legs.last_mut().filter(|_| !self.is_paused) else {
            return false;
        };
        match leg.last_mut() {
            Some(last) if point.seconds < last.seconds => return false,
            Some(last) if point.seconds == last.seconds => {
                if point.accuracy_mm >= last.accuracy_mm {
                    return false;
                }
                *last = point;
            }
            _ => leg.push(point),
        }
        true
    }

    fn point(&self, now_ms: i64, at: LonLat, accuracy_m: f64) -> Option<TrackPoint> {
        let Position { lon, lat } = Position::from_degrees(at.lon, at.lat)?;
        let seconds = now_ms.checked_sub(self.began_ms)? / 1000;
        let millimetres = (accuracy_m * 1000.0).clamp(0.0, f64::from(u32::MAX));
        Some(TrackPoint {
            lon,
            lat,
            seconds: u32::try_from(seconds).ok()?,
            accuracy_mm: millimetres as u32,
        })
    }

    /// Stops listening for a while. What is gone meanwhile is not claimed.
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Goes on after a pause.
    pub fn go_on(&mut self) {
        self.is_paused = false;
        if self.legs.last().is_none_or(|leg| !leg.is_empty()) {
            self.legs.push(Vec::new());
            self.begun = self.legs.len();
        }
    }

    /// What it is measured by.
    pub fn rules(is_driven: bool) -> &'static Rules {
        match is_driven {
            true => &Rules::DRIVING,
            false => &Rules::ON_FOOT,
        }
    }
}

impl ByHand {
    /// Says of a gap that it was gone through, or takes that back.
    pub fn turn_gap(&mut self, gap: GapId, is_gone: bool) {
        self.gaps.retain(|own| *own != gap);
        if is_gone {
            self.gaps.push(gap);
        }
    }

    /// Says of an asset that it was covered, or that it was not; `is_matched` where the track
    /// says that some of it was.
    pub fn turn(&mut self, asset: AssetUid, is_covered: bool, is_matched: bool) {
        self.with.retain(|own| *own != asset);
        self.without.retain(|own| *own != asset);
        match (is_covered, is_matched) {
            (true, false) => self.with.push(asset),
            (false, _) => self.without.push(asset),
            (true, true) => {}
        }
    }

    /// Means a line by a touch: all of it, where none or only some counted; nothing of it, where
    /// all did.
    pub fn tap(&mut self, asset: AssetUid, counts: bool, is_matched: bool) {
        let is_part = counts && is_matched && !self.with.contains(&asset);
        match is_part {
            true => self.with.push(asset),
            false => self.turn(asset, !counts, false),
        }
    }
}

/// A leg as fixes.
pub(super) fn fixes(leg: &[TrackPoint]) -> Vec<Fix> {
    leg.iter().copied().map(Fix::from).collect()
}

/// A leg as the log keeps it: the first fix, the last, and between them one in ten seconds; both
/// sides of whatever gap is longer.
pub fn thinned(leg: &[TrackPoint]) -> Vec<TrackPoint> {
    let mut kept: Vec<TrackPoint> = Vec::new();
    for (n, point) in leg.iter().enumerate() {
        let is_late = kept
            .last()
            .is_none_or(|last| point.seconds - last.seconds >= KEPT_EVERY_S);
        let gap = leg.get(n + 1);
        let before_gap = gap.is_none_or(|next| next.seconds - point.seconds >= KEPT_EVERY_S);
        if is_late || before_gap {
            kept.push(*point);
        }
    }
    kept
}
