//! The ledger by the plain way and by the journal, one after the other in the same run:
//! `cargo test --profile bench -p mendmap-bench --test ledger -- --ignored --nocapture`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use mendmap_bench::{Years, years};
use mendmap_core::catalog::WorkKindId;
use mendmap_core::demo;
use mendmap_core::ledger::{
    By, Holdings, Journal, Period, Scope, behind, compared, grouped, totals,
};
use mendmap_core::task::{Task, Tasks};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const RUNS: usize = 3;

fn events() -> usize {
    let asked = std::env::var("EVENTS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(500_000)
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let made = what();
    (made, began.elapsed())
}

/// Both ways in turn, the fastest of each; what they answer is the same.
fn beside<T: PartialEq>(what: &str, plain: impl Fn() -> T, journal: impl Fn() -> T) {
    let (mut slow, mut fast) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        let (said, took) = timed(&plain);
        slow = slow.min(took);
        let (says, took) = timed(&journal);
        fast = fast.min(took);
        assert!(said == says, "{what} differs");
    }
    let ratio = slow.as_secs_f64() / fast.as_secs_f64();
    println!("BENCH {what:<40} {slow:>12.3?} {fast:>12.3?} {ratio:>7.1}x");
}

#[test]
#[ignore = "a bench"]
fn the_journal_beside_the_plain_way() {
    let city = demo::city(demo::SEED).unwrap();
    let catalog = city.catalog();
    let Years { mut log, further } = years(&city, events()).unwrap();
    let mut tasks = Tasks::from_log(&log, BTreeSet::new());
    let (mut journal, took) = timed(|| Journal::of(catalog, tasks.iter()));
    println!(
        "BENCH {} events, {} tasks taken down in {took:.3?}",
        log.len(),
        tasks.len()
    );
    let ((), took) = timed(|| journal.follow(catalog, tasks.iter()));
    println!("BENCH followed without news in {took:.3?}");
    let changed = log.merge(further.into_iter().take(1000)).changed;
    let changed = tasks.refresh(&log, &changed);
    assert!(!changed.tasks.is_empty());
    let ((), took) = timed(|| journal.follow(catalog, tasks.iter()));
    println!(
        "BENCH followed {} changed tasks in {took:.3?}",
        changed.tasks.len()
    );

    let all: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
    let (holdings, took) = timed(|| Holdings::of(&city));
    println!("BENCH holdings in {took:.3?}");
    let held = Some(&holdings);
    let scope = |from: &str, to: &str| {
        Scope::of(Period {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        })
    };
    let (year, month) = (
        scope("2024-01-01", "2024-12-31"),
        scope("2024-05-01", "2024-05-31"),
    );
    for (name, scope) in [("a year", &year), ("a month", &month)] {
        beside(
            name,
            || totals(catalog, scope, all.iter().copied(), held, true),
            || journal.totals(scope, held, true),
        );
    }
    let lines = journal.totals(&year, held, true).lines;
    assert!(lines.iter().map(|line| line.tasks).sum::<u64>() > events() as u64 / 10);
    beside(
        "a month beside others",
        || compared(catalog, &month, &all, held, None, true),
        || journal.compared(&month, held, None, true),
    );
    let mut slowest = (Duration::ZERO, String::new());
    for kind in &catalog.work_kinds {
        let scope = Scope {
            works: vec![kind.id.clone()],
            ..year.clone()
        };
        let (_, took) = timed(|| journal.totals(&scope, held, true));
        slowest = slowest.max((took, kind.id.to_string()));
    }
    println!("BENCH the slowest line alone: {slowest:?}");
    let drains = WorkKindId("drain-clear".into());
    let of_drains = Scope {
        works: vec![drains.clone()],
        ..year.clone()
    };
    for by in [By::Street, By::Month, By::Crew, By::Grid] {
        beside(
            &format!("one line {by:?}"),
            || grouped(catalog, &of_drains, by, all.iter().copied(), held, true),
            || journal.grouped(&of_drains, by, held, true),
        );
    }
    beside(
        "the whole ledger by street",
        || grouped(catalog, &year, By::Street, all.iter().copied(), held, true),
        || journal.grouped(&year, By::Street, held, true),
    );
    beside(
        "behind a line",
        || behind(catalog, &year, &drains, all.iter().copied(), true),
        || journal.behind(&year, &drains, true),
    );
}
