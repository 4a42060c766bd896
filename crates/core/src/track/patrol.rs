//! A whole recording: its legs, each matched to one network or to several.

use super::gather::{Step, steps};
use super::recording::{ByHand, GapId, fixes};
use super::{Cleaned, Contested, Fix, Matched, Rules, cleaned, matched};
use crate::coverage;
use crate::geodesy::length_m;
use crate::log::{Stretch, TrackPoint};
use crate::network::Network;
use std::collections::BTreeMap;

/// What a recording says, and a person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patrolled {
    /// What the track itself says was covered.
    pub matched: Vec<Stretch>,
    /// That with what a person says of it.
    pub covered: Vec<Stretch>,
    /// Where the phone heard nothing, in order.
    pub gaps: Vec<Missing>,
    /// What may have been another line.
    pub contested: Vec<Contested>,
    /// How many fixes there are.
    pub fixes: usize,
    /// How many of them are not believed.
    pub refused: usize,
    /// How far one went, in metres, without the gaps.
    pub gone_m: f64,
    /// How much of it was along no line, in metres.
    pub beside_m: f64,
}

/// A gap in a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// Its name.
    pub id: GapId,
    /// How long it was, in seconds.
    pub seconds: u32,
    /// The shortest way through it, of each network; empty where there is none.
    pub way: Vec<Stretch>,
    /// The longest of these ways, in millimetres.
    pub way_mm: u128,
    /// Whether it is counted: there was no other way, or a person says so.
    pub counts: bool,
    /// Whether it is counted whatever a person says.
    pub is_plain: bool,
}

/// Matches the legs of a recording, and puts in what a person says. Lines that lie side by side,
/// such as sewers and storm pipes, are networks of their own: one goes along both at once.
pub fn patrolled(
    networks: &[&Network],
    legs: &[Vec<TrackPoint>],
    rules: &Rules,
    by_hand: &ByHand,
) -> Patrolled {
    let mut all = Patrolled::default();
    for (number, leg) in (0..).zip(legs) {
        let fixes = fixes(leg);
        let found: Vec<Matched> = networks
            .iter()
            .map(|network| matched(network, &fixes, rules))
            .collect();
        let cleaned = cleaned(&fixes, rules);
        all.fixes += fixes.len();
        all.refused += cleaned.refused.len();
        go(&mut all, &fixes, &cleaned, &found, rules);
        all.gaps.extend(gaps(number, leg, &found, by_hand));
        for matched in found {
            all.matched.extend(matched.covered);
            all.contested.extend(matched.contested);
        }
    }
    all.matched = coverage::union(all.matched);
    all.covered = corrected(&all, networks, by_hand);
    all
}

/// How far one went, and how much of that beside all lines.
fn go(all: &mut Patrolled, fixes: &[Fix], cleaned: &Cleaned, found: &[Matched], rules: &Rules) {
    let is_beside = |step: &Step| {
        let (first, last) = step.fixes;
        let of = |matched: &Matched| {
            let mut left = matched.unmatched.iter();
            left.any(|left| left.first <= first && last <= left.last)
        };
        found.iter().all(of)
    };
    for piece in &cleaned.pieces {
        for pair in steps(fixes, piece, rules).windows(2) {
            let metres = length_m(&[pair[0].at, pair[1].at]);
            all.gone_m += metres;
            if pair.iter().all(is_beside) {
                all.beside_m += metres;
            }
        }
    }
}

/// The gaps of a leg, each once, with the ways through it along all networks.
fn gaps(leg: u32, points: &[TrackPoint], found: &[Matched], by_hand: &ByHand) -> Vec<Missing> {
    let mut gaps: BTreeMap<GapId, Missing> = BTreeMap::new();
    for gap in found.iter().flat_map(|matched| &matched.gaps) {
        let [from, to] = [gap.after, gap.before].map(|n| points.get(n).map_or(0, |p| p.seconds));
        let id = (leg, from);
        let missing = gaps.entry(id).or_insert_with(|| Missing {
            id,
            seconds: to.saturating_sub(from),
            way: Vec::new(),
            way_mm: 0,
            counts: by_hand.gaps.contains(&id),
            is_plain: true,
        });
        // Where a network has no line there is nothing to claim.
        missing.is_plain &= gap.claimed || gap.way.is_empty();
        let way_mm = coverage::length_mm(gap.way.iter().copied());
        missing.way_mm = missing.way_mm.max(way_mm);
        missing.way.extend(gap.way.iter().copied());
    }
    let mut gaps: Vec<_> = gaps.into_values().collect();
    for gap in &mut gaps {
        gap.is_plain &= !gap.way.is_empty();
        gap.counts |= gap.is_plain;
    }
    gaps
}

/// What was covered, as a person says.
fn corrected(all: &Patrolled, networks: &[&Network], by_hand: &ByHand) -> Vec<Stretch> {
    let gone = all.gaps.iter().filter(|gap| gap.counts);
    let gone = gone.flat_map(|gap| gap.way.iter().copied());
    let whole = by_hand.with.iter().filter_map(|asset| {
        let length = networks
            .iter()
            .find_map(|network| network.length_mm(*asset))?;
        Some(Stretch::from((*asset, 0, length)))
    });
    let all = all.matched.iter().copied().chain(gone).chain(whole);
    let kept = all.filter(|stretch| !by_hand.without.contains(&stretch.asset));
    coverage::union(kept)
}
