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
mod rights;
mod said;

use mendmap_core::sync::storm::Figures;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How many storms there are in the test's own process, and how many over real programs.
const SEEDS: &str = "MENDMAP_STORM_SEEDS";
const RUNS: &str = "MENDMAP_STORM_RUNS";

/// How long each goes on where no number of seeds is asked for.
const PATIENCE: Duration = Duration::from_secs(25);

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number in the environment"))
}

/// Runs a share of the seeds that a variable asks for, one at least, on all processors; the
/// first that goes wrong ends it and says how to replay it.
fn shake(
    what: &str,
    variable: &str,
    share: impl Fn(u64) -> u64,
    one: impl Fn(u64) -> Result<Figures, String> + Sync,
) {
    let from = number("MENDMAP_STORM_FROM").unwrap_or(1);
    let seeds = number(variable).map(|seeds| share(seeds).max(1));
    let began = Instant::now();
    let (next, wrong) = (AtomicU64::new(0), AtomicBool::new(false));
    let shaken = || {
        let (mut all, mut run) = (Figures::default(), 0_u64);
        while !wrong.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.map_or(began.elapsed() < PATIENCE, |seeds| seed < seeds) {
                break;
            }
            match one(from + seed) {
                Ok(figures) => all += figures,
                Err(said) => {
                    wrong.store(true, Ordering::Relaxed);
                    return Err((from + seed, said));
                }
            }
            run += 1;
        }
        Ok((all, run))
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let results: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(shaken)).collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    let (mut all, mut run) = (Figures::default(), 0);
    for result in results {
        match result {
            Ok((figures, seeds)) => {
                all += figures;
                run += seeds;
            }
            Err((seed, wrong)) => panic!(
                "seed {seed}: {wrong}\nto replay: MENDMAP_STORM_FROM={seed} \
                 {variable}=1 cargo test -p mendmap-server --test storm {what}"
            ),
        }
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
