//! A way along lines: as runs while it is looked for, as stretches once it is found.

use super::{Network, Spot};
use crate::coverage;
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use crate::log::Stretch;

/// The place on a line that was meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    /// The pipe or street.
    pub asset: AssetUid,
    /// Millimetres along the asset.
    pub along_mm: u64,
    /// The place.
    pub at: LonLat,
    /// How far it is from what was asked about, in metres.
    pub metres: f64,
}

/// A way along lines from one place on them to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Where it begins.
    pub start: Snap,
    /// Where it ends.
    pub end: Snap,
    /// To draw, from start to end.
    pub line: Vec<LonLat>,
    /// Its length in millimetres: geodesic, along the lines. It is that of its stretches, to
    /// the millimetre, so that what is reported and what is covered agree.
    pub length_mm: u64,
    /// What of the assets it runs along, in the order of the assets.
    pub stretches: Vec<Stretch>,
}

/// A piece of a way: along one line, in metres from its beginning; backwards where `to` is less.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Run {
    pub(crate) line: u32,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Run {
    pub(crate) fn new(line: u32, from: f64, to: f64) -> Self {
        Run { line, from, to }
    }

    /// Whether another goes on where it ends, or turns back there.
    fn meets(&self, next: &Run) -> bool {
        self.line == next.line && self.to == next.from
    }

    fn is_forward(&self) -> bool {
        self.from < self.to
    }

    /// Metres.
    pub(crate) fn length(&self) -> f64 {
        (self.to - self.from).abs()
    }
}

/// What some runs cover.
pub(crate) fn stretches(network: &Network, runs: &[Run]) -> Vec<Stretch> {
    let stretches = runs.iter().map(|run| {
        let line = &network.lines[run.line as usize];
        let (low, high) = (run.from.min(run.to), run.from.max(run.to));
        Stretch::from((line.asset, line.mm(low), line.mm(high)))
    });
    coverage::union(stretches)
}

/// Some runs, one after the other, as a line to draw.
pub(super) fn drawn(network: &Network, from: Spot, runs: &[Run]) -> Vec<LonLat> {
    let mut drawn = vec![network.place(from)];
    for run in runs {
        let line = &network.lines[run.line as usize];
        for place in line.between(run.from, run.to) {
            if drawn.last() != Some(&place) {
                drawn.push(place);
            }
        }
    }
    drawn
}

/// A way in which runs that go on in the same line are one.
pub(super) fn joined(runs: impl IntoIterator<Item = Run>) -> Vec<Run> {
    let mut joined = Vec::new();
    for run in runs {
        push(&mut joined, run);
    }
    joined
}

/// A way without its detours: where it runs into something and turns back within some metres,
/// as a way through noise does at every crossing, it is straightened. Who turned back farther
/// on did so.
pub(crate) fn untwisted(runs: impl IntoIterator<Item = Run>, metres: f64) -> Vec<Run> {
    let runs = joined(runs);
    let mut kept: Vec<Run> = Vec::new();
    for (n, &next) in runs.iter().enumerate() {
        let mut run = next;
        loop {
            let back = retraced(&kept, run, &runs[n + 1..]);
            let Some(last) = kept
                .last()
                .copied()
                .filter(|_| 0.0 < back && back <= metres)
            else {
                push(&mut kept, run);
                break;
            };
            kept.pop();
            let rest = Run::new(run.line, last.from, run.to);
            if rest.length() == 0.0 {
                break;
            }
            if last.length() > run.length() {
                push(&mut kept, rest);
                break;
            }
            // It turned back farther than the last came, and perhaps beyond what was before.
            run = rest;
        }
    }
    kept
}

/// Adds a run, or what it adds to the last.
fn push(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.meets(&run) && last.is_forward() == run.is_forward() => {
            last.to = run.to;
        }
        _ => runs.push(run),
    }
}

/// How far a way goes back on what it came by, in metres.
fn retraced(kept: &[Run], run: Run, ahead: &[Run]) -> f64 {
    let mut metres = 0.0;
    for (last, next) in kept.iter().rev().zip([&run].into_iter().chain(ahead)) {
        if !last.meets(next) || last.is_forward() == next.is_forward() {
            break;
        }
        metres += last.length().min(next.length());
        if last.length() != next.length() {
            break;
        }
    }
    metres
}
