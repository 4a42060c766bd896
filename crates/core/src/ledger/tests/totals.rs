//! Totals, case by case.

use super::super::*;
use crate::catalog::{Catalog, CrewId};
use crate::ids::{AssetUid, EventId, TaskUid, Uuid};
use crate::log::testkit::{Phone, asset, asset_uid, line, plotted, report, work};
use crate::log::{Dispatched, Place, Position, Round, Shape, Subject, Target, WorkLine};
use crate::task::{Task, Tasks};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// The demonstration city's catalogue.
pub(super) static CITY: LazyLock<Catalog> = LazyLock::new(|| {
    let file = include_bytes!("../../../../../public/city/catalog.json");
    Catalog::read(file).unwrap().0
});

pub(super) fn scope(from: &str, to: &str) -> Scope {
    Scope::of(Period {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    })
}

/// A day of May.
pub(super) const DAY: &str = "2024-05-03";

pub(super) fn may() -> Scope {
    scope("2024-05-01", "2024-05-31")
}

/// A phone that plots and reports, task after task.
pub(super) struct Book {
    pub(super) phone: Phone,
    tasks: u128,
}

impl Book {
    pub(super) fn new() -> Book {
        let phone = Phone::new(1);
        Book { phone, tasks: 0 }
    }

    /// The next task, plotted for its first line's kind and reported; and its report.
    pub(super) fn done(
        &mut self,
        target: Target,
        lines: Vec<WorkLine>,
        day: &str,
    ) -> (Subject, EventId) {
        self.tasks += 1;
        let subject = Subject::Task(TaskUid(Uuid::from_u128(self.tasks)));
        let kind = lines[0].work.0.clone();
        self.phone
            .say(subject.clone(), plotted(&kind, Arc::new(target)));
        let told = self.phone.say(subject.clone(), report(lines, day));
        (subject, told)
    }

    pub(super) fn tasks(&self) -> Vec<Arc<Task>> {
        let tasks = Tasks::from_log(&self.phone.log, BTreeSet::new());
        tasks.iter().cloned().collect()
    }

    pub(super) fn totals(&self, scope: &Scope) -> Totals {
        let tasks = self.tasks();
        totals(&CITY, scope, tasks.iter().map(|t| &**t), None, false)
    }

    /// The line of a kind in May.
    pub(super) fn in_may(&self, kind: &str) -> TotalLine {
        of(&self.totals(&may()), kind)
    }
}

pub(super) fn of(totals: &Totals, kind: &str) -> TotalLine {
    let line = totals.lines.iter().find(|l| l.work == work(kind));
    line.unwrap().clone()
}

pub(super) fn on(n: u8) -> Target {
    Target::Asset(asset(n))
}

pub(super) fn round(assets: impl IntoIterator<Item = u8>) -> Target {
    let assets = assets.into_iter().map(asset).collect();
    Target::Round(Round { name: None, assets })
}

pub(super) fn place() -> Target {
    let shape = Shape::Point(Position { lon: 1, lat: 1 });
    Target::Place(Place { shape, name: None })
}

pub(super) fn covered(kind: &str, quantity: &str, stretches: &[(AssetUid, u64, u64)]) -> WorkLine {
    WorkLine {
        covered: stretches.iter().map(|s| (*s).into()).collect(),
        ..line(kind, quantity, "km")
    }
}

pub(super) fn said(quantity: Option<Decimal>) -> String {
    quantity.map_or("-".into(), |q| q.to_string())
}

#[test]
fn every_kind_has_its_line_in_the_catalogues_order() {
    let totals = Book::new().totals(&may());
    let kinds: Vec<_> = CITY.work_kinds.iter().map(|k| &k.id).collect();
    let lines: Vec<_> = totals.lines.iter().map(|l| &l.work).collect();
    assert_eq!(lines, kinds);
    for line in &totals.lines {
        let nothing = match line.work.as_str() {
            "refuse-rate" | "lamp-lit-rate" => "-",
            _ => "0",
        };
        assert_eq!(said(line.quantity), nothing, "{}", line.work);
        assert!(line.pending.is_empty());
    }
    let works = vec![work("drain-repair"), work("crack-seal")];
    let some = Book::new().totals(&Scope { works, ..may() });
    let lines: Vec<_> = some.lines.iter().map(|l| l.work.as_str()).collect();
    assert_eq!(lines, ["crack-seal", "drain-repair"]);
}

#[test]
fn a_part_is_told_with_its_whole_and_is_not_larger() {
    let mut book = Book::new();
    let clear = |n| line("drain-clear", n, "pcs");
    let repair = |n| line("drain-repair", n, "pcs");
    book.done(round([1, 2, 3]), vec![clear("3"), repair("1")], DAY);
    book.done(on(4), vec![repair("2")], DAY);
    assert_eq!(said(book.in_may("drain-clear").quantity), "5");
    // More repaired than cleared: what was repaired was cleared.
    book.done(on(5), vec![clear("1"), repair("4")], DAY);
    let whole = book.in_may("drain-clear");
    assert_eq!(
        (said(whole.quantity), whole.tasks, whole.assets),
        ("9".into(), 3, 5)
    );
    let part = WithinTotal {
        work: work("drain-repair"),
        quantity: 7.into(),
    };
    assert_eq!(whole.of_which, [part]);
    assert_eq!(book.in_may("drain-repair").tasks, 3);
}

#[test]
fn a_distinct_asset_counts_once_and_a_drawn_place_for_itself() {
    let mut book = Book::new();
    let station = || vec![line("pump-sewage-keep", "1", "pcs")];
    for (n, day) in [(1, DAY), (1, "2024-05-09"), (2, DAY), (3, "2024-06-01")] {
        book.done(on(n), station(), day);
    }
    book.done(round([2, 4, 5]), station(), DAY);
    let pumps = book.in_may("pump-sewage-keep");
    assert_eq!(
        (said(pumps.quantity), pumps.tasks, pumps.assets),
        ("4".into(), 4, 4)
    );
    let heated = || vec![line("heating-renovate", "1", "place")];
    book.done(place(), heated(), DAY);
    book.done(place(), heated(), DAY);
    book.done(on(9), heated(), DAY);
    let heating = book.in_may("heating-renovate");
    assert_eq!(
        (said(heating.quantity), heating.assets, heating.elsewhere),
        ("3".into(), 1, 2)
    );
}

#[test]
fn a_street_is_swept_once_with_the_most_that_was_swept() {
    let mut book = Book::new();
    let swept = |m2| vec![line("sweep", m2, "m2")];
    book.done(on(1), swept("100.5"), DAY);
    book.done(on(1), swept("80"), "2024-05-04");
    book.done(on(2), swept("50"), "2024-05-04");
    let sweep = book.in_may("sweep");
    assert_eq!(
        (said(sweep.quantity), sweep.assets, sweep.shared),
        ("150.5".into(), 2, 0)
    );
    // A round has one figure for all; the same round again adds nothing.
    for day in [DAY, "2024-05-05"] {
        book.done(round([3, 4, 5]), swept("1000"), day);
    }
    let sweep = book.in_may("sweep");
    assert_eq!(
        (said(sweep.quantity), sweep.assets, sweep.shared),
        ("1150.5".into(), 5, 2)
    );
    let two = [line("sweep", "60", "m2"), line("sweep", "70", "m2")];
    book.done(on(1), two.to_vec(), DAY);
    assert_eq!(
        said(book.in_may("sweep").quantity),
        "1180",
        "lines of one report add up"
    );
}

#[test]
fn of_streets_that_were_swept_on_one_way_each_has_its_own_amount() {
    let mut book = Book::new();
    let swept = |street: u8, m2| WorkLine {
        covered: vec![(asset_uid(street), 0, 5000).into()],
        ..line("sweep", m2, "m2")
    };
    // Plotted on one street; the way led over it and another, and the next day over that again.
    book.done(on(1), vec![swept(1, "60"), swept(2, "25.5")], DAY);
    book.done(on(2), vec![swept(2, "30")], DAY);
    let sweep = book.in_may("sweep");
    assert_eq!((said(sweep.quantity), sweep.shared), ("90".into(), 0));
}

#[test]
fn a_street_that_is_swept_half_by_half_is_swept_whole() {
    let mut book = Book::new();
    let swept = |from, to, m2| WorkLine {
        covered: vec![(asset_uid(1), from, to).into()],
        ..line("sweep", m2, "m2")
    };
    for day in [DAY, "2024-05-20"] {
        book.done(on(1), vec![swept(0, 5_000, "60.5")], day);
        book.done(on(1), vec![swept(5_000, 9_000, "48.25")], day);
    }
    assert_eq!(said(book.in_may("sweep").quantity), "108.75");
    // Again from the middle of the one to the middle of the other.
    book.done(on(1), vec![swept(2_500, 7_000, "54")], DAY);
    assert_eq!(said(book.in_may("sweep").quantity), "108.75");
    // Somebody typed what the whole of it is.
    book.done(on(1), vec![line("sweep", "110", "m2")], DAY);
    let sweep = book.in_may("sweep");
    assert_eq!(
        (said(sweep.quantity), sweep.assets, sweep.shared),
        ("110".into(), 1, 0)
    );
}

#[test]
fn what_was_swept_of_several_streets_is_shared_by_length() {
    let mut book = Book::new();
    let way = WorkLine {
        covered: vec![
            (asset_uid(1), 0, 3_000).into(),
            (asset_uid(2), 0, 1_000).into(),
        ],
        ..line("sweep", "100", "m2")
    };
    book.done(on(1), vec![way], DAY);
    let alone = WorkLine {
        covered: vec![(asset_uid(2), 0, 1_000).into()],
        ..line("sweep", "30", "m2")
    };
    book.done(on(2), vec![alone], DAY);
    let sweep = book.in_may("sweep");
    assert_eq!((said(sweep.quantity), sweep.shared), ("105".into(), 1));
}

#[test]
fn what_several_patrols_cover_counts_once() {
    let mut book = Book::new();
    let pipe = asset_uid;
    let first = covered("pipe-patrol", "0.7", &[(pipe(1), 0, 700_000)]);
    let second = covered("pipe-patrol", "0.6", &[(pipe(1), 400_000, 1_000_000)]);
    let other = covered(
        "pipe-patrol",
        "0.2",
        &[(pipe(2), 5, 200_004), (pipe(2), 9, 7)],
    );
    book.done(on(1), vec![first, other], DAY);
    book.done(on(1), vec![second], "2024-05-20");
    let patrol = book.in_may("pipe-patrol");
    assert_eq!(patrol.covered_mm, Some(1_199_999));
    assert_eq!(
        said(patrol.quantity),
        "1.2",
        "to the metre, as the unit has it"
    );
    // Without a stretch the quantity is one, from the beginning.
    book.done(on(1), vec![line("pipe-patrol", "1.5", "km")], DAY);
    book.done(on(1), vec![line("pipe-patrol", "0.9", "km")], DAY);
    assert_eq!(book.in_may("pipe-patrol").covered_mm, Some(1_699_999));
    book.done(round([3, 4]), vec![line("pipe-patrol", "1", "km")], DAY);
    let patrol = book.in_may("pipe-patrol");
    assert_eq!((patrol.covered_mm, patrol.shared), (Some(2_699_999), 1));
    book.done(on(5), vec![line("pipe-patrol", "80", "m")], DAY);
    let patrol = book.in_may("pipe-patrol");
    assert_eq!(
        (said(patrol.quantity), patrol.pending.other_units),
        ("2.7".into(), 1)
    );
}

#[test]
fn the_last_figure_that_was_entered_counts() {
    let mut book = Book::new();
    let rate = |r| vec![line("refuse-rate", r, "percent")];
    book.done(place(), rate("100"), "2024-05-31");
    book.done(place(), rate("99.5"), "2024-05-30");
    book.done(place(), rate("98"), "2024-06-01");
    let refuse = book.in_may("refuse-rate");
    assert_eq!((said(refuse.quantity), refuse.tasks), ("100".into(), 2));
    assert_eq!(
        refuse.plan.unwrap().reached,
        Some(Ratio { part: 1, whole: 1 })
    );
    book.done(place(), rate("100.00"), "2024-05-31");
    assert_eq!(
        said(book.in_may("refuse-rate").quantity),
        "100",
        "they agree"
    );
    book.done(place(), rate("97"), "2024-05-31");
    let refuse = book.in_may("refuse-rate");
    assert_eq!(
        (said(refuse.quantity), refuse.pending.conflicts),
        ("-".into(), 1)
    );
}

#[test]
fn a_plan_is_of_one_year_and_a_mean_of_whole_months() {
    let mut book = Book::new();
    for (n, day) in [
        ("1003", "2024-01-31"),
        ("1001", "2024-02-01"),
        ("1100", "2024-03-09"),
    ] {
        book.done(place(), vec![line("bill-remove", n, "item")], day);
    }
    let bills = |from, to| of(&book.totals(&scope(from, to)), "bill-remove");
    let quarter = bills("2024-01-01", "2024-03-31");
    assert_eq!(
        (said(quarter.quantity), said(quarter.monthly_mean)),
        ("3104".into(), "1034".into())
    );
    let plan = quarter.plan.unwrap();
    assert_eq!((plan.year, plan.quantity), (2024, 12_000.into()));
    assert_eq!(
        plan.reached,
        Some(Ratio {
            part: 97,
            whole: 375
        })
    );
    assert_eq!(said(plan.percent()), "25.8");
    let some_days = bills("2024-01-02", "2024-03-31");
    assert_eq!(
        (some_days.monthly_mean, some_days.plan.is_some()),
        (None, true)
    );
    assert_eq!(bills("2023-01-01", "2024-12-31").plan, None);
    let pipes = book.totals(&scope("2024-01-01", "2024-12-31"));
    assert_eq!(
        of(&pipes, "pipe-patrol").monthly_mean,
        None,
        "it is not summed"
    );
}

#[test]
fn a_crews_totals_are_of_the_tasks_it_was_given() {
    let mut book = Book::new();
    let cleared = || vec![line("drain-clear", "1", "pcs")];
    let given = |crew: &str| Dispatched {
        crew: Some(CrewId(crew.into())),
        ..Dispatched::default()
    };
    for crew in ["drain-1", "drain-1", "drain-2"] {
        let (task, _) = book.done(on(1), cleared(), DAY);
        book.phone.say(task, given(crew));
    }
    let (disputed, _) = book.done(on(2), cleared(), DAY);
    book.done(on(3), cleared(), DAY);
    let mut other = Phone::new(2);
    other.learn(&book.phone);
    other.say(disputed.clone(), given("drain-1"));
    book.phone.say(disputed, given("drain-2"));
    book.phone.learn(&other);
    let of_crews = |crews: &[&str]| {
        let crews = crews.iter().map(|c| CrewId((*c).into())).collect();
        let line = of(&book.totals(&Scope { crews, ..may() }), "drain-clear");
        (said(line.quantity), line.pending.conflicts)
    };
    assert_eq!(of_crews(&[]), ("5".into(), 0));
    assert_eq!(of_crews(&["drain-1"]), ("2".into(), 1));
    assert_eq!(of_crews(&["drain-2"]), ("1".into(), 1));
    assert_eq!(of_crews(&["drain-1", "drain-2"]), ("3".into(), 1));
    assert_eq!(of_crews(&["lamp-1"]), ("0".into(), 0));
}

#[test]
fn kinds_that_the_catalogue_forgot_are_told() {
    let mut book = Book::new();
    let old = || {
        vec![
            line("gutter-paint", "1", "pcs"),
            line("drain-clear", "1", "pcs"),
        ]
    };
    book.done(on(1), old(), DAY);
    book.done(on(2), old(), DAY);
    book.done(on(2), old(), "2024-06-03");
    let all = book.totals(&may());
    assert_eq!(all.unknown, BTreeMap::from([(work("gutter-paint"), 2)]));
    let works = vec![work("drain-clear")];
    assert_eq!(
        book.totals(&Scope { works, ..may() }).unknown,
        BTreeMap::new()
    );
}
