//! The indicators of the year: that its numbers add up, among themselves and beside plain counts.

use super::*;
use crate::ledger::indicators::tests::{add_up, are_the_whole};
use crate::ledger::indicators::{Apart, Asked, Day, Step, apart, indicators};
use crate::log::{Kind, Moment};
use crate::task::{State, deadline};

/// The evening of the year's last day in the city.
const NOW: &str = "2024-10-31T20:00:00+08:00";

fn all() -> impl Iterator<Item = &'static crate::task::Task> {
    tasks().iter().map(|task| &**task)
}

#[test]
fn each_task_of_the_year_is_in_one_place_of_each_table() {
    let now: Moment = NOW.parse().unwrap();
    let catalog = city().catalog();
    for by in [Day::Due, Day::Found] {
        for state in [Wanted::Counted, Wanted::Verified, Wanted::Reported] {
            let asked = Asked {
                by,
                state,
                ..Asked::of(whole().period)
            };
            let got = indicators(catalog, &asked, all(), now);
            assert!(got.tasks > 500, "{}", got.tasks);
            add_up(&got);
            for by in [Apart::Crew, Apart::Work] {
                let parts = apart(catalog, &asked, by, all(), now);
                assert!(parts.len() > 1);
                are_the_whole(&parts, &got);
            }
        }
    }
}

#[test]
fn the_years_rates_are_those_of_a_plain_count() {
    let now: Moment = NOW.parse().unwrap();
    let catalog = city().catalog();
    let period = whole().period;
    let asked = Asked {
        state: Wanted::Verified,
        ..Asked::of(period)
    };
    let got = indicators(catalog, &asked, all(), now);
    let (mut due, mut handled, mut verified) = (0, 0, 0);
    for task in all().filter(|task| task.state != State::Cancelled) {
        let Some(until) = deadline(task, catalog) else {
            continue;
        };
        if period.contains(until.local_date()) && until.utc <= now.utc {
            due += 1;
            handled += u64::from(matches!(task.state, State::Reported | State::Verified));
            verified += u64::from(task.state == State::Verified);
        }
    }
    let share = got.rates.handled.share;
    assert_eq!((share.part, share.whole), (handled, due));
    let share = got.rates.closed.share;
    assert_eq!((share.part, share.whole), (verified, due));
    // The year has work that was late, that was sent back, and that is open yet.
    let (late, back) = (got.rates.handled_in_time.share, got.rates.reworked.share);
    assert!(0 < late.part && late.part < late.whole, "{late:?}");
    assert!(0 < back.part && back.part < back.whole, "{back:?}");
    assert!(got.open.tasks > 0 && got.steps.at(Step::Closed) > Some(0));
    let returns = published().iter().filter_map(|event| event.kind());
    let returns = returns.filter(|kind| matches!(kind, Kind::Returned(_)));
    assert!(back.part <= returns.count() as u64);
}
