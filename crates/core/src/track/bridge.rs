//! What lies in a gap.
//!
//! Nothing is claimed that nobody saw, unless there is no doubt: the way through is short in
//! metres and in time, straight enough, not longer than one can go meanwhile, and there is no
//! other one nearly as short. Any other gap stays one, with the shortest way through it for a
//! person to add by hand.

use super::{Fix, Rules};
use crate::geodesy::length_m;
use crate::log::Stretch;
use crate::network::{Near, Network, Only, Run, Search, stretches};

/// A way through a gap that is farther around than this is not even offered, in metres.
const OFFERED_M: f64 = 3000.0;

/// A part of a track of which there are no fixes.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The last fix before it, by its number.
    pub after: usize,
    /// The first fix behind it.
    pub before: usize,
    /// The shortest way through it along the lines; empty where there is none, or where the
    /// track was not on a line on both sides.
    pub way: Vec<Stretch>,
    /// Whether that way is counted as covered.
    pub claimed: bool,
}

/// The gap between two fixes, given where the track was on a line before and behind.
pub(super) fn gap(
    network: &Network,
    search: &mut Search,
    fixes: &[Fix],
    rules: &Rules,
    [after, before]: [usize; 2],
    ends: Option<[Near; 2]>,
) -> Gap {
    let mut gap = Gap {
        after,
        before,
        way: Vec::new(),
        claimed: false,
    };
    let Some([from, to]) = ends else { return gap };
    search.from(from.spot, OFFERED_M, Only::Any);
    let Some(way) = search.way_to(to.spot) else {
        return gap;
    };
    let (edges, runs): (Vec<u32>, Vec<Run>) = way.into_iter().unzip();
    let metres: f64 = runs.iter().map(Run::length).sum();
    gap.way = stretches(network, &runs);
    let (a, b) = (&fixes[after], &fixes[before]);
    let ms = b.ms - a.ms;
    let off = super::clean::accuracy(a) + super::clean::accuracy(b);
    let possible = ms as f64 / 1000.0 * rules.top_speed_mps + off;
    let straight = length_m(&[network.place(from.spot), network.place(to.spot)]);
    let plain = metres <= rules.bridge_m.min(possible)
        && ms <= rules.bridge_ms
        && metres <= 1.5 * straight + 15.0;
    gap.claimed = plain && {
        let other = edges.iter().filter_map(|&edge| {
            search.from(from.spot, 2.0 * metres + 50.0, Only::Not(edge));
            search.metres_to(to.spot)
        });
        other.fold(f64::INFINITY, f64::min) > 1.5 * metres + 20.0
    };
    gap
}
