//! Many walks from seeds, on the demonstration city and on real streets.

use super::places::{Real, real};
use super::walk::{Score, Walk};
use crate::network::tests::{STREETS, demo};
use crate::track::{Rules, matched};

/// 2 km on foot, with gaps of which some are short.
fn walk(seed: u64) -> Walk {
    Walk {
        seed,
        metres: 2000.0,
        speed: 1.3,
        every: 1,
        aside: [3.0, -2.0][seed as usize % 2],
        noise: [3.0, 5.5, 8.0][seed as usize % 3],
        gaps: vec![40.0, 180.0, 60.0, 250.0],
    }
}

/// What several walks come to; together they are right to some percent.
fn scores(place: &Real, walks: impl Iterator<Item = Walk>, rules: &Rules, percent: f64) -> Score {
    let scores = walks.map(|walk| {
        let walked = walk.on(&place.network);
        let matched = matched(&place.network, &walked.fixes, rules);
        Score::of(&matched, &walked.truth, &place.called)
    });
    let sum = scores.fold(Score::default(), Score::plus);
    println!("{}, {sum}", place.name);
    let covered = sum.percent(sum.covered);
    assert!((covered - 100.0).abs() < percent, "{}, {sum}", place.name);
    assert!(sum.percent(sum.street) < 2.0, "{}, {sum}", place.name);
    sum
}

/// Lines of the demonstration city: no two of them are called the same.
fn lines(name: &'static str, kinds: &[&str]) -> Real {
    Real {
        name,
        network: demo(kinds),
        called: Default::default(),
    }
}

#[test]
fn walks_on_the_demonstrations_streets_are_matched() {
    let streets = lines("streets", &STREETS);
    let sum = scores(&streets, (0..6).map(walk), &Rules::ON_FOOT, 1.0);
    assert!(sum.percent(sum.missed) < 2.0, "{sum}");
}

/// Wide streets of real cities have two sides that lie 10 m apart. Which of them it was is not
/// always to be known, and then it is said.
#[test]
fn walks_on_real_streets_are_matched() {
    for city in real() {
        let sum = scores(&city, (0..6).map(walk), &Rules::ON_FOOT, 2.0);
        assert!(sum.percent(sum.unsaid) < 1.5, "{}, {sum}", city.name);
    }
}

/// Each patrol for itself is right to 2 %.
#[test]
fn patrols_of_pipelines_are_measured() {
    for kind in ["pipe-sewage", "pipe-storm"] {
        let pipes = lines(kind, &[kind]);
        for seed in 0..3 {
            let patrol = Walk {
                metres: 5000.0,
                ..walk(seed)
            };
            scores(&pipes, std::iter::once(patrol), &Rules::ON_FOOT, 2.0);
        }
    }
}

#[test]
fn drives_are_matched() {
    let drive = |seed| Walk {
        metres: 6000.0,
        speed: 8.0,
        gaps: vec![70.0, 600.0],
        ..walk(seed)
    };
    let streets = lines("drives", &STREETS);
    scores(&streets, (0..4).map(drive), &Rules::DRIVING, 1.0);
}

#[test]
fn a_phone_that_looks_up_only_now_and_then_is_enough() {
    let seldom = |seed| Walk {
        every: 10,
        ..walk(seed)
    };
    let streets = lines("each 10 s", &STREETS);
    scores(&streets, (0..6).map(seldom), &Rules::ON_FOOT, 3.0);
}
