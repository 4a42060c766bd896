//! A recorded track: from where a phone says that it was to what somebody went along.
//!
//! Fixes that cannot be true are refused ([`clean`]). What is left is thinned ([`gather`]) and
//! matched to the lines of a network by a hidden Markov model ([`viterbi`]), in the manner of
//! P. Newson and J. Krumm, "Hidden Markov Map Matching Through Noise and Sparseness", ACM
//! SIGSPATIAL GIS 2009. What lies in a gap counts as covered only where the way through it is
//! short and there is no other ([`bridge`]); else it is offered, for a person to say
//! ([`coverage::with`]).
//!
//! It is asked when a track is captured. Its answer, stretches in whole millimetres, is what
//! the log keeps and what is added up; so that floats may be used here.
//!
//! [`coverage::with`]: crate::coverage::with

mod bridge;
mod clean;
mod contest;
mod corner;
mod gather;
mod matched;
mod patrol;
mod recording;
mod viterbi;

pub use bridge::Gap;
pub use clean::{Cleaned, Doubt, cleaned};
pub use contest::Contested;
pub use corner::is_corner;
pub use matched::{Matched, Unmatched, matched};
pub use patrol::{Missing, Patrolled, patrolled};
pub use recording::{ByHand, GapId, Recording, thinned};

use crate::geodesy::LonLat;
use crate::log::TrackPoint;

/// Where a phone says that it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// Milliseconds since recording began.
    pub ms: u64,
    /// The place.
    pub at: LonLat,
    /// Metres within which it is with a probability of 95 %, as browsers tell it (W3C
    /// Geolocation); 0 where that is not known.
    pub accuracy_m: f64,
}

impl From<TrackPoint> for Fix {
    fn from(point: TrackPoint) -> Self {
        Fix {
            ms: u64::from(point.seconds) * 1000,
            at: LonLat::new(f64::from(point.lon) / 1e7, f64::from(point.lat) / 1e7),
            accuracy_m: f64::from(point.accuracy_mm) / 1000.0,
        }
    }
}

/// What a track is measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Nobody is faster, in metres a second.
    pub top_speed_mps: f64,
    /// A fix that is less accurate is refused, in metres.
    pub worst_accuracy_m: f64,
    /// Without a fix for as long there is a gap, in milliseconds; four times as long as is
    /// usual between two fixes of the track, where that is more.
    pub gap_ms: u64,
    /// Fixes of as many milliseconds are one.
    pub gather_ms: u64,
    /// How far beside the line one usually goes, in metres: on the pavement, or in a lane.
    pub aside_m: f64,
    /// The longest way through a gap that is taken for granted, in metres.
    pub bridge_m: f64,
    /// The longest gap that is taken for granted, in milliseconds.
    pub bridge_ms: u64,
}

impl Rules {
    /// A crew that walks.
    pub const ON_FOOT: Rules = Rules {
        top_speed_mps: 6.0,
        worst_accuracy_m: 40.0,
        gap_ms: 20_000,
        gather_ms: 6_000,
        aside_m: 4.0,
        bridge_m: 100.0,
        bridge_ms: 180_000,
    };

    /// A vehicle.
    pub const DRIVING: Rules = Rules {
        top_speed_mps: 35.0,
        worst_accuracy_m: 50.0,
        gap_ms: 20_000,
        gather_ms: 1_000,
        aside_m: 4.0,
        bridge_m: 250.0,
        bridge_ms: 60_000,
    };
}

#[cfg(test)]
pub(crate) mod tests;
