//! Taking back, and taking back the taking back.

use super::*;
use crate::log::testkit::{event_id, on_asset, plotted, undone};

#[test]
fn undo_of_a_report_reopens() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(1, started());
    let before = amounts(seen(&p));
    let report = p.on_task(1, cleared("1"));
    p.on_task(1, undone([report]));
    assert_eq!(amounts(seen(&p)), before);
    assert_eq!(seen(&p).state, State::UnderWay);
    assert_eq!(seen(&p).events[2].standing, Standing::Undone);
}

#[test]
fn undo_of_undo_restores() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = p.on_task(1, cleared("1"));
    let before = amounts(seen(&p));
    let undo = p.on_task(1, undone([report]));
    let redo = p.on_task(1, undone([undo]));
    assert_eq!(amounts(seen(&p)), before);
    p.on_task(1, undone([redo]));
    assert_eq!(seen(&p).state, State::Open);
}

#[test]
fn a_correction_undone_brings_back_the_first_report() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(1, cleared("1"));
    let before = amounts(seen(&p));
    let second = p.on_task(1, cleared("2"));
    p.on_task(1, undone([second]));
    assert_eq!(amounts(seen(&p)), before);
}

#[test]
fn what_was_typed_into_a_report_taken_back_is_there_for_the_next() {
    let typed = |quantity: &str, note: &str, day: &str| {
        let lines = vec![crate::log::testkit::line("drain-clear", quantity, "pcs")];
        let mut report = crate::log::testkit::report(lines, day);
        report.note = Some(note.into());
        report
    };
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    assert_eq!(taken_back(&seen(&p)), None, "nothing was ever typed");
    let written = p.stamp().at.local_date().to_string();
    let first = p.on_task(1, typed("2", "silt", &written));
    assert_eq!(taken_back(&seen(&p)), None, "it stands");
    p.on_task(1, undone([first]));
    let task = seen(&p);
    let back = taken_back(&task).unwrap();
    assert_eq!(back.report, &typed("2", "silt", &written));
    assert_eq!(back.day, None, "today's work, and today may be another day");
    let second = p.on_task(1, typed("3", "sand", "2024-01-02"));
    p.on_task(1, undone([second]));
    let task = seen(&p);
    let back = taken_back(&task).unwrap();
    assert_eq!(back.report.note.as_deref(), Some("sand"), "the last counts");
    assert_eq!(back.day.unwrap().to_string(), "2024-01-02");
}

#[test]
fn what_stands_on_an_undone_report_falls() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = a.on_task(1, cleared("1"));
    b.learn(&a);
    a.on_task(1, undone([report]));
    let event = b.on_task(1, verified(report));
    a.meet(&mut b);
    let task = seen(&a);
    assert_eq!(task.state, State::Open);
    assert_eq!(task.notes, [FoldNote::NoReport { event, report }]);
}

#[test]
fn a_resolution_falls_with_what_it_chose() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    let one = a.on_task(1, cleared("1"));
    b.on_task(1, cleared("2"));
    a.meet(&mut b);
    let field = crate::log::Field::Report;
    let event = a.on_task(1, resolved(field, one));
    assert_eq!(seen(&a).state, State::Reported);
    a.on_task(1, undone([one]));
    let task = seen(&a);
    let left = &task.standing_report().unwrap().lines[0];
    assert_eq!(left.quantity, "2".parse().unwrap(), "the other one is left");
    let note = FoldNote::EmptyChoice {
        event,
        field,
        chosen: one,
    };
    assert_eq!(task.notes, [note]);
}

#[test]
fn a_resolution_undone_is_a_conflict_again() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    let one = a.on_task(1, cleared("1"));
    b.on_task(1, cleared("2"));
    a.meet(&mut b);
    let before = amounts(seen(&a));
    let join = a.on_task(1, resolved(crate::log::Field::Report, one));
    a.on_task(1, undone([join]));
    assert_eq!(amounts(seen(&a)), before);
    assert_eq!(before.state, State::Conflict);
}

#[test]
fn undoing_the_plotting_cancels_and_stays_readable() {
    let mut p = Phone::new(1);
    let plot = p.on_task(1, plotted("drain-clear", on_asset(1)));
    let undo = p.on_task(1, undone([plot]));
    let task = seen(&p);
    assert_eq!(task.state, State::Cancelled);
    assert_eq!(task.target.one(), Some(&on_asset(1)));
    p.on_task(1, undone([undo]));
    assert_eq!(seen(&p).state, State::Open);
}

#[test]
fn plotting_undone_while_another_worked_is_a_conflict() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    let plot = a.on_task(1, plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    a.on_task(1, undone([plot]));
    b.on_task(1, cleared("1"));
    a.meet(&mut b);
    assert_eq!(seen(&a).state, State::Conflict);
}

#[test]
fn equal_reports_are_undone_together() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    a.on_task(1, cleared("1"));
    b.on_task(1, cleared("1"));
    a.meet(&mut b);
    let draft = undo(&seen(&a), None).unwrap().draft;
    a.on_task(1, draft.kind);
    assert_eq!(seen(&a).state, State::Open);
}

#[test]
fn both_may_undo_and_one_redo_is_not_enough() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = a.on_task(1, cleared("1"));
    b.learn(&a);
    let one = a.on_task(1, undone([report]));
    b.on_task(1, undone([report]));
    a.meet(&mut b);
    a.on_task(1, undone([one]));
    assert_eq!(seen(&a).state, State::Open, "the other still says no");
}

#[test]
fn undo_waits_for_what_it_undoes() {
    let mut a = Phone::new(1);
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    let ghost = event_id(9, 9);
    let event = a.on_task(1, undone([ghost]));
    let task = seen(&a);
    assert_eq!(task.state, State::Open);
    let note = FoldNote::UndoesMissing {
        event,
        undone: ghost,
    };
    assert!(task.notes.contains(&note));
}
