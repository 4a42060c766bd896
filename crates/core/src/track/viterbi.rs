//! The most probable way along lines, given where somebody seemed to be (Viterbi, 1967; the
//! model of Newson and Krumm, 2009).
//!
//! A step is emitted from a place on a line with a normal distribution of its distance; to go
//! from one place to the next is the less probable, exponentially, the more the way along the
//! lines differs from the straight one. Beyond the paper a step may be passed over, and the
//! chain may break, each at a price: so an echo costs itself and no more, and who leaves the
//! lines is not dragged along them.

use super::gather::Step;
use crate::geodesy::local::{Local, distance};
use crate::network::{Near, Network, Only, Run, Search};

/// How far the way along the lines may differ from the straight one, in metres: the paper's
/// beta, for steps of some ten metres.
const BETA_M: f64 = 5.0;
/// What it costs to pass over a step, as the negative logarithm of a probability: that of a step
/// a little more than three deviations off.
const PASS: f64 = 5.0;
/// What it costs to break the chain.
const BREAK: f64 = 30.0;
/// How many steps may be passed over without a break.
const MOST_PASSED: usize = 3;
/// How many places on lines a step may stand for.
const MOST_PLACES: usize = 8;
/// Where a line is looked for, in deviations, and in metres at most.
const REACH: f64 = 3.5;
const MOST_REACH_M: f64 = 60.0;

/// A place on a line that a step may stand for.
struct State {
    near: Near,
    emission: f64,
    /// The greatest logarithm of the probability of a way to here.
    score: f64,
    /// The state before, by step and place, and whether the chain breaks there.
    before: Option<(usize, usize)>,
    breaks: bool,
}

/// Steps that are on lines one after the other, each by its number, with its place.
pub(super) type Chain = Vec<(usize, Near)>;

/// The chains of some steps.
pub(super) fn chains(network: &Network, search: &mut Search, steps: &[Step]) -> Vec<Chain> {
    let mut states: Vec<Vec<State>> = steps.iter().map(|step| places(network, step)).collect();
    // The best of what ends here or before, less what was passed over since, and where it ends.
    let mut carried: (f64, Option<(usize, usize)>) = (0.0, None);
    for i in 0..steps.len() {
        let (score, from) = carried;
        let price = if from.is_some() { BREAK } else { 0.0 };
        for state in &mut states[i] {
            let begun = score - price + state.emission;
            if begun > state.score {
                (state.score, state.before, state.breaks) = (begun, from, true);
            }
        }
        carried.0 -= PASS;
        for (a, state) in states[i].iter().enumerate() {
            if state.score > carried.0 {
                carried = (state.score, Some((i, a)));
            }
        }
        spread(search, steps, &mut states, i);
    }
    let mut chains: Vec<Chain> = vec![Vec::new()];
    let mut at = carried.1;
    while let Some((i, a)) = at {
        let state = &states[i][a];
        if let Some(chain) = chains.last_mut() {
            chain.push((i, state.near));
        }
        if state.breaks {
            chains.push(Vec::new());
        }
        at = state.before;
    }
    chains.retain(|chain| chain.len() > 1);
    chains.iter_mut().for_each(|chain| chain.reverse());
    chains.reverse();
    chains
}

/// The places that a step may stand for.
fn places(network: &Network, step: &Step) -> Vec<State> {
    let reach = (REACH * step.deviation).min(MOST_REACH_M);
    let near = network.near(step.at, reach).into_iter().take(MOST_PLACES);
    near.map(|near| State {
        near,
        emission: -0.5 * (near.metres / step.deviation).powi(2),
        score: f64::NEG_INFINITY,
        before: None,
        breaks: true,
    })
    .collect()
}

/// Tells the states of the next steps how probable it is to come to them from this one.
fn spread(search: &mut Search, steps: &[Step], states: &mut [Vec<State>], i: usize) {
    let map = Local::at(steps[i].at);
    let here = map.metres(steps[i].at);
    let last = (i + 1 + MOST_PASSED).min(steps.len() - 1);
    let straight: Vec<f64> = (i + 1..=last)
        .map(|j| distance(here, map.metres(steps[j].at)))
        .collect();
    let farthest = straight.iter().copied().fold(0.0, f64::max);
    let (sources, targets) = states.split_at_mut(i + 1);
    for (a, source) in sources[i].iter().enumerate() {
        search.from(source.near.spot, farthest + BREAK * BETA_M, Only::Any);
        for (passed, (target, straight)) in targets.iter_mut().zip(&straight).enumerate() {
            for state in target {
                let Some(way) = search.metres_to(state.near.spot) else {
                    continue;
                };
                let step = (way - straight).abs() / BETA_M + PASS * passed as f64;
                let score = source.score - step + state.emission;
                if score > state.score {
                    (state.score, state.before, state.breaks) = (score, Some((i, a)), false);
                }
            }
        }
    }
}

/// The way along a chain, edge by edge.
pub(super) fn way(search: &mut Search, chain: &[(usize, Near)]) -> Vec<(u32, Run)> {
    let mut way = Vec::new();
    for w in chain.windows(2) {
        let [a, b] = [w[0].1.spot, w[1].1.spot];
        search.from(a, f64::INFINITY, Only::Any);
        way.extend(search.way_to(b).into_iter().flatten());
    }
    way
}
