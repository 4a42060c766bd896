//! What no honest client writes, what a newer one does, and what is refused.

use super::*;
use crate::ids::EventId;
use crate::log::testkit::{event_id, on_asset, plotted, undone};
use crate::log::{AssetVanished, Draft, Event, Outcome, Stamp};

/// An event with a piece of its text replaced.
fn altered(p: &Phone, id: crate::ids::EventId, changes: &[(&str, &str)]) -> Event {
    let mut text = String::from_utf8(p.log.get(id).unwrap().raw().to_vec()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from} in {text}");
        text = text.replacen(from, to, 1);
    }
    Event::read(text.into_bytes())
}

#[test]
fn a_newer_event_makes_the_task_read_only() {
    let mut p = Phone::new(1);
    let plot = p.on_task(1, plotted("drain-clear", on_asset(1)));
    let id = event_id(2, 1);
    let changes = [
        (&*plot.to_string(), &*id.to_string()),
        ("\"plotted\"", "\"photographed\""),
    ];
    let event = altered(&p, plot, &changes);
    assert_eq!(p.log.insert(event).outcome, Outcome::Inserted);
    let task = seen(&p);
    assert!(task.read_only);
    assert_eq!(task.state, State::Open, "what we know is still shown");
    assert_eq!(task.notes, [FoldNote::Newer { event: id }]);
    assert!(offered(&task, Context::default()).is_empty());
    assert_eq!(cancel(&task, None), Err(Refusal::ReadOnly));
    assert_eq!(undo(&task, None), Err(Refusal::ReadOnly));
    let refused = BTreeSet::from([id]);
    let events = p.log.about(&Subject::Task(task_uid(1)));
    assert!(!fold(task_uid(1), events, &refused).read_only);
}

#[test]
fn a_broken_event_is_kept_and_noted() {
    let mut p = Phone::new(1);
    let plot = p.on_task(1, plotted("drain-clear", on_asset(1)));
    let id = event_id(2, 1);
    let changes = [
        (&*plot.to_string(), &*id.to_string()),
        ("\"drain-clear\"", "null"),
    ];
    let event = altered(&p, plot, &changes);
    p.log.insert(event);
    let task = seen(&p);
    assert_eq!(task.notes, [FoldNote::Unreadable { event: id }]);
    assert_eq!(task.events.len(), 2);
    assert!(!task.read_only);
}

#[test]
fn events_that_say_nothing_about_a_task_are_kept_and_noted() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let event = p.on_task(1, AssetVanished::default());
    let kind = "asset_vanished".into();
    assert_eq!(seen(&p).notes, [FoldNote::NotForTask { event, kind }]);
}

#[test]
fn a_task_whose_plotting_has_not_arrived_shows_what_has() {
    let mut a = Phone::new(1);
    let plot = a.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = a.on_task(1, cleared("1"));
    let mut b = Phone::new(2);
    b.log.insert((**a.log.get(report).unwrap()).clone());
    let task = seen(&b);
    assert_eq!(task.state, State::Reported);
    assert_eq!(task.target, Value::Unset);
    let missing = FoldNote::Missing {
        event: report,
        parent: plot,
    };
    assert_eq!(task.notes, [missing, FoldNote::NotPlotted]);
    b.learn(&a);
    assert_eq!(seen(&b), seen(&a));
    assert_eq!(seen(&b).notes, []);
}

#[test]
fn plotting_again_is_an_edit() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(1, cleared("1"));
    let event = p.on_task(1, plotted("drain-repair", on_asset(2)));
    let task = seen(&p);
    assert_eq!(task.state, State::Reported);
    assert_eq!(task.target.one(), Some(&on_asset(2)));
    assert_eq!(task.notes, [FoldNote::PlottedAgain { event }]);
}

#[test]
fn refused_events_count_nowhere_but_keep_their_place() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let before = amounts(seen(&p));
    let report = p.on_task(1, cleared("1"));
    let events = p.log.about(&Subject::Task(task_uid(1)));
    let task = fold(task_uid(1), events, &BTreeSet::from([report]));
    assert_eq!(task.events[1].standing, Standing::Refused);
    assert_eq!(amounts(task), before);
}

#[test]
fn a_refused_undo_undoes_nothing() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = p.on_task(1, cleared("1"));
    let undo = p.on_task(1, undone([report]));
    let events = p.log.about(&Subject::Task(task_uid(1)));
    let task = fold(task_uid(1), events, &BTreeSet::from([undo]));
    assert_eq!(task.state, State::Reported);
}

#[test]
fn events_that_claim_to_have_seen_each_other_are_explained() {
    let mut p = Phone::new(1);
    let plot = p.on_task(1, plotted("drain-clear", on_asset(1)));
    let (x, y) = (event_id(3, 1), event_id(3, 2));
    for (id, saw, seq) in [(x, y, "2"), (y, x, "3")] {
        let saw = format!("\"saw\":[\"{saw}\"]");
        let changes = [
            (&*plot.to_string(), &*id.to_string()),
            ("\"saw\":[]", &*saw),
            ("\"seq\":1", &*format!("\"seq\":{seq}")),
        ];
        let event = altered(&p, plot, &changes);
        p.log.insert(event);
    }
    let task = seen(&p);
    assert_eq!(task.events.len(), 3);
    assert!(task.notes.contains(&FoldNote::Circle { event: x.min(y) }));
}

#[test]
fn who_names_an_event_has_seen_it() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = p.on_task(1, cleared("1"));
    // Ids on either side, so that the order by id would be wrong for one of them.
    for id in [event_id(0, 0), EventId(uuid::Uuid::max())] {
        let stamp = Stamp { id, ..p.stamp() };
        let draft = Draft::new(Subject::Task(task_uid(1)), undone([report]));
        let event = draft.seal(p.log.city(), stamp, &[]).unwrap();
        let mut q = p.clone();
        q.log.insert(event);
        assert_eq!(seen(&q).state, State::Open);
        assert_eq!(q.log.heads(&Subject::Task(task_uid(1))), [id]);
    }
}

#[test]
fn a_field_that_cannot_be_empty_stays() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(1, edited(|e| e.priority = Some(1)));
    let cleared = [crate::log::Field::Priority, crate::log::Field::Work];
    let event = p.on_task(1, edited(|e| e.cleared = cleared.into()));
    let task = seen(&p);
    assert_eq!(task.priority.set(), None);
    assert!(task.work.one().is_some());
    let field = crate::log::Field::Work;
    assert_eq!(task.notes, [FoldNote::CannotClear { event, field }]);
}
