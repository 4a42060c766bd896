//! What the pages get: marks, histories, views, offers.

use super::*;
use crate::catalog::{CrewId, WorkKindId};
use crate::log::testkit::{asset_uid, line, on_asset, plotted, report, round, undone};
use crate::log::{Dispatched, Draft, Field, Stamp};

#[test]
fn marks_have_stable_codes() {
    let codes: Vec<_> = Mark::ALL.iter().map(|m| (*m, m.code())).collect();
    let expected = [
        (Mark::None, 0),
        (Mark::Open, 1),
        (Mark::Due, 2),
        (Mark::Overdue, 3),
        (Mark::UnderWay, 4),
        (Mark::Reported, 5),
        (Mark::Verified, 6),
        (Mark::SentBack, 7),
        (Mark::Conflict, 8),
        (Mark::Never, 9),
        (Mark::Done, 10),
    ];
    assert_eq!(
        codes, expected,
        "the style and the tiles name these numbers"
    );
    for (mark, code) in expected {
        assert_eq!(Mark::from_code(code), Some(mark));
    }
    assert_eq!(Mark::from_code(11), None);
}

#[test]
fn an_asset_wears_the_mark_of_what_is_most_urgent() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = p.on_task(1, cleared("1"));
    let mark = |p: &Phone| Tasks::from_log(&p.log, BTreeSet::new()).mark(asset_uid(1));
    assert_eq!(mark(&p), Mark::Reported);
    p.on_task(2, plotted("drain-clear", round([1, 2])));
    assert_eq!(mark(&p), Mark::Open);
    p.on_task(2, ticked(1));
    assert_eq!(mark(&p), Mark::UnderWay);
    p.on_task(1, returned(report, "again"));
    assert_eq!(mark(&p), Mark::SentBack);
    let tasks = Tasks::from_log(&p.log, BTreeSet::new());
    assert_eq!(tasks.mark(asset_uid(2)), Mark::Open);
    assert_eq!(tasks.mark(asset_uid(7)), Mark::None);
    assert_eq!(tasks.on_asset(asset_uid(1)).count(), 2);
}

#[test]
fn a_round_that_is_ticked_looks_under_way_until_more_is_said() {
    let mut p = Phone::new(1);
    p.on_task(2, plotted("drain-clear", round([1, 2])));
    let looks = |p: &Phone| {
        let summary = folded(&p.log, 2).summary();
        (summary.apparent_state(), summary.mark)
    };
    assert_eq!(looks(&p), (State::Open, Mark::Open));
    let tick = p.on_task(2, ticked(1));
    assert_eq!(looks(&p), (State::UnderWay, Mark::UnderWay));
    p.on_task(2, undone([tick]));
    assert_eq!(looks(&p), (State::Open, Mark::Open));
    p.on_task(2, ticked(1));
    p.on_task(2, cleared("1"));
    assert_eq!(looks(&p), (State::Reported, Mark::Reported));
}

#[test]
fn a_moved_task_leaves_its_old_asset() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let mut tasks = Tasks::from_log(&p.log, BTreeSet::new());
    let target = on_asset(2);
    p.on_task(1, crate::log::Moved { target });
    let changed = tasks.refresh(&p.log, [&Subject::Task(task_uid(1))]);
    assert_eq!(changed.assets, BTreeSet::from([asset_uid(1), asset_uid(2)]));
    assert_eq!(tasks.mark(asset_uid(1)), Mark::None);
    assert_eq!(tasks.mark(asset_uid(2)), Mark::Open);
    assert_eq!(tasks.assets().collect::<Vec<_>>(), [asset_uid(2)]);
    let again = tasks.refresh(&p.log, [&Subject::Task(task_uid(1))]);
    assert_eq!(again, Changed::default());
}

#[test]
fn a_verdict_changes_a_task_and_can_be_taken_back() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    let report = p.on_task(1, cleared("1"));
    let mut tasks = Tasks::from_log(&p.log, BTreeSet::new());
    let before = tasks.clone();
    let changed = tasks.set_refused(report, true, &p.log);
    assert_eq!(changed.tasks, BTreeSet::from([task_uid(1)]));
    assert_eq!(tasks.get(task_uid(1)).unwrap().state, State::Open);
    assert_eq!(tasks, Tasks::from_log(&p.log, BTreeSet::from([report])));
    tasks.set_refused(report, false, &p.log);
    assert_eq!(tasks, before);
}

#[test]
fn history_is_by_corrected_time_but_never_effect_before_cause() {
    let mut p = Phone::new(1);
    let uid = Subject::Task(task_uid(1));
    let say = |p: &mut Phone, kind: Kind, at: &str, offset_ms| {
        let stamp = Stamp {
            at: at.parse().unwrap(),
            offset_ms,
            ..p.stamp()
        };
        let event = p.log.seal(Draft::new(uid.clone(), kind), stamp).unwrap();
        let id = event.id().unwrap();
        p.log.insert(event);
        id
    };
    let plot = plotted("drain-clear", on_asset(1));
    let plot = say(&mut p, plot, "2024-05-03T10:00:00+08:00", 0);
    let mut other = Phone::new(2);
    other.learn(&p);
    // This phone's clock is a day behind and never met a server.
    let start = say(&mut p, started(), "2024-05-02T11:00:00+08:00", 0);
    // This one knows that it is an hour ahead.
    let accept = say(
        &mut other,
        accepted(),
        "2024-05-03T10:30:00+08:00",
        -3_600_000,
    );
    let edit = edited(|e| e.priority = Some(1));
    let edit = say(&mut other, edit, "2024-05-03T11:20:00+08:00", -3_600_000);
    p.learn(&other);
    let lines = history(&seen(&p));
    let order: Vec<_> = lines.iter().map(|l| l.event).collect();
    assert_eq!(order[0], plot);
    assert_eq!(order[3], edit);
    assert!(order.contains(&start) && order.contains(&accept));
    assert_eq!(lines[3].at.to_string(), "2024-05-03T10:20:00+08:00");
    assert_eq!(lines[3].kind, "edited");
}

#[test]
fn an_open_task_offers_the_next_step_first() {
    let mut p = Phone::new(1);
    let plot = p.on_task(1, plotted("drain-clear", on_asset(1)));
    let offers = |p: &Phone| offered(&seen(p), Context::default());
    let events = vec![plot];
    assert_eq!(
        offers(&p),
        [
            Action::Start,
            Action::Report,
            Action::Undo { events },
            Action::MakeSafe,
            Action::Edit,
            Action::Move,
            Action::Cancel,
            Action::Note,
        ]
    );
    let start = p.on_task(1, started());
    let undo = Action::Undo {
        events: vec![start],
    };
    assert_eq!(offers(&p)[..2], [Action::Report, undo]);
    let report = p.on_task(1, cleared("1"));
    let undo = Action::Undo {
        events: vec![report],
    };
    assert_eq!(offers(&p), [undo.clone(), Action::Note]);
    let context = Context {
        verification: true,
        dispatch: true,
    };
    let expected = [
        Action::Verify { report },
        Action::Return { report },
        undo,
        Action::Note,
    ];
    assert_eq!(offered(&seen(&p), context), expected);
}

#[test]
fn a_cancelled_task_can_be_brought_back() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(1)));
    p.on_task(1, cancelled());
    let draft = undo(&seen(&p), None).unwrap().draft;
    p.on_task(1, draft.kind);
    assert_eq!(seen(&p).state, State::Open);
}

#[test]
fn the_view_is_plain_data() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", round([1, 2])));
    p.on_task(1, ticked(2));
    let report = p.on_task(1, cleared("1"));
    p.on_task(1, returned(report, "still blocked"));
    let task = seen(&p);
    let view = task.view(Context::default());
    let json = serde_json::to_string(&view).unwrap();
    assert_eq!(serde_json::from_str::<TaskView>(&json).unwrap(), view);
    assert_eq!(view.reasons, ["still blocked"]);
    assert_eq!(view.done_assets, [asset_uid(2)]);
    assert_eq!(view.summary.ticked, Some((1, 2)));
    assert_eq!(view.summary.mark, Mark::SentBack);
    assert_eq!(view.summary.author, Some("crew-1".into()));
    let target = view.summary.target.unwrap();
    assert_eq!(target.assets.len(), 2);
    assert_eq!(target.position, Some((123.500_000_1, 43.52)));
    assert_eq!(view.reports[0].lines[0].quantity, "1".parse().unwrap());
    assert_eq!(view.history.len(), 4);
    assert!(task.involves(&"crew-1".into()));
    assert!(!task.involves(&"crew-2".into()));
    p.on_task(1, undone([report]));
    assert_eq!(seen(&p).view(Context::default()).reports, []);
}

#[test]
fn what_was_done_to_an_asset_is_told_year_by_year_the_last_first() {
    use crate::log::testkit::{line, report};
    let mut p = Phone::new(1);
    for (n, day) in [(1, "2022-06-01"), (2, "2024-05-01"), (3, "2024-08-09")] {
        p.on_task(n, plotted("drain-clear", on_asset(1)));
        p.on_task(n, report(vec![line("drain-clear", "1", "pcs")], day));
    }
    // Of what was never reported the day of its last change counts.
    p.on_task(4, plotted("drain-clear", on_asset(1)));
    let tasks = Tasks::from_log(&p.log, BTreeSet::new());
    let views = tasks.on_asset(asset_uid(1));
    let years = by_year(views.map(|task| task.view(Context::default())).collect());
    let told = years.iter().map(|year| {
        let tasks = year.tasks.iter().map(|task| task.summary.uid);
        (year.year.unwrap(), tasks.collect::<Vec<_>>())
    });
    let [first, second, third, fourth] = [1, 2, 3, 4].map(crate::log::testkit::task_uid);
    let changed = p.stamp().at.local_date().year();
    assert_eq!(changed, 2024);
    assert_eq!(
        told.collect::<Vec<_>>(),
        [(2024, vec![third, fourth, second]), (2022, vec![first])]
    );
}

#[test]
fn history_says_the_values_that_an_event_gives() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", round([1, 2])));
    let due = "2024-05-09T18:00:00+08:00".parse().unwrap();
    p.on_task(
        1,
        Dispatched {
            crew: Some(CrewId("drain-1".into())),
            due: Some(due),
            ..Dispatched::default()
        },
    );
    p.on_task(1, edited(|e| e.cleared = vec![Field::Due]));
    p.on_task(1, ticked(1));
    p.on_task(
        1,
        report(
            vec![
                line("drain-clear", "1", "pcs"),
                line("crack-seal", "8.5", "m"),
                line("drain-clear", "2", "pcs"),
            ],
            "2024-05-04",
        ),
    );
    let lines = history(&seen(&p));
    let facts: Vec<_> = lines.into_iter().map(|line| line.facts).collect();
    let set = |field, value: &str| Fact::Set {
        field,
        value: value.into(),
    };
    let done = |work: &str, quantity: &str| Fact::Done {
        work: WorkKindId(work.into()),
        quantity: quantity.parse().unwrap(),
    };
    assert_eq!(facts[0], [set(Field::Work, "drain-clear")]);
    let given = [
        set(Field::Crew, "drain-1"),
        set(Field::Due, "2024-05-09T18:00:00+08:00"),
    ];
    assert_eq!(facts[1], given);
    assert_eq!(facts[2], [Fact::Cleared { field: Field::Due }]);
    assert!(matches!(&facts[3][0], Fact::At { place, is_unreached: false } if !place.is_empty()));
    let day = jiff::civil::date(2024, 5, 4);
    let reported = [
        done("drain-clear", "3"),
        done("crack-seal", "8.5"),
        Fact::On { day },
    ];
    assert_eq!(facts[4], reported);
}
