//! A track matched to lines.

use super::bridge::{Gap, gap};
use super::contest::{Contested, contested};
use super::gather::{Step, steps};
use super::viterbi::{Chain, chains, way};
use super::{Cleaned, Fix, Rules, cleaned};
use crate::coverage;
use crate::geodesy::length_m;
use crate::log::Stretch;
use crate::network::{Near, Network, Run, Search, stretches, untwisted};

/// How far one goes into a side street to be believed that one did, in metres.
const SPUR_M: f64 = 15.0;
/// What was on a line for less is not taken to have gone along it, in metres.
const LEAST_M: f64 = 10.0;

/// What a track says that somebody went along.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// Each stretch once, in the order of the assets. A person may correct it, by
    /// [`coverage::with`] and [`coverage::without`].
    pub covered: Vec<Stretch>,
    /// What of it may have been another line, in order.
    pub contested: Vec<Contested>,
    /// Where there were no fixes, in order.
    pub gaps: Vec<Gap>,
    /// What ran along no line, in order.
    pub unmatched: Vec<Unmatched>,
    /// Which fixes were believed.
    pub cleaned: Cleaned,
}

/// A part of a track that ran along no line of the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unmatched {
    /// Its first fix, by number.
    pub first: usize,
    /// Its last fix.
    pub last: usize,
    /// How long it is in metres, from one mean of some seconds to the next.
    pub metres: f64,
}

/// Cleans a track and matches it to the lines of a network, each place to one line. Where two
/// lines lie nearer to each other than fixes are accurate, such as a sewer and a storm pipe
/// under one street, they belong into two networks, and each is asked.
pub fn matched(network: &Network, fixes: &[Fix], rules: &Rules) -> Matched {
    let cleaned = cleaned(fixes, rules);
    let mut search = Search::new(network);
    let (mut covered, mut doubts) = (Vec::new(), Vec::new());
    let (mut gaps, mut unmatched) = (Vec::new(), Vec::new());
    // The last fix of the piece before, and where it was.
    let mut before: Option<(usize, Option<Near>)> = None;
    for piece in &cleaned.pieces {
        let steps = steps(fixes, piece, rules);
        let mut chains = chains(network, &mut search, &steps);
        chains.retain(|chain| {
            let (edges, runs): (Vec<u32>, Vec<Run>) = way(&mut search, chain).into_iter().unzip();
            let stretches = stretches(network, &untwisted(runs, SPUR_M));
            let along = coverage::length_mm(stretches.iter().copied()) as f64 / 1000.0 >= LEAST_M;
            if along {
                covered.extend(stretches);
                doubts.extend(contested(network, &mut search, &steps, chain, &edges));
            }
            along
        });
        unmatched.extend(left(&steps, &chains));
        let (Some(&first), Some(&last)) = (piece.first(), piece.last()) else {
            continue;
        };
        let [start, end] = ends(&steps, &chains);
        if let Some((after, near)) = before {
            let ends = near.zip(start).map(|(a, b)| [a, b]);
            gaps.push(gap(
                network,
                &mut search,
                fixes,
                rules,
                [after, first],
                ends,
            ));
        }
        before = Some((last, end));
    }
    let claimed = gaps.iter().filter(|gap| gap.claimed);
    covered.extend(claimed.flat_map(|gap| gap.way.iter().copied()));
    Matched {
        covered: coverage::union(covered),
        contested: doubts,
        gaps,
        unmatched,
        cleaned,
    }
}

/// Where a piece is on a line at its beginning and at its end.
fn ends(steps: &[Step], chains: &[Chain]) -> [Option<Near>; 2] {
    let first = chains.first().and_then(|chain| chain.first());
    let last = chains.last().and_then(|chain| chain.last());
    [
        first.filter(|(i, _)| *i == 0).map(|(_, near)| *near),
        last.filter(|(i, _)| i + 1 == steps.len())
            .map(|(_, near)| *near),
    ]
}

/// The steps that are in no chain, together where they follow each other. One that was merely
/// passed over is none.
fn left(steps: &[Step], chains: &[Chain]) -> Vec<Unmatched> {
    let mut free = vec![true; steps.len()];
    for chain in chains {
        if let (Some((first, _)), Some((last, _))) = (chain.first(), chain.last()) {
            free[*first..=*last].fill(false);
        }
    }
    let numbers: Vec<usize> = (0..steps.len()).filter(|&i| free[i]).collect();
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    runs.map(|run| {
        let of_run = &steps[run[0]..=run[run.len() - 1]];
        let places: Vec<_> = of_run.iter().map(|step| step.at).collect();
        Unmatched {
            first: of_run[0].fixes.0,
            last: of_run[of_run.len() - 1].fixes.1,
            metres: length_m(&places),
        }
    })
    .collect()
}
