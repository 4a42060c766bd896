//! Totals against plain counts, and against completion.

use super::super::*;
use super::totals::{Book, CITY, DAY, covered, may, of, on};
use crate::catalog::Catalog;
use crate::log::Kind;
use crate::log::testkit::{Phone, asset_uid, line, plotted, report, task_uid, work};
use crate::task::{Task, Tasks};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The catalogue of the small tests, with a kind within a kind within a kind.
fn nested() -> Catalog {
    let mut catalog = crate::log::testkit::catalog();
    for (id, within) in [
        ("grate-swap", "drain-repair"),
        ("drain-paint", "drain-check"),
    ] {
        let mut kind = catalog.work_kind(&work("drain-repair")).unwrap().clone();
        (kind.id, kind.within) = (work(id), Some(work(within)));
        catalog.work_kinds.push(kind);
    }
    catalog
}

const KINDS: [&str; 5] = [
    "drain-clear",
    "drain-repair",
    "grate-swap",
    "drain-check",
    "drain-paint",
];

/// A line: kind, cents, whether in another unit.
type Said = (usize, u32, bool);

/// What became of a task: asset, lines, day from the end of April on, what came after.
type Row = (u8, Vec<Said>, u8, u8);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let line = (0..KINDS.len(), 0u32..100_000, prop::bool::weighted(0.1));
    let lines = prop::collection::vec(line, 1..5);
    prop::collection::vec((0u8..4, lines, 0u8..34, 0u8..6), 0..10)
}

fn tasks_of(rows: &[Row]) -> Vec<Arc<Task>> {
    let mut phone = Phone::new(1);
    for (n, (asset, lines, day, fate)) in rows.iter().enumerate() {
        let n = n as u8;
        let lines = lines.iter().map(|(kind, cents, other)| {
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            line(KINDS[*kind], &amount, if *other { "m2" } else { "pcs" })
        });
        let lines: Vec<_> = lines.collect();
        let from = jiff::civil::date(2024, 4, 30);
        let day = from.checked_add(jiff::Span::new().days(*day)).unwrap();
        phone.on_task(n, plotted(&lines[0].work.0, Arc::new(on(*asset))));
        let before = phone.clone();
        let told = phone.on_task(n, report(lines.clone(), &day.to_string()));
        let after: Kind = match fate {
            0 | 1 => {
                let (report, note, photos) = (told, None, Vec::new());
                crate::log::Verified {
                    report,
                    note,
                    photos,
                }
                .into()
            }
            2 => crate::log::testkit::undone([told]),
            3 => {
                let mut other = before;
                other.n = 10 + n;
                other.on_task(
                    n,
                    report(vec![line("drain-check", "1", "pcs")], "2024-05-02"),
                );
                phone.learn(&other);
                continue;
            }
            _ => continue,
        };
        phone.on_task(n, after);
    }
    let tasks = Tasks::from_log(&phone.log, BTreeSet::new());
    let mut all: Vec<_> = tasks.iter().cloned().collect();
    all.sort_by_key(|t| (0..rows.len() as u8).position(|n| t.uid == task_uid(n)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn completion_and_totals_agree(rows in rows(), verification in any::<bool>()) {
        let (catalog, tasks) = (nested(), tasks_of(&rows));
        let plain = || tasks.iter().map(|t| &**t);
        let totals = totals(&catalog, &may(), plain(), None, verification);
        for line in &totals.lines {
            let assets = (0..4).map(asset_uid);
            let (work, period) = (&line.work, may().period);
            let c = completion(&catalog, work, period, plain(), [], assets, verification);
            let quantity = c.quantity.map_or(Decimal::ZERO, |q| q.0);
            prop_assert_eq!(line.quantity, Some(quantity), "{}", &line.work);
            prop_assert_eq!((line.tasks, line.assets), (c.tasks, c.done), "{}", &line.work);
            let pending = Pending {
                conflicts: c.conflicts,
                unverified: c.unverified,
                other_units: c.other_units,
            };
            prop_assert_eq!(line.pending, pending, "{}", &line.work);
            for part in &line.of_which {
                prop_assert!(Some(part.quantity) <= line.quantity, "{:?} of {:?}", part, line);
            }
        }
    }

    #[test]
    fn the_order_of_tasks_does_not_show(rows in rows(), turn in 0usize..10) {
        let mut tasks = tasks_of(&rows);
        let count = |tasks: &[Arc<Task>]| totals(&nested(), &may(), tasks.iter().map(|t| &**t), None, true);
        let straight = count(&tasks);
        tasks.reverse();
        prop_assert_eq!(&count(&tasks), &straight);
        let turn = turn % tasks.len().max(1);
        tasks.rotate_left(turn);
        prop_assert_eq!(&count(&tasks), &straight);
    }

    /// Against a row of millimetres for each pipe, each marked by hand; and the other way round.
    #[test]
    fn stretches_agree_with_a_plain_count(
        reports in prop::collection::vec(
            prop::collection::vec((0u8..3, 0u64..40, 0u64..40), 0..4), 1..6),
    ) {
        let mut marked = [[false; 40]; 3];
        let mut book = Book::new();
        for stretches in &reports {
            for (pipe, from, to) in stretches {
                (*from..*to).for_each(|mm| marked[usize::from(*pipe)][mm as usize] = true);
            }
            let named: Vec<_> = stretches.iter().map(|(p, f, t)| (asset_uid(*p), *f, *t)).collect();
            match named.is_empty() {
                // Seven millimetres from the beginning of the first.
                true => {
                    marked[0][..7].fill(true);
                    book.done(on(0), vec![line("pipe-patrol", "0.000007", "km")], DAY);
                }
                false => {
                    book.done(on(9), vec![covered("pipe-patrol", "1", &named)], DAY);
                }
            }
        }
        let plain = marked.iter().flatten().filter(|m| **m).count() as u128;
        let mut tasks = book.tasks();
        for _ in 0..2 {
            let totals = totals(&CITY, &may(), tasks.iter().map(|t| &**t), None, false);
            prop_assert_eq!(of(&totals, "pipe-patrol").covered_mm, Some(plain));
            tasks.reverse();
        }
    }

    /// Streets swept one by one, against the greatest of each.
    #[test]
    fn distinct_areas_agree_with_a_plain_count(
        swept in prop::collection::vec((0u8..5, 0u32..1000), 0..12),
    ) {
        let mut book = Book::new();
        let mut most = [0u32; 5];
        for (street, m2) in swept {
            book.done(on(street), vec![line("sweep", &m2.to_string(), "m2")], DAY);
            most[usize::from(street)] = most[usize::from(street)].max(m2);
        }
        let sum: u32 = most.iter().sum();
        prop_assert_eq!(book.in_may("sweep").quantity, Some(sum.into()));
    }
}
