//! Completion, case by case and against a plain count; totals beside it.

mod apart;
mod book;
mod features;
mod journal;
mod plain;
mod totals;
mod truth;
mod year;

use super::*;
use crate::ids::{AssetUid, EventId};
use crate::log::testkit::{
    Phone, asset_uid, catalog, line, on_asset, plotted, report, round, undone, work,
};
use crate::log::{Cancelled, Kind, Place, Position, Reported, Shape, Target, Ticked, WorkLine};
use crate::task::{Task, Tasks};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

const MAY: (&str, &str) = ("2024-05-01", "2024-05-31");

fn period((from, to): (&str, &str)) -> Period {
    Period {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    }
}

fn of(phone: &Phone, kind: &str, days: (&str, &str), verification: bool) -> Completion {
    let tasks = Tasks::from_log(&phone.log, BTreeSet::new());
    let tasks: Vec<&Task> = tasks.iter().map(|t| &**t).collect();
    let count = |tasks: &[&Task], cells: &[Cell]| {
        let (catalog, work, assets) = (catalog(), work(kind), (0..4).map(asset_uid));
        let tasks = tasks.iter().copied();
        completion(
            &catalog,
            &work,
            period(days),
            tasks,
            cells,
            assets,
            verification,
        )
    };
    let whole = count(&tasks, &[]);
    // Whoever has only cells of what is closed counts the same.
    let (mut open, mut cells) = (Vec::new(), Vec::new());
    for task in tasks {
        match Cell::of(task) {
            Some(cell) => cells.push(cell),
            None => open.push(task),
        }
    }
    assert_eq!(count(&open, &cells), whole);
    whole
}

fn statuses(c: &Completion) -> Vec<Status> {
    (0..4).map(|n| c.assets[&asset_uid(n)]).collect()
}

fn cleared(done_on: &str) -> Reported {
    report(vec![line("drain-clear", "1", "pcs")], done_on)
}

fn quantity(c: &Completion) -> Option<String> {
    c.quantity.map(|q| q.to_string())
}

use Status::{Done, Never, Open};

#[test]
fn an_asset_is_never_open_or_done() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(2, plotted("drain-clear", on_asset(2)));
    p.on_task(2, cleared("2024-05-03"));
    let c = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&c), [Never, Open, Done, Never]);
    assert_eq!((c.never, c.open, c.done, c.tasks), (2, 1, 1, 1));
    assert_eq!(c.share(), Ratio { part: 1, whole: 4 });
    assert_eq!(quantity(&c), Some("1".into()));
    let left: Vec<_> = c.left().collect();
    let expected = [(0, Never), (1, Open), (3, Never)].map(|(n, s)| (asset_uid(n), s));
    assert_eq!(left, expected);
    let other = of(&p, "pothole-patch", MAY, false);
    assert_eq!((statuses(&other), quantity(&other)), (vec![Never; 4], None));
}

#[test]
fn something_is_never_said_to_be_nothing_nor_nearly_all_to_be_all() {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let said = |part, whole| Ratio { part, whole }.permille();
    assert_eq!(said(0, 0), (0, Equal));
    assert_eq!(said(0, 4000), (0, Equal));
    assert_eq!(said(1, 4000), (1, Less));
    assert_eq!(said(4, 4000), (1, Equal));
    assert_eq!(said(1, 57), (17, Equal), "rounded down");
    assert_eq!(said(3996, 4000), (999, Equal));
    assert_eq!(said(3999, 4000), (999, Greater));
    assert_eq!(said(4000, 4000), (1000, Equal));
}

#[test]
fn the_day_of_the_work_decides_the_period() {
    let done = |day: &str| {
        let mut p = Phone::new(1);
        p.on_task(1, plotted("drain-clear", on_asset(1)));
        p.on_task(1, cleared(day));
        statuses(&of(&p, "drain-clear", MAY, false))[1]
    };
    assert_eq!(done("2024-04-30"), Never);
    assert_eq!(done("2024-05-01"), Done);
    assert_eq!(done("2024-05-31"), Done);
    assert_eq!(done("2024-06-01"), Never);
}

#[test]
fn what_is_plotted_later_is_not_open_in_the_past() {
    let mut p = Phone::new(1);
    // The phones of these tests write in May 2024.
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let april = of(&p, "drain-clear", ("2024-04-01", "2024-04-30"), false);
    assert_eq!(statuses(&april)[1], Never);
    let june = of(&p, "drain-clear", ("2024-06-01", "2024-06-30"), false);
    assert_eq!(statuses(&june)[1], Open);
}

#[test]
fn what_was_taken_back_or_called_off_counts_nowhere() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = p.on_task(1, cleared("2024-05-03"));
    p.on_task(1, undone([report]));
    p.on_task(2, plotted("drain-clear", on_asset(2)));
    p.on_task(2, Cancelled::default());
    let c = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&c), [Never, Open, Never, Never]);
    assert_eq!((c.tasks, quantity(&c)), (0, None));
}

#[test]
fn a_conflict_is_open_and_told_and_counts_once_when_it_ends() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    let one = a.on_task(1, cleared("2024-05-03"));
    b.on_task(1, cleared("2024-05-04"));
    a.meet(&mut b);
    let c = of(&a, "drain-clear", MAY, false);
    assert_eq!((statuses(&c)[1], c.conflicts, c.tasks), (Open, 1, 0));
    a.on_task(1, choose(one));
    let c = of(&a, "drain-clear", MAY, false);
    assert_eq!((statuses(&c)[1], c.conflicts, c.tasks), (Done, 0, 1));
    assert_eq!(quantity(&c), Some("1".into()));
}

fn choose(event: EventId) -> Kind {
    let field = crate::log::Field::Report;
    let choices = vec![crate::log::Choice { field, event }];
    let note = None;
    crate::log::Resolved { choices, note }.into()
}

#[test]
fn a_report_counts_by_its_lines_not_by_what_was_asked() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(
        1,
        report(vec![line("drain-check", "1", "pcs")], "2024-05-03"),
    );
    let asked = of(&p, "drain-clear", MAY, false);
    assert_eq!((statuses(&asked)[1], asked.tasks), (Never, 0));
    let done = of(&p, "drain-check", MAY, false);
    assert_eq!((statuses(&done)[1], done.tasks), (Done, 1));
}

#[test]
fn a_repair_counts_within_the_clearing_and_never_twice() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let both = vec![
        line("drain-clear", "1", "pcs"),
        line("drain-repair", "1", "pcs"),
    ];
    p.on_task(1, report(both, "2024-05-03"));
    p.on_task(2, plotted("drain-repair", on_asset(2)));
    p.on_task(
        2,
        report(vec![line("drain-repair", "1", "pcs")], "2024-05-03"),
    );
    let cleared = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&cleared), [Never, Done, Done, Never]);
    assert_eq!(quantity(&cleared), Some("2".into()));
    let repaired = of(&p, "drain-repair", MAY, false);
    assert_eq!(statuses(&repaired), [Never, Done, Done, Never]);
    assert_eq!(quantity(&repaired), Some("2".into()));
}

fn tick(asset: u8) -> Ticked {
    Ticked {
        asset: asset_uid(asset),
        unreached: (asset == 2).then(|| "a car on it".into()),
        lines: vec![],
        note: None,
        photos: vec![],
    }
}

#[test]
fn a_round_is_done_where_it_was_ticked() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", round([0, 1, 2])));
    p.on_task(1, tick(1));
    p.on_task(1, tick(2));
    let before = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&before), [Open, Open, Open, Never]);
    p.on_task(1, cleared("2024-05-03"));
    let after = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&after), [Never, Done, Never, Never]);
}

#[test]
fn a_line_that_names_its_assets_is_done_to_those() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", round([0, 1, 2])));
    p.on_task(1, tick(0));
    let lines = vec![
        WorkLine {
            assets: vec![asset_uid(1), asset_uid(2)],
            ..line("drain-clear", "2", "pcs")
        },
        WorkLine {
            assets: vec![asset_uid(2)],
            ..line("drain-repair", "1", "pcs")
        },
    ];
    p.on_task(1, report(lines, "2024-05-03"));
    let cleared = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&cleared), [Never, Done, Done, Never]);
    assert_eq!(quantity(&cleared), Some("2".into()));
    let repaired = of(&p, "drain-repair", MAY, false);
    assert_eq!(statuses(&repaired), [Never, Never, Done, Never]);
}

#[test]
fn a_round_reported_without_a_tick_is_done_whole() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", round([0, 1])));
    p.on_task(1, cleared("2024-05-03"));
    let c = of(&p, "drain-clear", MAY, false);
    assert_eq!(statuses(&c), [Done, Done, Never, Never]);
}

#[test]
fn work_that_asks_for_it_counts_once_verified() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-check", on_asset(1)));
    let lines = vec![line("drain-check", "1", "pcs")];
    let report = p.on_task(1, report(lines, "2024-05-03"));
    let alone = of(&p, "drain-check", MAY, false);
    assert_eq!((statuses(&alone)[1], alone.unverified), (Done, 0));
    let c = of(&p, "drain-check", MAY, true);
    assert_eq!((statuses(&c)[1], c.unverified, c.tasks), (Open, 1, 0));
    let june = of(&p, "drain-check", ("2024-06-01", "2024-06-30"), true);
    assert_eq!((statuses(&june)[1], june.unverified), (Never, 0));
    p.on_task(
        1,
        crate::log::Verified {
            report,
            note: None,
            photos: vec![],
        },
    );
    let c = of(&p, "drain-check", MAY, true);
    assert_eq!((statuses(&c)[1], c.unverified, c.tasks), (Done, 0, 1));
}

#[test]
fn places_and_stretches_count_too() {
    let mut p = Phone::new(1);
    let shape = Shape::Point(Position { lon: 1, lat: 1 });
    let target = Arc::new(Target::Place(Place { shape, name: None }));
    p.on_task(1, plotted("pothole-patch", target));
    let patches = vec![
        line("pothole-patch", "2.25", "m2"),
        line("pothole-patch", "1.50", "m2"),
        line("pothole-patch", "3", "pcs"),
    ];
    p.on_task(1, report(patches, "2024-05-03"));
    let c = of(&p, "pothole-patch", MAY, false);
    assert_eq!(quantity(&c), Some("3.75".into()));
    assert_eq!((c.tasks, c.done, c.other_units), (1, 0, 1));
    let covered = WorkLine {
        covered: vec![(asset_uid(3), 0, 5000).into()],
        ..line("crack-seal", "0.005", "km")
    };
    p.on_task(2, plotted("crack-seal", on_asset(1)));
    p.on_task(2, report(vec![covered], "2024-05-03"));
    let c = of(&p, "crack-seal", MAY, false);
    assert_eq!(statuses(&c), [Never, Done, Never, Done]);
}

#[test]
fn a_kind_the_catalogue_forgot_still_counts_itself() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("leaf-clear", on_asset(1)));
    p.on_task(1, report(vec![line("leaf-clear", "3", "t")], "2024-05-03"));
    let c = of(&p, "leaf-clear", MAY, true);
    assert_eq!((statuses(&c)[1], quantity(&c)), (Done, Some("3".into())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tasks with one report each, counted by hand.
    #[test]
    fn sums_and_sets_agree_with_a_plain_count(
        rows in prop::collection::vec((0u8..4, 0u8..3, 1u32..99_999, 1u8..62), 0..12),
    ) {
        let mut p = Phone::new(1);
        let (mut sums, mut sets) = ([0u64; 2], [BTreeSet::new(), BTreeSet::new()]);
        for (n, (asset, kinds, cents, day)) in rows.into_iter().enumerate() {
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            let day = jiff::civil::date(2024, 4, 30).checked_add(jiff::Span::new().days(day)).unwrap();
            p.on_task(n as u8, plotted("drain-clear", on_asset(asset)));
            let names = [&["drain-clear"][..], &["drain-repair"], &["drain-clear", "drain-repair"]];
            let names = names[usize::from(kinds)];
            let lines = names.iter().map(|name| line(name, &amount, "pcs"));
            p.on_task(n as u8, report(lines.collect(), &day.to_string()));
            if day.month() != 5 {
                continue;
            }
            sums[0] += u64::from(cents);
            sets[0].insert(asset_uid(asset));
            if names.contains(&"drain-repair") {
                sums[1] += u64::from(cents);
                sets[1].insert(asset_uid(asset));
            }
        }
        for (i, kind) in ["drain-clear", "drain-repair"].into_iter().enumerate() {
            let c = of(&p, kind, MAY, false);
            let done: BTreeSet<AssetUid> =
                c.assets.iter().filter(|(_, s)| **s == Done).map(|(a, _)| *a).collect();
            prop_assert_eq!(&done, &sets[i]);
            prop_assert_eq!(c.done, sets[i].len() as u64);
            prop_assert_eq!(c.never + c.open + c.done, 4);
            let sum = c.quantity.map_or(0.into(), |q| q.0 * rust_decimal::Decimal::ONE_HUNDRED);
            prop_assert_eq!(sum, sums[i].into());
        }
    }
}
