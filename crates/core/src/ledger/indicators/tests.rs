//! Indicators, case by case and against a plain count.

use super::*;
use crate::ids::EventId;
use crate::ledger::Ratio;
use crate::log::testkit::{Phone, catalog, line, on_asset, plotted, report, task_uid, undone};
use crate::log::{Cancelled, Dispatched, Draft, Edited, Found, Kind, Outcome, Reported, Returned};
use crate::log::{Started, Subject, Verified};
use crate::task::Tasks;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The first minute of May 2024 in the city, in milliseconds since 1970.
const MAY: i64 = 1_714_492_800_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60;

fn at(minute: i64) -> Moment {
    Moment::from_millis(MAY + minute * MINUTE, 480).unwrap()
}

fn may(from: i8, to: i8) -> Asked {
    let day = |day| jiff::civil::date(2024, 5, day);
    Asked::of(Period {
        from: day(from),
        to: day(to),
    })
}

/// A phone whose clock is right, and what it says when.
struct Book(Phone);

impl Book {
    fn new() -> Book {
        Book(Phone::new(2))
    }

    fn say(&mut self, minute: i64, task: u8, kind: impl Into<Kind>) -> EventId {
        let mut stamp = self.0.stamp();
        (stamp.at, stamp.offset_ms) = (at(minute), 0);
        let draft = Draft::new(Subject::Task(task_uid(task)), kind);
        let event = self.0.log.seal(draft, stamp).unwrap();
        let id = event.id().unwrap();
        assert_eq!(self.0.log.insert(event).outcome, Outcome::Inserted);
        id
    }

    fn tasks(&self) -> Vec<Arc<Task>> {
        let tasks = Tasks::from_log(&self.0.log, BTreeSet::new());
        tasks.iter().cloned().collect()
    }

    fn ask(&self, asked: &Asked, now: i64) -> Indicators {
        let tasks = self.tasks();
        indicators(&catalog(), asked, tasks.iter().map(|t| &**t), at(now))
    }

    /// A task for a crew, to be done by some minute.
    fn task(&mut self, minute: i64, task: u8, kind: &str, due: i64) {
        self.say(minute, task, plotted(kind, on_asset(task)));
        self.say(minute, task, due_by(due));
    }
}

fn due_by(minute: i64) -> Kind {
    let due = Some(at(minute));
    let edited = Edited {
        due,
        ..Edited::default()
    };
    edited.into()
}

fn to(crew: &str) -> Kind {
    let crew = Some(CrewId(crew.into()));
    let dispatched = Dispatched {
        crew,
        ..Dispatched::default()
    };
    dispatched.into()
}

fn done(kind: &str) -> Reported {
    report(vec![line(kind, "1", "pcs")], "2024-05-01")
}

fn verified(report: EventId) -> Verified {
    Verified {
        report,
        note: None,
        photos: vec![],
    }
}

fn returned(report: EventId) -> Returned {
    Returned {
        report,
        reason: "not clean".into(),
        photos: vec![],
    }
}

fn share(rate: Rate) -> (u64, u64) {
    (rate.share.part, rate.share.whole)
}

#[test]
fn a_task_stands_at_one_step_and_has_passed_those_before() {
    let mut book = Book::new();
    let found = Found {
        target: on_asset(0),
        work: None,
        defect: None,
        severity: None,
        dangerous: false,
        photos: vec![],
    };
    book.say(0, 0, found);
    for task in 1..9 {
        let kind = if task == 8 {
            "drain-check"
        } else {
            "drain-clear"
        };
        book.say(0, task, plotted(kind, on_asset(task)));
    }
    book.say(1, 2, to("a"));
    book.say(1, 3, Started::default());
    let sent = book.say(2, 4, done("drain-clear"));
    book.say(3, 4, returned(sent));
    book.say(2, 5, done("drain-clear"));
    book.say(2, 6, Cancelled::default());
    book.say(2, 7, done("drain-clear"));
    book.say(2, 8, done("drain-check"));
    let asked = Asked {
        by: Day::Found,
        ..may(1, 1)
    };
    let got = book.ask(&asked, 10).steps;
    let at_each = Step::ALL.map(|step| got.at(step));
    let standing = [1, 1, 1, 2, 1, 2].map(Some);
    assert_eq!(at_each[..6], standing);
    assert_eq!(at_each[6], None, "nobody evaluates");
    assert_eq!((got.cancelled, got.conflicts), (1, 0));
    let reached = Step::ALL.map(|step| got.reached(step));
    assert_eq!(reached[..6], [8, 7, 6, 5, 3, 2].map(Some));
    assert_eq!(reached[6], None);
    // Where nothing is checked what is reported is closed.
    let lax = Asked {
        state: Wanted::Reported,
        ..asked.clone()
    };
    assert_eq!(book.ask(&lax, 10).steps.at(Step::Closed), Some(3));
    let strict = Asked {
        state: Wanted::Verified,
        ..asked
    };
    assert_eq!(book.ask(&strict, 10).steps.at(Step::Closed), Some(0));
}

#[test]
fn work_that_nobody_gave_out_is_of_the_crew_of_who_reported_it() {
    // The phone writes as `crew-2`.
    let mut book = Book::new();
    for task in 1..4 {
        book.task(0, task, "drain-clear", 60);
    }
    book.say(1, 1, to("b"));
    book.say(5, 1, done("drain-clear"));
    book.say(5, 2, done("drain-clear"));
    let asked = Asked {
        members: Members::from_iter([("crew-2", "a")]),
        ..may(1, 1)
    };
    let tasks = book.tasks();
    let tasks = tasks.iter().map(|t| &**t);
    let parts = apart(&catalog(), &asked, Apart::Crew, tasks, at(100));
    let told = parts.iter();
    let told: Vec<_> = told
        .map(|part| (part.key.as_deref(), share(part.indicators.rates.handled)))
        .collect();
    let expected = [(Some("a"), (1, 1)), (Some("b"), (1, 1)), (None, (0, 1))];
    assert_eq!(told, expected);
    let of_a = Asked {
        crews: vec!["a".into()],
        ..asked
    };
    assert_eq!(book.ask(&of_a, 100).tasks, 1);
}

#[test]
fn what_is_in_conflict_is_due_and_handled_by_nobody() {
    let (mut one, mut other) = (Book::new(), Book(Phone::new(7)));
    one.task(0, 1, "drain-clear", 60);
    other.0.learn(&one.0);
    one.say(5, 1, done("drain-clear"));
    other.say(6, 1, Cancelled::default());
    one.0.meet(&mut other.0);
    let got = one.ask(&may(1, 1), 100);
    assert_eq!((got.tasks, got.steps.conflicts), (1, 1));
    assert_eq!(share(got.rates.handled), (0, 1));
    assert_eq!((got.open.tasks, got.open.overdue.sum()), (1, 1));
}

#[test]
fn the_clock_starts_at_the_dispatch_and_a_deadline_is_the_last_moment() {
    let mut book = Book::new();
    book.task(0, 1, "drain-clear", 500);
    book.say(100, 1, to("a"));
    book.say(500, 1, done("drain-clear"));
    book.task(0, 2, "drain-clear", 500);
    book.say(501, 2, done("drain-clear"));
    let got = book.ask(&may(1, 1), 500);
    assert_eq!(share(got.rates.handled), (2, 2));
    assert_eq!(share(got.rates.handled_in_time), (1, 2));
    let ms = Some((400 + 501) * MINUTE as u64 / 2);
    assert_eq!(got.handling, Mean { ms, tasks: 2 });
    assert_eq!(got.closing.median_ms, Some(400 * MINUTE));
    assert_eq!(got.closing.p90_ms, Some(501 * MINUTE));
    // Before its end nothing is due, whether it is handled or not.
    let before = book.ask(&may(1, 1), 499);
    assert_eq!(share(before.rates.handled), (0, 0));
    let of = Each {
        handled: Denominator::Dated,
        ..Each::default()
    };
    let dated = book.ask(&Asked { of, ..may(1, 1) }, 499);
    assert_eq!(share(dated.rates.handled), (2, 2));
    assert_eq!(dated.rates.handled.of, Denominator::Dated);
}

#[test]
fn a_check_has_its_own_time_and_a_closing_waits_for_it() {
    let mut book = Book::new();
    for task in 1..4 {
        book.task(0, task, "drain-check", 60);
    }
    let one = book.say(60, 1, done("drain-check"));
    book.say(60 + DAY, 1, verified(one));
    let two = book.say(60, 2, done("drain-check"));
    book.say(61 + DAY, 2, verified(two));
    let three = book.say(60, 3, done("drain-check"));
    let sent = book.say(70, 3, returned(three));
    let asked = may(1, 1);
    let got = book.ask(&asked, 60 + DAY);
    assert_eq!(share(got.rates.handled), (2, 3), "one was sent back");
    assert_eq!(share(got.rates.closed), (2, 3));
    assert_eq!(share(got.rates.closed_in_time), (1, 3));
    assert_eq!(share(got.rates.checked_in_time), (2, 3));
    assert_eq!(share(got.rates.reworked), (1, 3));
    let early = book.ask(&asked, 59 + DAY);
    assert_eq!(share(early.rates.closed_in_time), (0, 0));
    assert_eq!(share(early.rates.checked_in_time), (0, 0));
    // A return that was taken back sent nothing back.
    book.say(80, 3, undone([sent]));
    let got = book.ask(&asked, 60 + DAY);
    assert_eq!(share(got.rates.reworked), (0, 3));
    assert_eq!(share(got.rates.handled), (3, 3));
    assert_eq!(share(got.rates.checked_in_time), (1, 3));
}

#[test]
fn what_is_left_from_before_the_period_is_still_open() {
    let mut book = Book::new();
    book.task(0, 1, "drain-clear", 60);
    book.say(0, 2, plotted("drain-clear", on_asset(2)));
    book.say(0, 2, to("a"));
    let got = book.ask(&may(20, 21), 7 * DAY + 1);
    assert_eq!(got.tasks, 0);
    let open = got.open;
    assert_eq!((open.tasks, open.open_for.0[5], open.undated), (2, 2, 1));
    assert_eq!((open.overdue.0, open.in_time), ([0, 0, 0, 0, 1, 0], 0));
    let crew = Asked {
        crews: vec![CrewId("a".into())],
        ..may(20, 21)
    };
    assert_eq!(book.ask(&crew, 7 * DAY).open.open_for.0, [0, 0, 0, 0, 1, 0]);
}

/// What becomes of a task, in minutes from the one before.
#[derive(Debug, Clone)]
struct Row {
    checked: bool,
    crew: Option<bool>,
    found: i64,
    due: Option<i64>,
    reported: Option<i64>,
    /// Verified, or sent back.
    verdict: Option<(bool, i64)>,
    cancelled: bool,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let often = prop::bool::weighted(0.9);
    let row = (
        any::<bool>(),
        prop::option::of(any::<bool>()),
        0..5 * DAY,
        prop::option::weighted(0.9, 0..3 * DAY),
        prop::option::weighted(0.8, 0..9 * DAY),
        prop::option::weighted(0.7, (any::<bool>(), 0..2 * DAY)),
        often,
    );
    let row = row.prop_map(|(checked, crew, found, due, reported, verdict, kept)| Row {
        checked,
        crew,
        found,
        due,
        reported,
        verdict,
        cancelled: !kept,
    });
    prop::collection::vec(row, 0..14)
}

/// The log of such rows: a crew is given each ten minutes after it was found.
fn told(rows: &[Row]) -> Book {
    let mut book = Book::new();
    for (n, row) in rows.iter().enumerate() {
        let (n, kind) = (
            n as u8,
            if row.checked {
                "drain-check"
            } else {
                "drain-clear"
            },
        );
        book.say(row.found, n, plotted(kind, on_asset(n)));
        if let Some(first) = row.crew {
            book.say(row.found + 10, n, to(if first { "a" } else { "b" }));
        }
        if let Some(due) = row.due {
            book.say(row.found, n, due_by(row.found + due));
        }
        if row.cancelled {
            book.say(row.found + 11, n, Cancelled::default());
        } else if let Some(took) = row.reported {
            let report = book.say(row.found + 10 + took, n, done(kind));
            match row.verdict {
                Some((true, later)) => {
                    book.say(row.found + 10 + took + later, n, verified(report));
                }
                Some((false, later)) => {
                    book.say(row.found + 10 + took + later, n, returned(report));
                }
                None => {}
            }
        }
    }
    book
}

/// Numbers of a plain count, in the order of [`Each`]; then times to close.
fn plain(rows: &[Row], now: i64) -> ([(u64, u64); 6], Vec<i64>) {
    let (mut rates, mut times) = ([(0, 0); 6], Vec::new());
    for row in rows {
        let Some(due) = row.due.map(|due| row.found + due) else {
            continue;
        };
        if row.cancelled || !(DAY..3 * DAY).contains(&due) {
            continue;
        }
        let start = row.found + if row.crew.is_some() { 10 } else { 0 };
        let report = row.reported.map(|took| row.found + 10 + took);
        let verdict = report.and_then(|at| row.verdict.map(|(good, later)| (good, at + later)));
        let sent_back = matches!(verdict, Some((false, _)));
        let handled = report.filter(|_| !sent_back);
        let closed = match (row.checked, verdict) {
            (false, _) => handled,
            (true, Some((true, at))) => Some(at),
            _ => None,
        };
        let close_by = due + if row.checked { DAY } else { 0 };
        let mut rate = |n: usize, whole: bool, part: bool| {
            rates[n].1 += u64::from(whole);
            rates[n].0 += u64::from(whole && part);
        };
        rate(0, due <= now, handled.is_some());
        rate(1, due <= now, handled.is_some_and(|at| at <= due));
        rate(2, due <= now, closed.is_some());
        rate(3, close_by <= now, closed.is_some_and(|at| at <= close_by));
        rate(4, close_by <= now, sent_back);
        if let Some(report) = report.filter(|_| row.checked) {
            let is_due = report + DAY <= now;
            rate(5, is_due, verdict.is_some_and(|(_, at)| at <= report + DAY));
        }
        times.extend(closed.map(|at| (at - start) * MINUTE));
    }
    times.sort_unstable();
    (rates, times)
}

fn each<T: Copy>(of: &Each<T>) -> [T; 6] {
    let late = [of.closed_in_time, of.reworked, of.checked_in_time];
    [
        of.handled,
        of.handled_in_time,
        of.closed,
        late[0],
        late[1],
        late[2],
    ]
}

/// The smallest time that at least so many percent are not longer than.
fn percentile(times: &[i64], percent: usize) -> Option<i64> {
    let enough = |time: i64| {
        let most = times.iter().filter(|t| **t <= time).count();
        most * 100 >= times.len() * percent
    };
    times.iter().copied().find(|time| enough(*time))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rates_and_times_agree_with_a_plain_count(rows in rows(), now in 0..9 * DAY) {
        let got = told(&rows).ask(&may(2, 3), now);
        let (rates, times) = plain(&rows, now);
        prop_assert_eq!(each(&got.rates).map(share), rates);
        let bounds = [120, 360, DAY, 3 * DAY, 7 * DAY, i64::MAX / MINUTE];
        let mut below = 0;
        for (bound, class) in bounds.iter().zip(got.closing.classes.0) {
            below += class;
            let plain = times.iter().filter(|time| **time <= bound * MINUTE).count();
            prop_assert_eq!(below, plain as u64);
        }
        prop_assert_eq!(got.closing.median_ms, percentile(&times, 50));
        prop_assert_eq!(got.closing.p90_ms, percentile(&times, 90));
    }

    /// Each task at one step, each open one in one class, and all parts are the whole.
    #[test]
    fn numbers_add_up(rows in rows(), now in 0..9 * DAY, found in any::<bool>(), of in of()) {
        let by = if found { Day::Found } else { Day::Due };
        let asked = Asked { by, of, ..may(2, 3) };
        let book = told(&rows);
        let got = book.ask(&asked, now);
        add_up(&got);
        let tasks = book.tasks();
        for by in [Apart::Crew, Apart::Work] {
            let tasks = tasks.iter().map(|t| &**t);
            let parts = apart(&catalog(), &asked, by, tasks, at(now));
            are_the_whole(&parts, &got);
        }
    }
}

fn of() -> impl Strategy<Value = Each<Denominator>> {
    use Denominator::{All, Closed, Dated, Due, DueToCheck, DueToClose, Handled};
    let any = prop::sample::select(vec![
        All, Dated, Due, DueToClose, DueToCheck, Handled, Closed,
    ]);
    prop::array::uniform6(any).prop_map(|of| Each {
        handled: of[0],
        handled_in_time: of[1],
        closed: of[2],
        closed_in_time: of[3],
        reworked: of[4],
        checked_in_time: of[5],
    })
}

/// That each task is at one step, each closed one in one class, each open one in one of each kind,
/// and that no share is more than all.
pub(crate) fn add_up(got: &Indicators) {
    let standing: u64 = Step::ALL.iter().filter_map(|s| got.steps.at(*s)).sum();
    let steps = &got.steps;
    assert_eq!(standing + steps.cancelled + steps.conflicts, got.tasks);
    let found = steps.reached(Step::Found);
    assert_eq!(found, Some(standing));
    let closed = got.closing.classes.sum() + got.closing.unclocked;
    assert_eq!(Some(closed), steps.at(Step::Closed));
    let open = &got.open;
    assert_eq!(open.open_for.sum() + open.unknown, open.tasks);
    let by_deadline = open.overdue.sum() + open.in_time + open.undated;
    assert_eq!(by_deadline, open.tasks);
    for rate in each(&got.rates) {
        let Ratio { part, whole } = rate.share;
        assert!(part <= whole && whole <= got.tasks, "{rate:?}");
    }
}

/// What of some indicators can be added to those of others.
fn sums(of: &Indicators) -> Vec<u64> {
    let mut sums = vec![of.tasks, of.steps.cancelled, of.steps.conflicts];
    sums.extend(Step::ALL.iter().filter_map(|step| of.steps.at(*step)));
    let shares = each(&of.rates).map(|rate| rate.share);
    sums.extend(shares.iter().flat_map(|r| [r.part, r.whole]));
    sums.extend(of.closing.classes.0);
    sums.extend([of.closing.unclocked, of.handling.tasks]);
    let open = &of.open;
    sums.extend(open.open_for.0.iter().chain(&open.overdue.0));
    sums.extend([open.tasks, open.unknown, open.in_time, open.undated]);
    sums
}

/// That parts add up to the whole.
pub(crate) fn are_the_whole(parts: &[Part], whole: &Indicators) {
    let mut all = vec![0; sums(whole).len()];
    for part in parts {
        let sums = sums(&part.indicators);
        all.iter_mut().zip(sums).for_each(|(all, n)| *all += n);
    }
    assert_eq!(all, sums(whole));
}
