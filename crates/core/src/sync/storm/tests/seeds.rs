//! As many seeds as fit. More: `MENDMAP_STORM_SEEDS=5000 MENDMAP_STORM_FROM=1`.

use super::super::*;
use crate::demo::rng::Rng;
use crate::sync::Limits;
use std::io::Write;
use std::time::{Duration, Instant};

/// As long as a person waits without thinking of something else.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server whose sizes are this seed's own.
pub(super) fn server(seed: u64) -> Memory {
    let mut rng = Rng::stream(seed, "server");
    let limits = Limits { event_bytes: 2_500 };
    Memory::new(limits, 3_600 + rng.below(6_000), 1 + rng.below(30))
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number in the environment"))
}

#[test]
fn whatever_a_storm_does_nothing_is_lost() {
    let (from, seeds) = (number("MENDMAP_STORM_FROM"), number("MENDMAP_STORM_SEEDS"));
    let from = from.unwrap_or(1);
    let began = Instant::now();
    let (mut all, mut run) = (Figures::default(), 0);
    while seeds.map_or(began.elapsed() < PATIENCE, |seeds| run < seeds) {
        let seed = from + run;
        let outcome = std::panic::catch_unwind(|| super::super::run(seed, server(seed)));
        let wrong = match outcome {
            Ok(Ok(figures)) => {
                all += figures;
                run += 1;
                continue;
            }
            Ok(Err(wrong)) => wrong,
            Err(_) => "a panic, see above".into(),
        };
        panic!(
            "seed {seed}: {wrong}\nto replay: MENDMAP_STORM_FROM={seed} MENDMAP_STORM_SEEDS=1 \
             cargo test -p mendmap-core storm::tests::seeds"
        );
    }
    let rate = run as f64 / began.elapsed().as_secs_f64();
    // Past the test's own capture: how much was tried is part of the result.
    let faults = all.faults();
    let said = writeln!(
        std::io::stderr(),
        "storm: {run} seeds from {from}, {rate:.0} a second, {faults} faults, {all:?}"
    );
    said.expect("a place to say it");
}

#[test]
fn a_seed_is_the_same_storm_again() {
    for seed in 1..4 {
        let twice = [(); 2].map(|()| run(seed, server(seed)));
        assert_eq!(twice[0], twice[1], "seed {seed}");
    }
}
