//! What an asset wears, case by case.

use super::super::*;
use super::kit::*;
use crate::ids::EventId;
use crate::ledger::{Cell, Period};
use crate::log::testkit::{Phone, asset_uid, line, on_asset, plotted, report, round, undone};
use crate::log::{
    Cancelled, Choice, Dispatched, Field, Kind, Reported, Resolved, Returned, Started, Ticked,
    Verified, WorkLine,
};
use crate::task::Mark::{
    self, Conflict, Done, Due, Never, Open, Overdue, Reported as Waits, SentBack, UnderWay,
    Verified as Checked,
};
use jiff::civil::date;

fn cleared(on: i32) -> Reported {
    report(vec![line("drain-clear", "1", "pcs")], &day(on).to_string())
}

fn checked(on: i32) -> Reported {
    report(vec![line("drain-check", "1", "pcs")], &day(on).to_string())
}

fn verified(report: EventId) -> Kind {
    let (note, photos) = (None, Vec::new());
    Verified {
        report,
        note,
        photos,
    }
    .into()
}

fn returned(report: EventId) -> Kind {
    let (reason, photos) = ("again".into(), Vec::new());
    Returned {
        report,
        reason,
        photos,
    }
    .into()
}

fn clear(phone: &Phone) -> Season {
    season(phone, "drain-clear", season_2024(), false)
}

/// Plots a task for a drain and reports it, both on a day.
fn done_on(phone: &mut Phone, n: u32, asset: u8, on: i32) -> EventId {
    say_on(phone, n, day(on), plotted("drain-clear", on_asset(asset)));
    say_on(phone, n, day(on), cleared(on))
}

#[test]
fn an_asset_goes_the_way_of_its_task() {
    let mut p = Phone::new(1);
    say_on(&mut p, 1, day(3), plotted("drain-clear", on_asset(1)));
    say_on(&mut p, 1, day(5), Dispatched::default());
    say_on(&mut p, 1, day(8), Started::default());
    // Written down two days later.
    let report = say_on(&mut p, 1, day(11), cleared(9));
    let way = [(0, Never), (3, Open), (8, UnderWay), (9, Done)];
    assert_eq!(told(&clear(&p), 1), way);
    say_on(&mut p, 1, day(20), verified(report));
    let way = [(0, Never), (3, Open), (8, UnderWay), (9, Checked)];
    assert_eq!(told(&clear(&p), 1), way);
    assert_eq!(told(&clear(&p), 0), [(0, Never)]);
    assert_eq!(clear(&p).mark(99, FIRST), Mark::None);
}

#[test]
fn who_came_further_counts_where_neither_knew_of_the_other() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    say_on(&mut a, 1, day(1), plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    say_on(&mut a, 1, day(5), Started::default());
    say_on(&mut b, 1, day(7), Dispatched::default());
    a.meet(&mut b);
    let way = [(0, Never), (1, Open), (5, UnderWay)];
    assert_eq!(told(&clear(&a), 1), way);
    // Who gives it to others knowing that it was begun has them begin anew.
    let mut c = Phone::new(3);
    say_on(&mut c, 1, day(1), plotted("drain-clear", on_asset(1)));
    say_on(&mut c, 1, day(5), Started::default());
    say_on(&mut c, 1, day(9), Dispatched::default());
    assert_eq!(told(&clear(&c), 1), [&way[..], &[(9, Open)]].concat());
}

#[test]
fn a_report_that_waits_is_reported_and_checked_from_its_day_on() {
    let mut p = Phone::new(1);
    say_on(&mut p, 1, day(3), plotted("drain-check", on_asset(1)));
    let report = say_on(&mut p, 1, day(5), checked(4));
    let of = |p: &Phone, verification| season(p, "drain-check", season_2024(), verification);
    assert_eq!(told(&of(&p, true), 1), [(0, Never), (3, Open), (4, Waits)]);
    assert_eq!(told(&of(&p, false), 1), [(0, Never), (3, Open), (4, Done)]);
    say_on(&mut p, 1, day(9), verified(report));
    assert_eq!(
        told(&of(&p, true), 1),
        [(0, Never), (3, Open), (4, Checked)]
    );
}

#[test]
fn what_is_sent_back_was_reported_until_then() {
    let mut p = Phone::new(1);
    say_on(&mut p, 1, day(1), plotted("drain-clear", on_asset(1)));
    let report = say_on(&mut p, 1, day(2), cleared(2));
    say_on(&mut p, 1, day(6), returned(report));
    let back = [(0, Never), (1, Open), (2, Waits), (6, SentBack)];
    assert_eq!(told(&clear(&p), 1), back);
    say_on(&mut p, 1, day(8), Started::default());
    say_on(&mut p, 1, day(9), cleared(9));
    let again = [(8, UnderWay), (9, Done)];
    assert_eq!(told(&clear(&p), 1), [&back[..], &again].concat());
}

#[test]
fn a_round_is_under_way_where_it_was_ticked_and_done_there() {
    let mut p = Phone::new(1);
    say_on(&mut p, 1, day(1), plotted("drain-clear", round([0, 1, 2])));
    for (asset, unreached) in [(0, None), (2, Some("a car on it".into()))] {
        let ticked = Ticked {
            asset: asset_uid(asset),
            unreached,
            lines: vec![],
            note: None,
            photos: vec![],
        };
        say_on(&mut p, 1, day(4), ticked);
    }
    say_on(&mut p, 1, day(7), cleared(7));
    let season = clear(&p);
    assert_eq!(
        told(&season, 0),
        [(0, Never), (1, Open), (4, UnderWay), (7, Done)]
    );
    for left in [1, 2] {
        assert_eq!(told(&season, left), [(0, Never), (1, Open), (7, Never)]);
    }
    assert_eq!(season.behind(0, day(5)), [task_number(1)]);
}

#[test]
fn what_was_called_off_or_taken_back_says_nothing() {
    let mut p = Phone::new(1);
    say_on(&mut p, 1, day(1), plotted("drain-clear", on_asset(1)));
    say_on(&mut p, 1, day(3), Cancelled::default());
    let report = done_on(&mut p, 2, 2, 4);
    say_on(&mut p, 2, day(5), undone([report]));
    assert_eq!(told(&clear(&p), 1), [(0, Never)]);
    assert_eq!(told(&clear(&p), 2), [(0, Never), (4, Open)]);
}

#[test]
fn a_conflict_begins_with_the_first_decision_and_ends_as_it_is_ended() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    say_on(&mut a, 1, day(1), plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    let one = say_on(&mut a, 1, day(9), cleared(5));
    say_on(&mut b, 1, day(4), Cancelled::default());
    a.meet(&mut b);
    assert_eq!(told(&clear(&a), 1), [(0, Never), (1, Open), (4, Conflict)]);
    let choice = Choice {
        field: Field::Stage,
        event: one,
    };
    let (choices, note) = (vec![choice], None);
    say_on(&mut a, 1, day(20), Resolved { choices, note });
    assert_eq!(told(&clear(&a), 1), [(0, Never), (1, Open), (5, Done)]);
}

#[test]
fn what_is_done_stays_done_and_goes_before_all_else() {
    let mut p = Phone::new(1);
    done_on(&mut p, 1, 1, 5);
    let later = done_on(&mut p, 2, 1, 30);
    say_on(&mut p, 2, day(31), verified(later));
    say_on(&mut p, 3, day(40), plotted("drain-clear", on_asset(1)));
    let season = clear(&p);
    assert_eq!(told(&season, 1), [(0, Never), (5, Done), (30, Checked)]);
    assert_eq!(season.behind(1, day(29)), [task_number(1)]);
    assert_eq!(season.behind(1, day(50)), [1, 2].map(task_number));
}

#[test]
fn work_falls_due_a_cycle_after_it_was_done_last() {
    let mut p = Phone::new(1);
    done_on(&mut p, 1, 1, -300);
    done_on(&mut p, 2, 1, -20);
    let season_of = |p: &Phone| clear(p);
    let season = season_of(&p);
    assert_eq!(told(&season, 1), [(0, Never), (10, Due), (12, Overdue)]);
    assert_eq!(season.behind(1, day(11)), [task_number(2)]);
    assert_eq!(season.behind(1, day(9)), []);
    // A task that is plotted says more than that it is time.
    say_on(&mut p, 3, day(11), plotted("drain-clear", on_asset(1)));
    say_on(&mut p, 3, day(20), cleared(20));
    let way = [(0, Never), (10, Due), (11, Open), (20, Done)];
    assert_eq!(told(&season_of(&p), 1), way);
    // What was done long ago is overdue from the first day on.
    done_on(&mut p, 4, 2, -300);
    assert_eq!(told(&season_of(&p), 2), [(0, Overdue)]);
}

#[test]
fn what_has_no_cycle_is_never_due() {
    let mut p = Phone::new(1);
    for (n, on) in [(1, -300), (2, 50)] {
        say_on(&mut p, n, day(on), plotted("drain-repair", on_asset(1)));
        let lines = vec![line("drain-repair", "1", "pcs")];
        say_on(&mut p, n, day(on), report(lines, &day(on).to_string()));
    }
    let repaired = season(&p, "drain-repair", season_2024(), false);
    assert_eq!(told(&repaired, 1), [(0, Never), (50, Done)]);
    // It counts for the clearing, too, which has one.
    assert_eq!(told(&clear(&p), 1), [(0, Overdue), (50, Done)]);
    let unknown = season(&p, "leaf-clear", season_2024(), false);
    assert_eq!(told(&unknown, 1), [(0, Never)]);
}

#[test]
fn what_is_not_of_the_period_counts_in_another() {
    let mut p = Phone::new(1);
    done_on(&mut p, 1, 1, 200);
    say_on(&mut p, 2, day(85), plotted("drain-clear", on_asset(2)));
    say_on(&mut p, 2, day(100), cleared(100));
    say_on(&mut p, 3, day(-9), plotted("drain-check", on_asset(3)));
    say_on(&mut p, 3, day(-5), checked(-5));
    assert_eq!(told(&clear(&p), 1), [(0, Never)]);
    assert_eq!(told(&clear(&p), 2), [(0, Never), (85, Open)]);
    let waits = season(&p, "drain-check", season_2024(), true);
    assert_eq!(told(&waits, 3), [(0, Never)]);
    let (from, to) = (day(5), day(4));
    let none = season(&p, "drain-clear", Period { from, to }, false);
    assert_eq!((none.days(), none.at(day(5))), (1, vec![Never; 8]));
}

#[test]
fn of_a_cell_the_report_is_known() {
    let mut p = Phone::new(1);
    say_on(&mut p, 1, day(1), plotted("drain-clear", on_asset(1)));
    say_on(&mut p, 1, day(9), cleared(9));
    done_on(&mut p, 2, 2, -20);
    let tasks = tasks(&p);
    let cells: Vec<_> = tasks.iter().filter_map(|task| Cell::of(task)).collect();
    let season = of(&[], &cells, "drain-clear", season_2024(), false);
    assert_eq!(told(&season, 1), [(0, Never), (9, Done)]);
    assert_eq!(told(&season, 2), [(0, Never), (10, Due), (12, Overdue)]);
    assert_eq!(season.behind(1, day(9)), [task_number(1)]);
}

#[test]
fn nobody_has_been_where_nothing_was_begun() {
    let mut p = Phone::new(1);
    done_on(&mut p, 1, 0, 5);
    say_on(&mut p, 2, day(1), plotted("drain-clear", on_asset(1)));
    say_on(&mut p, 2, day(5), Started::default());
    say_on(&mut p, 3, day(1), plotted("drain-clear", on_asset(2)));
    done_on(&mut p, 4, 3, -300);
    let season = clear(&p);
    let left = |on, which| season.left(day(on), which).collect::<Vec<_>>();
    let (road, not_done, been, ever) =
        ([5, 6, 7], Left::NotDone, Left::NobodyBeen, Left::NeverEver);
    assert_eq!(left(4, not_done), (0..8).collect::<Vec<_>>());
    assert_eq!(left(5, not_done), (1..8).collect::<Vec<_>>());
    assert_eq!(left(5, been), [&[2, 3, 4], &road[..]].concat());
    assert_eq!(left(5, ever), [&[2, 4], &road[..]].concat());
}

#[test]
fn a_line_is_covered_day_by_day() {
    let mut p = Phone::new(1);
    let road = asset_uid(DRAINS);
    let sealed = |from_mm, to_mm| WorkLine {
        covered: vec![(road, from_mm, to_mm).into()],
        ..line("crack-seal", "0.1", "km")
    };
    for (n, on, lines) in [
        (1, -3, vec![sealed(900_000, 999_999)]),
        (2, 3, vec![sealed(0, 300_000)]),
        (3, 6, vec![sealed(200_000, 450_500)]),
        // Without a stretch nobody knows how much of the next road that is.
        (
            4,
            8,
            vec![WorkLine {
                assets: vec![asset_uid(DRAINS + 1)],
                ..line("crack-seal", "0.1", "km")
            }],
        ),
    ] {
        say_on(&mut p, n, day(on), plotted("crack-seal", on_asset(0)));
        say_on(&mut p, n, day(on), report(lines, &day(on).to_string()));
    }
    let season = season(&p, "crack-seal", season_2024(), false);
    let said = |asset: u8, on| {
        let covered = season.covered(number(asset_uid(asset)), day(on))?;
        Some((covered.metres().to_string(), covered.share()?.part))
    };
    assert_eq!(said(DRAINS, 2), None);
    assert_eq!(said(DRAINS, 5), Some(("300.000".into(), 300_000)));
    assert_eq!(said(DRAINS, 6), Some(("450.500".into(), 450_500)));
    assert_eq!(season.mark(number(asset_uid(DRAINS + 1)), day(8)), Done);
    assert_eq!(said(DRAINS + 1, 9), None);
}

#[test]
fn a_day_beside_the_period_is_its_nearest() {
    let mut p = Phone::new(1);
    done_on(&mut p, 1, 1, 0);
    done_on(&mut p, 2, 2, 90);
    let season = clear(&p);
    assert_eq!(
        (season.days(), season.day(90)),
        (91, Some(date(2024, 6, 30)))
    );
    assert_eq!(season.at(date(1999, 1, 1)), season.at(FIRST));
    assert_eq!(season.at(date(2099, 1, 1)), season.at(day(90)));
    assert_eq!(season.steps(date(1999, 1, 1), date(2099, 1, 1)).count(), 1);
    assert_eq!(season.steps(day(90), day(91)).count(), 0);
}
