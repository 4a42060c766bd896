//! The way between two taps.

use super::route::Only;
use super::way::{Run, drawn, joined, stretches};
use super::{Near, Network, Search, Way};
use crate::coverage;
use crate::geodesy::{LonLat, length_m};
use crate::ids::AssetUid;
use crate::log::Stretch;
use crate::order;
use thiserror::Error;

/// The most ways that are offered to choose from.
pub const MAX_WAYS: usize = 4;
/// The most places that one tap is taken to mean.
const MAX_PLACES: usize = 4;
/// A detour of as many metres is as improbable as a tap that is off by half the tolerance.
const DETOUR_M: f64 = 200.0;
/// What is less probable than the best by e to the power of this is not offered.
const IMPROBABLE: f64 = 3.0;

/// Which of two taps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TapEnd {
    /// The first.
    Start,
    /// The second.
    End,
}

/// Why there is no way between two taps.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NoWay {
    /// No line is near one of the taps.
    #[error("no line within {within_m} m of the {tap:?}")]
    NothingNear {
        /// Which one.
        tap: TapEnd,
        /// Metres in which was looked.
        within_m: f64,
    },
    /// Both are on lines, but these are not connected.
    #[error("{start} and {end} are not connected")]
    NotConnected {
        /// The line nearest to the first tap.
        start: AssetUid,
        /// The line nearest to the second tap.
        end: AssetUid,
    },
}

/// A way that is weighed against others.
struct Candidate {
    /// The less, the more probable.
    cost: f64,
    runs: Vec<Run>,
    stretches: Vec<Stretch>,
    start: Near,
    end: Near,
}

impl Network {
    /// The ways that two taps may mean, the most probable first; there is at least one, and
    /// where there are several a person has to say which.
    ///
    /// Each tap means a line within the tolerance, in metres: the nearest one, or one that is
    /// farther by less than half of the tolerance. Two taps between parallel streets thus mean
    /// one street, or the other, or the way around the corner. Ways that differ by less than
    /// the tolerance, or by less than a fifth of their length, are one. Between two places on
    /// one line the way along the line goes before a shorter one over other lines; else the
    /// shortest one counts.
    pub fn between(&self, start: LonLat, end: LonLat, tolerance_m: f64) -> Result<Vec<Way>, NoWay> {
        let starts = self.meant(start, TapEnd::Start, tolerance_m)?;
        let ends = self.meant(end, TapEnd::End, tolerance_m)?;
        let mut candidates = self.candidates(&starts, &ends, tolerance_m);
        let nearest = candidates.first().map(|c| (c.start.edge, c.end.edge));
        order::sort_by(&mut candidates, |a, b| a.cost.total_cmp(&b.cost));
        let Some(best) = candidates.first().map(|c| c.cost) else {
            let asset = |near: &[Near]| self.asset(near[0].spot.line);
            return Err(NoWay::NotConnected {
                start: asset(&starts),
                end: asset(&ends),
            });
        };
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            // What lies nearest to both is offered in any case.
            let probable = candidate.cost - best <= IMPROBABLE
                || nearest == Some((candidate.start.edge, candidate.end.edge));
            let new = |old: &Candidate| differ(&old.stretches, &candidate.stretches, tolerance_m);
            if probable && kept.len() < MAX_WAYS && kept.iter().all(new) {
                kept.push(candidate);
            }
        }
        Ok(kept.into_iter().map(|c| self.way(c)).collect())
    }

    /// The places that a tap may mean, nearest first; what is nearest on several edges of one
    /// crossing is one.
    fn meant(&self, at: LonLat, tap: TapEnd, within_m: f64) -> Result<Vec<Near>, NoWay> {
        let mut kept: Vec<Near> = Vec::new();
        for near in self.near(at, within_m) {
            let nearest = kept.first().map_or(near.metres, |first| first.metres);
            let apart = |old: &Near| length_m(&[self.place(old.spot), self.place(near.spot)]) > 1.0;
            if near.metres <= nearest + within_m / 2.0
                && kept.len() < MAX_PLACES
                && kept.iter().all(apart)
            {
                kept.push(near);
            }
        }
        match kept.is_empty() {
            true => Err(NoWay::NothingNear { tap, within_m }),
            false => Ok(kept),
        }
    }

    /// All ways between some places, those between the first ones first.
    fn candidates(&self, starts: &[Near], ends: &[Near], tolerance_m: f64) -> Vec<Candidate> {
        let (mut search, deviation) = (Search::new(self), tolerance_m.max(0.001) / 2.0);
        let mut found = Vec::new();
        for start in starts {
            let same = ends.iter().any(|end| end.spot.line == start.spot.line);
            let line = same.then_some(Only::Line(start.spot.line));
            for only in line.into_iter().chain([Only::Any]) {
                search.from(start.spot, f64::INFINITY, only);
                for end in ends {
                    let Some(way) = search.way_to(end.spot) else {
                        continue;
                    };
                    let runs = joined(way.into_iter().map(|(_, run)| run));
                    let off2 = start.metres.powi(2) + end.metres.powi(2);
                    let metres: f64 = runs.iter().map(Run::length).sum();
                    let straight = length_m(&[self.place(start.spot), self.place(end.spot)]);
                    let detour = match runs.len() {
                        0 | 1 => 0.0,
                        _ => (metres - straight).max(0.0) / DETOUR_M,
                    };
                    found.push(Candidate {
                        cost: off2 / (2.0 * deviation.powi(2)) + detour,
                        stretches: stretches(self, &runs),
                        runs,
                        start: *start,
                        end: *end,
                    });
                }
            }
        }
        found
    }

    fn way(&self, candidate: Candidate) -> Way {
        let Candidate {
            runs,
            stretches,
            start,
            end,
            ..
        } = candidate;
        let lengths = stretches.iter().map(|s| s.to_mm - s.from_mm);
        Way {
            start: self.snap(&start),
            end: self.snap(&end),
            line: drawn(self, start.spot, &runs),
            length_mm: lengths.sum(),
            stretches,
        }
    }
}

/// Whether two ways are not the same but for their ends.
fn differ(a: &[Stretch], b: &[Stretch], tolerance_m: f64) -> bool {
    let [in_a, in_b] = [a, b].map(|s| coverage::length_mm(s.iter().copied()));
    let in_both = coverage::length_mm(a.iter().chain(b).copied());
    let unshared = (2 * in_both - in_a - in_b) as f64 / 1000.0;
    unshared > tolerance_m && unshared > in_a.min(in_b) as f64 / 1000.0 / 5.0
}
