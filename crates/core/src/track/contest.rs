//! What may have been another line.
//!
//! The two sides of a wide street, or two lanes between one row of houses, can lie nearer to
//! each other than fixes are accurate. One of them is the more probable, and is taken; that it
//! is not certain is said.

use super::gather::Step;
use super::viterbi::way;
use crate::coverage;
use crate::ids::AssetUid;
use crate::log::Stretch;
use crate::network::{Near, Network, Run, Search, stretches};
use crate::order;

/// Beside as many metres of way there must be another one: every crossing is less.
const LEAST_M: f64 = 40.0;

/// A part of what is covered that may have been another line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// What was taken.
    pub taken: Vec<Stretch>,
    /// The pipes or streets that are nearly as near.
    pub rivals: Vec<AssetUid>,
}

/// The parts of a chain beside which there are other lines than those of its way: farther from
/// the steps by less than these are accurate.
pub(super) fn contested(
    network: &Network,
    search: &mut Search,
    steps: &[Step],
    chain: &[(usize, Near)],
    edges: &[u32],
) -> Vec<Contested> {
    let rivals: Vec<Vec<AssetUid>> = chain
        .iter()
        .map(|(i, taken)| {
            let Step { at, deviation, .. } = steps[*i];
            let near = network.near(at, taken.metres + deviation).into_iter();
            let others = near.filter(|near| !edges.contains(&near.edge));
            others.map(|near| network.asset(near.spot.line)).collect()
        })
        .collect();
    let numbers: Vec<usize> = (0..chain.len())
        .filter(|&n| !rivals[n].is_empty())
        .collect();
    // One step without a rival is an echo.
    let mut found = Vec::new();
    for part in numbers.chunk_by(|a, b| b - a <= 2) {
        let (first, last) = (part[0], part[part.len() - 1]);
        let way = way(search, &chain[first..=last]);
        let runs: Vec<Run> = way.into_iter().map(|(_, run)| run).collect();
        let taken = stretches(network, &runs);
        if coverage::length_mm(taken.iter().copied()) as f64 / 1000.0 >= LEAST_M {
            let rivals = order::distinct(rivals[first..=last].iter().flatten().copied());
            found.push(Contested { taken, rivals });
        }
    }
    found
}
