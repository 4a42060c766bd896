//! Fixes of some seconds as one: less noise, and steps long enough to tell forwards from back.

use super::clean::accuracy;
use super::{Fix, Rules};
use crate::geodesy::LonLat;
use crate::geodesy::local::lerp;

/// Some fixes as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    pub(super) at: LonLat,
    /// How far it may be off sideways, in metres: one standard deviation.
    pub(super) deviation: f64,
    /// The first and the last fix of it.
    pub(super) fixes: (usize, usize),
    /// Milliseconds since recording began, in the middle.
    ms: f64,
}

/// The steps of a piece. Its first and its last are where it began and ended, and not only the
/// middle of the seconds after and before.
pub(super) fn steps(fixes: &[Fix], piece: &[usize], rules: &Rules) -> Vec<Step> {
    let Some(&start) = piece.first() else {
        return Vec::new();
    };
    let began = fixes[start].ms;
    let bin = |number: usize| (fixes[number].ms - began) / rules.gather_ms.max(1);
    let chunks = piece.chunk_by(|&a, &b| bin(a) == bin(b));
    let mut steps: Vec<Step> = chunks.map(|chunk| gathered(fixes, chunk, rules)).collect();
    if let [first, second, ..] = steps[..] {
        let first = at_end(first, second, first.fixes.0, fixes);
        if first.ms != steps[0].ms {
            steps.insert(0, first);
        }
    }
    if let [.., second, last] = steps[..] {
        let end = at_end(last, second, last.fixes.1, fixes);
        if end.ms != last.ms {
            steps.push(end);
        }
    }
    steps
}

/// The mean of some fixes, the accurate ones for more.
fn gathered(fixes: &[Fix], chunk: &[usize], rules: &Rules) -> Step {
    let (mut weights, mut sum) = (0.0, [0.0; 3]);
    let origin = fixes[chunk[0]];
    for fix in chunk.iter().map(|&number| &fixes[number]) {
        let weight = accuracy(fix).max(1.0).powi(-2);
        weights += weight;
        sum[0] += weight * (fix.at.lon - origin.at.lon);
        sum[1] += weight * (fix.at.lat - origin.at.lat);
        sum[2] += weight * (fix.ms - origin.ms) as f64;
    }
    let [lon, lat, ms] = sum.map(|s| s / weights);
    let accuracy = (weights / chunk.len() as f64).powf(-0.5);
    Step {
        at: LonLat::new(origin.at.lon + lon, origin.at.lat + lat),
        deviation: (accuracy / 2.0).hypot(rules.aside_m),
        fixes: (chunk[0], chunk[chunk.len() - 1]),
        ms: origin.ms as f64 + ms,
    }
}

/// Where a step was at the time of its first or last fix, if it moved as between it and the
/// one beside it.
fn at_end(step: Step, beside: Step, number: usize, fixes: &[Fix]) -> Step {
    let ms = fixes[number].ms as f64;
    let share = (ms - step.ms) / (beside.ms - step.ms);
    Step {
        at: LonLat::from(lerp(step.at.into(), beside.at.into(), share)),
        fixes: (number, number),
        ms,
        ..step
    }
}
