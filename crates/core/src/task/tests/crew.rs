//! Whose work a task is.

use super::*;
use crate::account::Members;
use crate::catalog::{Catalog, Crew, CrewId, Label};
use crate::log::testkit::{catalog, line, on_asset, plotted, report, undone};
use crate::log::{ActorId, Field};
use crate::task::Crewed;

/// A catalogue with the crews `a`, `b` and the one that a phone stands for before anybody logs in.
fn city() -> Catalog {
    let mut catalog = catalog();
    catalog.crews.extend(["a", "b", "crew-2"].map(|id| Crew {
        id: id.into(),
        label: Label {
            zh: id.into(),
            en: id.into(),
        },
        families: Vec::new(),
    }));
    catalog
}

/// Each crew that it may be; one where it is clear.
fn crews(phone: &Phone, members: &Members) -> Vec<String> {
    let (catalog, task) = (city(), seen(phone));
    let told = |crew: Option<&CrewId>| crew.map_or("-".into(), ToString::to_string);
    match crew_of(&task, &catalog, members) {
        Crewed::Nobody => Vec::new(),
        Crewed::By(crew) => vec![told(Some(crew))],
        Crewed::Disputed(all) => all.into_iter().map(told).collect(),
    }
}

fn of(phone: &Phone) -> Vec<String> {
    crews(phone, &Members::default())
}

fn plotted_by(n: u8) -> Phone {
    let mut p = Phone::new(n);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    p
}

#[test]
fn it_is_of_the_crew_that_had_it_when_it_was_reported() {
    let mut p = plotted_by(1);
    assert_eq!(of(&p), [""; 0]);
    p.on_task(1, dispatched("a"));
    assert_eq!(of(&p), ["a"], "whoever has it");
    p.on_task(1, dispatched("b"));
    let told = p.on_task(1, cleared("1"));
    assert_eq!(of(&p), ["b"], "the last dispatch");
    p.on_task(1, verified(told));
    p.on_task(1, edited(|e| e.crew = Some("a".into())));
    assert_eq!(of(&p), ["b"], "who gets it later has not done it");
}

#[test]
fn a_dispatch_that_was_taken_back_gives_it_to_nobody() {
    let mut p = plotted_by(1);
    p.on_task(1, dispatched("a"));
    let mistaken = p.on_task(1, dispatched("b"));
    p.on_task(1, undone([mistaken]));
    p.on_task(1, cleared("1"));
    assert_eq!(of(&p), ["a"]);
}

#[test]
fn what_is_done_again_by_others_is_theirs() {
    let mut p = plotted_by(1);
    p.on_task(1, dispatched("a"));
    let first = p.on_task(1, cleared("1"));
    p.on_task(1, returned(first, "still blocked"));
    assert_eq!(of(&p), ["a"]);
    p.on_task(1, dispatched("b"));
    assert_eq!(of(&p), ["b"], "theirs to do");
    p.on_task(1, cleared("2"));
    assert_eq!(of(&p), ["b"]);
}

#[test]
fn who_reported_did_not_know_that_it_was_given_to_others() {
    let mut desk = plotted_by(1);
    desk.on_task(1, dispatched("a"));
    let mut phone = Phone::new(3);
    phone.learn(&desk);
    desk.on_task(1, dispatched("b"));
    phone.on_task(1, cleared("1"));
    desk.meet(&mut phone);
    assert_eq!(seen(&desk).crew.one(), Some(&Some("b".into())));
    assert_eq!(of(&desk), ["a"]);
}

#[test]
fn a_conflict_of_dispatches_is_one_until_somebody_ends_it() {
    let (mut p, mut other) = (plotted_by(1), Phone::new(3));
    other.learn(&p);
    let mine = p.on_task(1, dispatched("a"));
    other.on_task(1, dispatched("b"));
    p.meet(&mut other);
    p.on_task(1, cleared("1"));
    assert_eq!(of(&p), ["a", "b"]);
    let (catalog, members, task) = (city(), Members::default(), seen(&p));
    let is_among = |names: &[&str]| {
        let crews: Vec<CrewId> = names.iter().map(|name| CrewId::from(*name)).collect();
        crew_of(&task, &catalog, &members).is_among(&crews)
    };
    assert_eq!(is_among(&["a", "b"]), None);
    assert_eq!(is_among(&["a"]), None);
    assert_eq!(is_among(&["crew-2"]), Some(false));
    p.on_task(1, resolved(Field::Crew, mine));
    assert_eq!(of(&p), ["a"]);
}

#[test]
fn work_that_nobody_gave_out_is_of_the_crew_of_who_reported_it() {
    // Before anybody logs in a phone writes as the crew that was chosen on it.
    let mut p = plotted_by(2);
    p.on_task(1, cleared("1"));
    assert_eq!(of(&p), ["crew-2"]);
    // Else as its account.
    let mut p = plotted_by(1);
    let told = p.on_task(1, cleared("1"));
    assert_eq!(of(&p), [""; 0]);
    let members = Members::from_iter([("crew-1", "b"), ("crew-2", "a")]);
    assert_eq!(crews(&p, &members), ["b"]);
    p.on_task(1, returned(told, "still blocked"));
    assert_eq!(crews(&p, &members), ["b"], "it is theirs to do again");
    p.on_task(1, dispatched("a"));
    assert_eq!(crews(&p, &members), ["a"]);
}

#[test]
fn what_was_written_down_for_others_is_of_those() {
    let on_behalf = |of: &str| {
        let mut told = report(vec![line("drain-clear", "1", "pcs")], "2024-05-03");
        told.on_behalf = Some(ActorId::from(of));
        let mut p = plotted_by(2);
        p.on_task(1, told);
        p
    };
    let members = Members::from_iter([("li", "b")]);
    assert_eq!(crews(&on_behalf("a"), &members), ["a"]);
    assert_eq!(crews(&on_behalf("li"), &members), ["b"]);
    // Whose the paper was cannot be said; not the clerk's, in any case.
    assert_eq!(crews(&on_behalf("老张"), &members), [""; 0]);
}

#[test]
fn where_nobody_else_says_it_a_dispatch_afterwards_does() {
    let mut p = plotted_by(1);
    p.on_task(1, cleared("1"));
    p.on_task(1, dispatched("a"));
    assert_eq!(of(&p), ["a"]);
    let members = Members::from_iter([("crew-1", "b")]);
    assert_eq!(crews(&p, &members), ["b"]);
}

#[test]
fn one_report_of_two_phones_is_of_both_crews_until_it_is_known() {
    let (mut p, mut other) = (plotted_by(1), Phone::new(2));
    other.learn(&p);
    p.on_task(1, cleared("1"));
    other.on_task(1, cleared("1"));
    p.meet(&mut other);
    assert_eq!(seen(&p).state, State::Reported);
    let members = Members::from_iter([("crew-1", "b")]);
    assert_eq!(crews(&p, &members), ["b", "crew-2"]);
}
