//! What a supervisor's desk bears, in a browser's worker: `cargo xtask bench`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use mendmap_bench::{ASSETS, Years, playhead, years};
use mendmap_core::catalog::WorkKindId;
use mendmap_core::demo;
use mendmap_core::ledger::{By, Holdings, Journal, Period, Scope};
use mendmap_core::task::Tasks;
use std::collections::BTreeSet;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since the worker began.
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

const EVENTS: usize = 1_000_000;
const RUNS: usize = 5;
const FURTHER: usize = 1_000;

fn timed<T>(what: impl FnOnce() -> T) -> (T, f64) {
    let began = now();
    let made = what();
    (made, now() - began)
}

/// A figure beside its bar. One that is missed is no error: timings are benches.
fn tell(what: &str, ms: f64, bar: f64) {
    let is = if ms <= bar { "met" } else { "MISSED" };
    console_log!("BENCH {what:<58} {ms:>9.3} ms   bar {bar:>7} ms   {is}");
}

/// The median of some runs, and what the last of them gave.
fn median<T>(mut what: impl FnMut() -> T) -> (T, f64) {
    let mut runs: Vec<(T, f64)> = (0..RUNS).map(|_| timed(&mut what)).collect();
    runs.sort_by(|a, b| a.1.total_cmp(&b.1));
    runs.swap_remove(RUNS / 2)
}

#[wasm_bindgen_test]
fn a_million_events() {
    let city = demo::city(demo::SEED).unwrap();
    let catalog = city.catalog();
    let (made, ms) = timed(|| years(&city, EVENTS).unwrap());
    let Years { mut log, further } = made;
    assert!(log.len() >= EVENTS);
    console_log!(
        "BENCH {} events were made and merged in {ms:.0} ms",
        log.len()
    );

    let (mut tasks, ms) = timed(|| Tasks::from_log(&log, BTreeSet::new()));
    let of_tasks: usize = tasks.iter().map(|task| task.events.len()).sum();
    assert!(of_tasks > log.len() / 10 * 9, "{of_tasks} of {}", log.len());
    console_log!("BENCH {} tasks of {of_tasks} events", tasks.len());
    tell(
        "fold of 1 000 000 events",
        ms * EVENTS as f64 / log.len() as f64,
        3_000.0,
    );

    let (mut journal, ms) = timed(|| Journal::of(catalog, tasks.iter()));
    console_log!("BENCH the first question takes the tasks down in {ms:.0} ms");

    let before = log.len();
    let (mut whole, mut longest) = (0.0, 0.0_f64);
    for event in further.into_iter().take(FURTHER) {
        let (_, ms) = timed(|| {
            let changed = log.insert(event).changed;
            tasks.refresh(&log, &changed)
        });
        whole += ms;
        longest = longest.max(ms);
    }
    assert_eq!(log.len(), before + FURTHER);
    tell(
        "each further event (mean of 1 000)",
        whole / FURTHER as f64,
        0.1,
    );
    console_log!("BENCH the longest of them took {longest:.3} ms");

    let ((), ms) = timed(|| journal.follow(catalog, tasks.iter()));
    tell("the next takes down what became of them", ms, 150.0);
    let holdings = Holdings::of(&city);
    let scope = |from: &str, to: &str| {
        Scope::of(Period {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        })
    };
    let questions = [
        ("the ledger of a year", scope("2024-01-01", "2024-12-31")),
        ("the ledger of a month", scope("2024-05-01", "2024-05-31")),
    ];
    for (name, scope) in &questions {
        let (totals, ms) = median(|| {
            journal.follow(catalog, tasks.iter());
            journal.totals(scope, Some(&holdings), true)
        });
        assert!(totals.lines.iter().map(|line| line.tasks).sum::<u64>() > 100_000 / 12);
        tell(name, ms, 150.0);
    }
    let drains = WorkKindId("drain-clear".into());
    let year = &questions[0].1;
    let of_drains = Scope {
        works: vec![drains.clone()],
        ..year.clone()
    };
    for (name, by) in [("by street", By::Street), ("by month", By::Month)] {
        let (groups, ms) = median(|| journal.grouped(&of_drains, by, Some(&holdings), true));
        assert!(groups.len() >= 5, "{} groups", groups.len());
        tell(&format!("one line of a year {name}"), ms, 150.0);
    }
    let (found, ms) = median(|| journal.behind(year, &drains, true));
    assert!(found.unwrap().counted.len() > 1_000);
    tell("the tasks behind a line of a year", ms, 150.0);
}

#[wasm_bindgen_test]
fn a_season_of_a_hundred_thousand_assets() {
    let city = demo::city(demo::SEED).unwrap();
    let work = city.catalog().work_kind(&WorkKindId("drain-clear".into()));
    let (mut playhead, ms) = timed(|| playhead(city.catalog(), work.unwrap()));
    console_log!("BENCH a season of {ASSETS} assets was made in {ms:.0} ms");
    let last = playhead.season().period().to;
    let mut day = playhead.day();
    let (mut whole, mut longest, mut steps, mut turned) = (0.0, 0.0_f64, 0, 0_u64);
    while day < last {
        day = day.tomorrow().unwrap();
        let ((), ms) = timed(|| playhead.go(day, &mut |_, _| turned += 1));
        whole += ms;
        longest = longest.max(ms);
        steps += 1;
    }
    assert_eq!(steps, 365);
    assert!(turned > ASSETS, "{turned} marks turned");
    assert_eq!(playhead.whole().share().whole, ASSETS);
    tell(
        "a slider's step at 100 000 assets (mean of 365)",
        whole / f64::from(steps),
        33.0,
    );
    tell("the longest of them", longest, 33.0);
}
