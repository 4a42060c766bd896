//! Which fixes of a track are believed.

use super::{Fix, Rules};
use crate::geodesy::local::{Local, Metres, distance};

/// How far back a fix looks for the one before it, in fixes.
const BACK: usize = 24;
/// How many fixes an impossible jump must be worth to be believed: after fewer at the beginning,
/// and after fewer than twice as many later on, they are what is wrong.
const TEAR: i64 = 8;
/// How many metres a fix is off that does not know it.
const UNKNOWN_M: f64 = 10.0;

/// A track as far as it is believed; fixes by their number, from 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cleaned {
    /// What is believed, cut where there is a gap.
    pub pieces: Vec<Vec<usize>>,
    /// What is not, and why, in order.
    pub refused: Vec<(usize, Doubt)>,
}

/// Why a fix is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is nowhere on the globe.
    NoPlace,
    /// It says itself that it may be far off.
    Inaccurate,
    /// Nobody could have been there between those before and after, or at that time: the last
    /// place that the phone remembers, or an echo.
    Impossible,
    /// Between two gaps, with no other.
    Alone,
}

/// A fix without what may be missing.
struct Known {
    number: usize,
    ms: u64,
    at: Metres,
    accuracy: f64,
}

/// Cleans a track: of fixes that are possible after one another the most are kept. So what is
/// wrong may stand anywhere, also at the beginning.
pub fn cleaned(fixes: &[Fix], rules: &Rules) -> Cleaned {
    let mut refused = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    let mut map = None;
    for (number, fix) in fixes.iter().enumerate() {
        let accuracy = accuracy(fix);
        if !fix.at.is_valid() {
            refused.push((number, Doubt::NoPlace));
        } else if accuracy > rules.worst_accuracy_m || accuracy.is_nan() {
            refused.push((number, Doubt::Inaccurate));
        } else {
            let map = map.get_or_insert_with(|| Local::at(fix.at));
            known.push(Known {
                number,
                ms: fix.ms,
                at: map.metres(fix.at),
                accuracy,
            });
        }
    }
    let chain = chain(&known, rules);
    let mut kept = chain.iter().map(|&(i, _)| i).peekable();
    for (i, fix) in known.iter().enumerate() {
        if kept.next_if_eq(&i).is_none() {
            refused.push((fix.number, Doubt::Impossible));
        }
    }
    let gap = gap_ms(&known, &chain, rules);
    let mut pieces: Vec<Vec<usize>> = Vec::new();
    let mut before = None;
    for (i, tear) in chain {
        let Known { number, ms, .. } = known[i];
        let late = before.is_none_or(|before| ms - before > gap);
        before = Some(ms);
        match pieces.last_mut() {
            Some(piece) if !tear && !late => piece.push(number),
            _ => pieces.push(vec![number]),
        }
    }
    let alone = pieces.iter().filter(|piece| piece.len() == 1);
    refused.extend(alone.map(|piece| (piece[0], Doubt::Alone)));
    pieces.retain(|piece| piece.len() > 1);
    crate::order::sort_by_key(&mut refused, |(number, _)| *number);
    Cleaned { pieces, refused }
}

/// How accurate a fix is taken to be, in metres.
pub(super) fn accuracy(fix: &Fix) -> f64 {
    match fix.accuracy_m > 0.0 {
        true => fix.accuracy_m,
        false if fix.accuracy_m == 0.0 => UNKNOWN_M,
        false => f64::NAN,
    }
}

/// The most fixes that are possible one after the other, each with whether there is a tear
/// before it. A tear costs some, so that it is believed only where much lies on both sides.
fn chain(known: &[Known], rules: &Rules) -> Vec<(usize, bool)> {
    // The worth of the best chain that ends with each, the one before, and a tear between.
    let mut best: Vec<(i64, Option<usize>, bool)> = Vec::with_capacity(known.len());
    for (i, here) in known.iter().enumerate() {
        let mut found = (1, None, false);
        for j in (i.saturating_sub(BACK)..i).rev() {
            let before = &known[j];
            if before.ms >= here.ms {
                continue;
            }
            let tear = !possible(before, here, rules);
            let worth = best[j].0 + 1 - if tear { TEAR } else { 0 };
            if worth > found.0 {
                found = (worth, Some(j), tear);
            }
        }
        best.push(found);
    }
    let mut chain = Vec::new();
    let mut next = (0..best.len()).max_by_key(|&i| best[i].0);
    while let Some(i) = next {
        let (_, before, tear) = best[i];
        chain.push((i, tear));
        next = before;
    }
    chain.reverse();
    chain
}

/// Whether somebody can have come from one to the other.
fn possible(a: &Known, b: &Known, rules: &Rules) -> bool {
    let seconds = (b.ms - a.ms) as f64 / 1000.0;
    distance(a.at, b.at) <= seconds * rules.top_speed_mps + a.accuracy + b.accuracy
}

/// From how many milliseconds on it is a gap.
fn gap_ms(known: &[Known], chain: &[(usize, bool)], rules: &Rules) -> u64 {
    let pauses = chain.windows(2);
    let mut pauses: Vec<u64> = pauses
        .map(|w| known[w[1].0].ms - known[w[0].0].ms)
        .collect();
    pauses.sort_unstable();
    let usual = pauses.get(pauses.len() / 2).copied().unwrap_or(0);
    rules.gap_ms.max(usual.saturating_mul(4))
}
