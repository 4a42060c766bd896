//! Conflicts: when they are, when they are not, and how they end.

use super::*;
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::log::testkit::{asset_uid, line, on_asset, plotted, report, work};
use crate::log::{Field, Measured, Moved, Photo};
use proptest::prelude::*;

/// One of several different values for a field, as an event that writes it.
fn write(field: Field, n: u8) -> Kind {
    match field {
        Field::Stage => [cleared("1"), cancelled()][usize::from(n % 2)].clone(),
        Field::Report => cleared(&format!("{}", n + 1)),
        Field::Work => {
            edited(|e| e.work = Some(work(["drain-clear", "drain-repair"][usize::from(n % 2)])))
        }
        Field::Target => Moved {
            target: on_asset(n),
        }
        .into(),
        Field::Crew => edited(|e| e.crew = Some(CrewId(format!("crew-{n}")))),
        Field::Due => edited(|e| e.due = format!("2024-05-0{}T00:00:00Z", n + 1).parse().ok()),
        Field::Priority => edited(|e| e.priority = Some(n)),
        Field::Planned => edited(|e| e.planned = format!("{n}").parse().ok()),
        Field::Note => edited(|e| e.note = Some(format!("{n}"))),
    }
}

fn field() -> impl Strategy<Value = Field> {
    prop::sample::select(vec![
        Field::Stage,
        Field::Report,
        Field::Work,
        Field::Target,
        Field::Crew,
        Field::Due,
        Field::Priority,
        Field::Planned,
        Field::Note,
    ])
}

/// The field as an event-and-rest list, whatever its type.
fn alternatives(task: &Task, field: Field) -> Vec<EventId> {
    let view = task.view(Context::default());
    let conflict = view.conflicts.iter().find(|c| c.field == field);
    let all = conflict.into_iter().flat_map(|c| &c.alternatives);
    all.map(|a| a.event).collect()
}

/// Two phones that know the same plotted task.
fn two() -> (Phone, Phone) {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(0)));
    b.learn(&a);
    (a, b)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn different_writes_without_knowledge_conflict_and_a_join_ends_it(f in field(), pick: bool) {
        let (mut a, mut b) = two();
        let one = a.on_task(1, write(f, 0));
        let two = b.on_task(1, write(f, 1));
        let alone = [seen(&a), seen(&b)];
        a.meet(&mut b);
        let task = seen(&a);
        prop_assert_eq!(&task, &seen(&b));
        prop_assert_eq!(alternatives(&task, f), vec![one.min(two), one.max(two)]);
        let chosen = if pick { one } else { two };
        a.on_task(1, resolved(f, chosen));
        let joined = seen(&a);
        prop_assert!(joined.conflicts().is_empty());
        prop_assert_eq!(joined.notes.len(), 0);
        let winner = &alone[usize::from(!pick)];
        prop_assert_eq!(joined.work.one(), winner.work.one());
        prop_assert_eq!(joined.target.one(), winner.target.one());
        prop_assert_eq!(joined.crew.one(), winner.crew.one());
        prop_assert_eq!(joined.due.one(), winner.due.one());
        prop_assert_eq!(joined.priority.one(), winner.priority.one());
        prop_assert_eq!(joined.planned.one(), winner.planned.one());
        prop_assert_eq!(joined.note.one(), winner.note.one());
        prop_assert_eq!(joined.stage.one(), winner.stage.one());
        if f != Field::Stage {
            prop_assert_eq!(joined.report.one(), winner.report.one());
        }
        prop_assert_eq!(joined.state, winner.state);
    }

    #[test]
    fn equal_writes_without_knowledge_are_no_conflict(f in field(), n in 0u8..3) {
        let (mut a, mut b) = two();
        let one = a.on_task(1, write(f, n));
        let alone = amounts(seen(&a));
        b.on_task(1, write(f, n));
        a.meet(&mut b);
        let task = seen(&a);
        prop_assert!(task.conflicts().is_empty());
        prop_assert_eq!(task.notes.len(), 0);
        prop_assert_eq!(task.state, alone.state);
        prop_assert!(task.event(one).is_some());
    }

    #[test]
    fn any_later_write_ends_a_conflict_too(f in field(), n in 0u8..3) {
        let (mut a, mut b) = two();
        a.on_task(1, write(f, 0));
        b.on_task(1, write(f, 1));
        a.meet(&mut b);
        a.on_task(1, write(f, n));
        prop_assert!(seen(&a).conflicts().is_empty());
    }

    #[test]
    fn independent_fields_merge(f in field(), g in field()) {
        prop_assume!(f != g && !matches!((f, g), (Field::Stage, Field::Report) | (Field::Report, Field::Stage)));
        let (mut a, mut b) = two();
        let one = a.on_task(1, write(f, 1));
        let two = b.on_task(1, write(g, 1));
        a.meet(&mut b);
        let task = seen(&a);
        prop_assert!(task.conflicts().is_empty());
        let holds = |id| task.events.iter().any(|e| e.event.id() == Some(id) && e.standing == Standing::Holds);
        prop_assert!(holds(one) && holds(two));
    }
}

#[test]
fn two_resolutions_that_differ_conflict_again() {
    let (mut a, mut b) = two();
    let one = a.on_task(1, write(Field::Priority, 1));
    let two = b.on_task(1, write(Field::Priority, 2));
    a.meet(&mut b);
    a.on_task(1, resolved(Field::Priority, one));
    b.on_task(1, resolved(Field::Priority, two));
    a.meet(&mut b);
    assert!(seen(&a).priority.is_conflict());
}

#[test]
fn two_different_reports_are_one_conflict_and_count_nowhere_until_it_ends() {
    let (mut a, mut b) = two();
    a.on_task(1, cleared("1"));
    let two = b.on_task(1, cleared("2"));
    a.meet(&mut b);
    let task = seen(&a);
    assert_eq!(task.state, State::Conflict);
    assert_eq!(task.conflicts(), [Field::Report]);
    assert_eq!(task.standing_report(), None);
    a.on_task(1, resolved(Field::Report, two));
    let task = seen(&a);
    assert_eq!(task.state, State::Reported);
    assert_eq!(
        task.standing_report().unwrap().lines[0].quantity,
        "2".parse().unwrap()
    );
}

#[test]
fn a_resolved_report_is_still_the_crews_own() {
    let (mut a, mut b) = two();
    let one = a.on_task(1, cleared("1"));
    b.on_task(1, cleared("2"));
    a.meet(&mut b);
    let join = a.on_task(1, resolved(Field::Report, one));
    let task = seen(&a);
    let Value::One(report) = &task.report else {
        panic!("one report")
    };
    assert_eq!((report.event, &report.by[..]), (one, &[join][..]));
    let view = task.view(Context::default());
    assert_eq!(view.reports[0].actors, ["crew-1".into()]);
    let draft = verify(&task, None, vec![]).unwrap().draft;
    b.learn(&a);
    b.on_task(1, draft.kind);
    let task = seen(&b);
    assert_eq!((task.state, task.notes), (State::Verified, vec![]));
}

#[test]
fn a_third_report_that_knew_both_ends_the_conflict_without_a_murmur() {
    let (mut a, mut b) = two();
    a.on_task(1, cleared("1"));
    b.on_task(1, cleared("2"));
    a.meet(&mut b);
    a.on_task(1, cleared("3"));
    let task = seen(&a);
    assert_eq!((task.state, task.notes), (State::Reported, vec![]));
}

#[test]
fn reports_are_equal_by_what_they_count() {
    let (mut a, mut b) = two();
    let lines = || {
        vec![
            line("drain-clear", "1", "pcs"),
            line("drain-repair", "1", "pcs"),
        ]
    };
    let mut one = report(lines(), "2024-05-03");
    one.with = vec!["王".into()];
    one.note = Some("with the small pump".into());
    let mut two = report(lines(), "2024-05-03");
    two.lines.reverse();
    two.lines[1].quantity = "1.0".parse().unwrap();
    two.lines[0].measured = Measured::Typed;
    two.photos.push(Photo {
        sha256: "ab".into(),
        private: None,
        role: None,
    });
    a.on_task(1, one);
    b.on_task(1, two);
    a.meet(&mut b);
    let view = seen(&a).view(Context::default());
    assert_eq!(view.summary.state, State::Reported);
    let [one] = &view.reports[..] else {
        panic!("one report")
    };
    assert_eq!(one.actors.len(), 2);
    assert_eq!(one.with, ["王"]);
    assert_eq!(one.notes, ["with the small pump"]);
    assert_eq!(one.photos.len(), 1);

    let covered = |metres: u64| {
        let mut line = line("drain-clear", "1", "pcs");
        line.covered = vec![(asset_uid(1), 0, metres * 1000).into()];
        Kind::from(report(vec![line], "2024-05-03"))
    };
    let different = [
        covered(7),
        report_of("2", "drain-clear", "2024-05-03"),
        report_of("1", "drain-repair", "2024-05-03"),
        report_of("1", "drain-clear", "2024-05-02"),
    ];
    for other in different {
        let (mut a, mut b) = two_reporting(other);
        a.meet(&mut b);
        assert_eq!(seen(&a).state, State::Conflict);
    }
}

fn report_of(quantity: &str, kind: &str, done_on: &str) -> Kind {
    report(vec![line(kind, quantity, "pcs")], done_on).into()
}

fn two_reporting(other: Kind) -> (Phone, Phone) {
    let (mut a, mut b) = two();
    a.on_task(1, report_of("1", "drain-clear", "2024-05-03"));
    b.on_task(1, other);
    (a, b)
}

#[test]
fn nobody_ends_a_conflict_by_just_going_on() {
    let (mut a, mut b) = two();
    a.on_task(1, cleared("1"));
    b.on_task(1, cancelled());
    a.meet(&mut b);
    assert_eq!(seen(&a).conflicts(), [Field::Stage]);
    let event = a.on_task(1, started());
    let task = seen(&a);
    assert_eq!(task.state, State::Conflict);
    let stage = Stage::Reported;
    assert_eq!(task.notes, [FoldNote::NoEffect { event, stage }]);
}

#[test]
fn nobody_ends_a_conflict_about_a_return_by_just_starting() {
    let (mut a, mut b) = two();
    let report = a.on_task(1, cleared("1"));
    b.learn(&a);
    a.on_task(1, cleared("2"));
    b.on_task(1, returned(report, "again"));
    a.meet(&mut b);
    assert_eq!(seen(&a).state, State::Conflict);
    a.on_task(1, started());
    assert_eq!(seen(&a).state, State::Conflict);
}

#[test]
fn a_correction_unseen_by_who_verified_is_a_conflict() {
    let (mut a, mut b) = two();
    let report = a.on_task(1, cleared("1"));
    b.learn(&a);
    a.on_task(1, cleared("2"));
    b.on_task(1, verified(report));
    a.meet(&mut b);
    assert_eq!(seen(&a).conflicts(), [Field::Stage]);
}
