//! The storm of `core::sync::storm` over the real server: within the test's own process, and
//! as real programs that are killed. `cargo xtask storm` runs more of both.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod in_process;
#[path = "../kit/mod.rs"]
mod kit;
#[cfg(unix)]
mod processes;
mod said;

use mendmap_core::sync::storm::Figures;
use std::io::Write;
use std::time::{Duration, Instant};

/// How long each goes on where no number of seeds is asked for.
const PATIENCE: Duration = Duration::from_secs(25);

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number in the environment"))
}

/// Runs a share of the seeds that the environment asks for, the first one at least; the
/// first that goes wrong ends it and says how to replay it.
fn shake(what: &str, share: impl Fn(u64) -> u64, one: impl Fn(u64) -> Result<Figures, String>) {
    let from = number("MENDMAP_STORM_FROM").unwrap_or(1);
    let seeds = number("MENDMAP_STORM_SEEDS").map(|seeds| share(seeds).max(1));
    let began = Instant::now();
    let (mut all, mut run) = (Figures::default(), 0);
    while seeds.map_or(began.elapsed() < PATIENCE, |seeds| run < seeds) {
        let seed = from + run;
        match one(seed) {
            Ok(figures) => all += figures,
            Err(wrong) => panic!(
                "seed {seed}: {wrong}\nto replay: MENDMAP_STORM_FROM={seed} \
                 MENDMAP_STORM_SEEDS=1 cargo test -p mendmap-server --test storm {what}"
            ),
        }
        run += 1;
    }
    let rate = run as f64 / began.elapsed().as_secs_f64();
    let faults = all.faults();
    // Past the test's own capture: how much was tried is part of the result.
    let said = writeln!(
        std::io::stderr(),
        "storm over {what}: {run} seeds from {from}, {rate:.1} a second, {faults} faults, {all:?}"
    );
    said.expect("a place to say it");
}
