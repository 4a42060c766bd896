//! The way of a task, when nothing goes wrong and when steps come out of turn.

use super::*;
use crate::log::testkit::{asset_uid, on_asset, plotted, round, work};
use crate::log::{Found, Noted, Ticked};

#[test]
fn from_plotted_to_verified() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    let task = seen(&p);
    assert_eq!(task.state, State::Open);
    assert_eq!(task.work.one(), Some(&work("drain-clear")));
    assert_eq!(task.target.one(), Some(&on_asset(3)));
    let steps = [
        (dispatched("drain-1"), State::Dispatched),
        (accepted(), State::Accepted),
        (started(), State::UnderWay),
        (cleared("1"), State::Reported),
    ];
    for (kind, state) in steps {
        p.on_task(1, kind);
        assert_eq!(seen(&p).state, state);
    }
    let task = seen(&p);
    assert_eq!(task.crew.set().map(|c| &*c.0), Some("drain-1"));
    let report = task.report.written()[0].event;
    p.on_task(1, verified(report));
    let task = seen(&p);
    assert_eq!(task.state, State::Verified);
    assert_eq!(task.notes, []);
    assert!(task.events.iter().all(|e| e.standing == Standing::Holds));
    assert_eq!(task.standing_report(), task.report.one());
}

#[test]
fn what_is_sent_back_is_done_again() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    let report = p.on_task(1, cleared("1"));
    p.on_task(1, returned(report, "still blocked"));
    let task = seen(&p);
    assert_eq!(task.state, State::Returned);
    assert_eq!(task.standing_report(), None);
    p.on_task(1, started());
    assert_eq!(seen(&p).state, State::UnderWay);
    let second = p.on_task(1, cleared("2"));
    let task = seen(&p);
    assert_eq!(task.state, State::Reported);
    assert_eq!(task.report.written()[0].event, second);
    assert_eq!(task.notes, []);
}

#[test]
fn progress_does_not_open_what_its_author_knew_closed() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    p.on_task(1, cleared("1"));
    let late = p.on_task(1, started());
    let task = seen(&p);
    assert_eq!(task.state, State::Reported);
    let stage = Stage::Reported;
    assert_eq!(task.notes, [FoldNote::NoEffect { event: late, stage }]);
    assert_eq!(task.events[2].standing, Standing::Inert);
}

#[test]
fn progress_unaware_of_a_decision_yields_to_it() {
    for decision in [cleared("1"), cancelled()] {
        let (mut a, mut b) = (Phone::new(1), Phone::new(2));
        a.on_task(1, plotted("drain-clear", on_asset(3)));
        b.learn(&a);
        a.on_task(1, started());
        b.on_task(1, decision);
        let decided = seen(&b).state;
        a.meet(&mut b);
        assert_eq!(seen(&a).state, decided);
        assert_eq!(seen(&a).notes, []);
    }
}

#[test]
fn progress_joins_by_its_furthest_point() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(3)));
    b.learn(&a);
    a.on_task(1, accepted());
    b.on_task(1, started());
    a.meet(&mut b);
    assert_eq!(seen(&a).state, State::UnderWay);
}

#[test]
fn a_decision_out_of_turn_stands_and_is_noted() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    p.on_task(1, cancelled());
    let event = p.on_task(1, cleared("1"));
    let task = seen(&p);
    assert_eq!(task.state, State::Reported);
    let stage = Stage::Cancelled;
    assert_eq!(task.notes, [FoldNote::OutOfTurn { event, stage }]);
    assert_eq!(task.events[2].standing, Standing::Holds);
}

#[test]
fn a_report_may_be_verified_only_once_it_is_there_and_current() {
    let mut p = Phone::new(1);
    let plot = p.on_task(1, plotted("drain-clear", on_asset(3)));
    let event = p.on_task(1, verified(plot));
    let task = seen(&p);
    assert_eq!(task.state, State::Open);
    let report = plot;
    assert_eq!(task.notes, [FoldNote::NoReport { event, report }]);

    let first = p.on_task(1, cleared("1"));
    p.on_task(1, cleared("2"));
    let stale = p.on_task(1, verified(first));
    let task = seen(&p);
    assert_eq!(task.state, State::Reported);
    let note = FoldNote::StaleReport {
        event: stale,
        report: first,
    };
    assert!(task.notes.contains(&note));
}

#[test]
fn ticks_of_a_round_are_a_set() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", round([1, 2, 3])));
    b.learn(&a);
    a.on_task(1, ticked(1));
    let by_a = a.on_task(1, ticked(2));
    let by_b = b.on_task(1, ticked(2));
    let reason = Some("a car on it".to_string());
    b.on_task(
        1,
        Ticked {
            asset: asset_uid(1),
            unreached: reason,
            lines: vec![],
            note: None,
            photos: vec![],
        },
    );
    a.meet(&mut b);
    let task = seen(&a);
    assert!(task.ticks[&asset_uid(1)].done, "one of them was there");
    let mut both = vec![by_a, by_b];
    both.sort();
    assert_eq!(task.ticks[&asset_uid(2)].events, both);
    assert_eq!(task.ticks.len(), 2);
    assert_eq!(task.state, State::Open);
    assert_eq!(task.notes, []);
    let stray = a.on_task(1, ticked(9));
    let note = FoldNote::UnknownAsset {
        event: stray,
        asset: asset_uid(9),
    };
    assert_eq!(seen(&a).notes, [note]);
}

#[test]
fn a_found_defect_is_a_task() {
    let mut p = Phone::new(1);
    p.on_task(
        1,
        Found {
            target: on_asset(1),
            work: None,
            defect: Some("lid missing".into()),
            severity: None,
            dangerous: true,
            photos: vec![],
        },
    );
    let task = seen(&p);
    assert_eq!(task.state, State::Open);
    assert_eq!(task.work, Value::Unset);
    assert_eq!(task.note.set().map(|s| &**s), Some("lid missing"));
    p.on_task(1, plotted("drain-repair", on_asset(1)));
    let task = seen(&p);
    assert_eq!(task.work.one(), Some(&work("drain-repair")));
    assert_eq!(task.state, State::Open);
}

#[test]
fn remarks_change_nothing() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    let before = amounts(seen(&p));
    let text = "seen from the bus".to_string();
    p.on_task(
        1,
        Noted {
            text,
            asset: None,
            photos: vec![],
        },
    );
    assert_eq!(amounts(seen(&p)), before);
}
