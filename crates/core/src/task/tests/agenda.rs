//! What now: deadlines, and the order of a day.

use super::*;
use crate::catalog::{Catalog, CrewId, Label, Severity, TimeLimit};
use crate::geodesy::LonLat;
use crate::log::testkit::{catalog, on_asset, plotted, round, work};
use crate::log::{ActorId, Dispatched, Found, Moment};
use proptest::prelude::*;

/// Drains are cleared within a day, in a danger within six hours; checked within two working days.
fn limits() -> Catalog {
    let limit = |hours, guard_hours, working_days| TimeLimit {
        when: Label {
            zh: "时".into(),
            en: "time".into(),
        },
        guard_hours,
        hours,
        working_days,
        source: None,
    };
    let mut catalog = catalog();
    let mut set = |id: &str, limits| {
        let mut kinds = catalog.work_kinds.iter_mut();
        kinds.find(|kind| kind.id.0 == id).unwrap().limits = limits;
    };
    let day = limit(Some(24), None, None);
    set(
        "drain-clear",
        vec![limit(None, None, None), day, limit(Some(6), Some(0), None)],
    );
    set("drain-check", vec![limit(None, None, Some(2))]);
    let severity = |id: &str, hours| Severity {
        id: id.into(),
        label: Label {
            zh: id.into(),
            en: id.into(),
        },
        hours,
    };
    catalog.severities = vec![severity("slight", None), severity("serious", Some(24))];
    catalog
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn given(crew: &str, due: Option<&str>) -> Kind {
    Dispatched {
        crew: Some(CrewId(crew.into())),
        due: due.map(at),
        ..Default::default()
    }
    .into()
}

fn due(phone: &Phone) -> Option<String> {
    deadline(&seen(phone), &limits()).map(|due| due.to_string())
}

#[test]
fn work_is_due_by_the_catalogues_limit_and_somebodys_word_goes_before_it() {
    let mut phone = Phone::new(2); // its clock is right
    phone.on_task(1, plotted("drain-clear", on_asset(1)));
    assert_eq!(due(&phone).unwrap(), "2024-05-04T09:13:44+08:00");
    phone.on_task(1, given("road-1", None));
    assert_eq!(
        due(&phone).unwrap(),
        "2024-05-04T09:14:44+08:00",
        "the clock starts at dispatch"
    );
    phone.on_task(1, given("road-2", None));
    assert_eq!(
        due(&phone).unwrap(),
        "2024-05-04T09:14:44+08:00",
        "others get no more time"
    );
    phone.on_task(1, given("road-1", Some("2024-05-03T12:00:00+08:00")));
    assert_eq!(due(&phone).unwrap(), "2024-05-03T12:00:00+08:00");
}

#[test]
fn a_danger_has_the_shortest_time() {
    let mut phone = Phone::new(2);
    let found = Found {
        target: on_asset(1),
        work: Some(work("drain-clear")),
        defect: None,
        severity: None,
        dangerous: true,
        photos: vec![],
    };
    phone.on_task(1, found);
    assert_eq!(due(&phone).unwrap(), "2024-05-03T15:13:44+08:00");
}

#[test]
fn how_bad_it_is_sets_a_clock_where_the_work_allows_more_or_sets_none() {
    let found = |of: &str, severity: &str| Found {
        target: on_asset(1),
        work: Some(work(of)),
        defect: None,
        severity: Some(severity.into()),
        dangerous: false,
        photos: vec![],
    };
    let due_of = |of, severity| {
        let mut phone = Phone::new(2);
        phone.on_task(1, found(of, severity));
        due(&phone)
    };
    let in_a_day = Some("2024-05-04T09:13:44+08:00".to_owned());
    assert_eq!(due_of("drain-repair", "serious"), in_a_day);
    assert_eq!(due_of("drain-repair", "slight"), None);
    assert_eq!(due_of("drain-repair", "a word of a later catalogue"), None);
    assert_eq!(
        due_of("drain-check", "serious"),
        in_a_day,
        "sooner than two working days"
    );
    let by_work = due_of("drain-check", "slight");
    assert_eq!(by_work.unwrap(), "2024-05-07T09:13:44+08:00");
    // Of two who say how bad it is the worse holds.
    let mut phone = Phone::new(2);
    phone.on_task(1, found("drain-repair", "serious"));
    phone.on_task(1, found("drain-repair", "slight"));
    assert_eq!(due(&phone), in_a_day);
}

#[test]
fn working_days_leave_out_the_weekend_and_work_without_a_limit_is_never_due() {
    let mut phone = Phone::new(2);
    phone.on_task(1, plotted("drain-check", on_asset(1)));
    // The third of May 2024 was a Friday.
    assert_eq!(due(&phone).unwrap(), "2024-05-07T09:13:44+08:00");
    let mut other = Phone::new(2);
    other.on_task(1, plotted("drain-repair", on_asset(1)));
    assert_eq!(due(&other), None);
}

/// Task 1 overdue, 2 sent back, 3 due today, 4 near, 5 far, 6 closed.
fn a_day() -> Phone {
    let mut phone = Phone::new(2);
    let due = |due| given("crew-2", Some(due));
    for (task, asset) in [(1, 90), (2, 80), (3, 70), (4, 10), (5, 40), (6, 1)] {
        phone.on_task(task, plotted("drain-repair", on_asset(asset)));
    }
    phone.on_task(1, due("2024-05-03T11:59:00+08:00"));
    phone.on_task(3, due("2024-05-03T23:59:00+08:00"));
    phone.on_task(5, due("2024-05-04T08:00:00+08:00"));
    let report = phone.on_task(2, cleared("1"));
    phone.on_task(2, returned(report, "look again"));
    phone.on_task(6, cleared("1"));
    phone
}

const NOON: &str = "2024-05-03T12:00:00+08:00";

/// Tasks by their numbers as they come, as of noon.
fn order(phone: &Phone, here: Option<LonLat>) -> Vec<(u8, Urgency)> {
    let tasks: Vec<Task> = (1..=6).map(|n| folded(&phone.log, n)).collect();
    let errands = agenda(tasks.iter(), &limits(), None, at(NOON), here);
    let number = |errand: &Errand| (1..=6).find(|n| task_uid(*n) == errand.task.uid).unwrap();
    errands.iter().map(|e| (number(e), e.urgency)).collect()
}

#[test]
fn what_presses_comes_first_and_then_what_is_near() {
    use Urgency::{Closed, DueToday, Open, Overdue, Returned};
    let phone = a_day();
    let here = LonLat::new(123.5, 43.52);
    let pressing = [(1, Overdue), (2, Returned), (3, DueToday)];
    let rest = [(4, Open), (5, Open), (6, Closed)];
    assert_eq!(order(&phone, Some(here)), [pressing, rest].concat());
    let from_the_other_end = LonLat::new(123.500_01, 43.52);
    let rest = [(5, Open), (4, Open), (6, Closed)];
    assert_eq!(
        order(&phone, Some(from_the_other_end)),
        [pressing, rest].concat()
    );
}

#[test]
fn of_two_that_are_due_the_earlier_comes_first_however_far() {
    let mut phone = Phone::new(2);
    for (task, asset, due) in [(1, 1, "T18:00:00+08:00"), (2, 99, "T13:00:00+08:00")] {
        phone.on_task(task, plotted("drain-repair", on_asset(asset)));
        phone.on_task(task, given("crew-2", Some(&format!("2024-05-03{due}"))));
    }
    let tasks: Vec<Task> = (1..=2).map(|n| folded(&phone.log, n)).collect();
    let here = Some(LonLat::new(123.5, 43.52));
    let errands = agenda(tasks.iter(), &limits(), None, at(NOON), here);
    assert_eq!(errands[0].task.uid, task_uid(2));
    assert_eq!(errands[0].urgency, Urgency::DueToday);
}

#[test]
fn what_is_urgent_goes_before_what_is_near_and_what_can_wait_behind() {
    let mut phone = Phone::new(2);
    for (task, asset, priority) in [
        (1, 1, Some(3)),
        (2, 2, None),
        (3, 99, Some(1)),
        (4, 50, Some(2)),
    ] {
        phone.on_task(task, plotted("drain-repair", on_asset(asset)));
        phone.on_task(
            task,
            Dispatched {
                priority,
                ..Default::default()
            },
        );
    }
    phone.on_task(5, plotted("drain-repair", on_asset(90)));
    phone.on_task(5, given("crew-2", Some("2024-05-03T18:00:00+08:00")));
    let tasks: Vec<Task> = (1..=5).map(|n| folded(&phone.log, n)).collect();
    let here = Some(LonLat::new(123.5, 43.52));
    let errands = agenda(tasks.iter(), &limits(), None, at(NOON), here);
    let order = errands.iter().map(|errand| errand.task.uid);
    let wanted = [5, 3, 2, 4, 1].map(task_uid);
    assert_eq!(
        order.collect::<Vec<_>>(),
        wanted,
        "a deadline goes before a word"
    );
}

#[test]
fn a_round_is_as_far_as_the_nearest_of_its_assets_that_are_left() {
    let mut phone = Phone::new(2);
    phone.on_task(1, plotted("drain-clear", round([10, 200, 250])));
    let metres = |phone: &Phone| {
        let here = Some(LonLat::new(123.5, 43.52));
        let task = seen(phone);
        let errands = agenda([&task].into_iter(), &limits(), None, at(NOON), here);
        (errands[0].leg.unwrap().metres * 100.0).round()
    };
    let before = metres(&phone);
    phone.on_task(1, ticked(10));
    let after = metres(&phone);
    assert!(before * 15.0 < after, "{before} {after}");
    for asset in [200, 250] {
        phone.on_task(1, ticked(asset));
    }
    assert_eq!(
        metres(&phone),
        before,
        "with nothing left it is where it begins"
    );
}

#[test]
fn a_crew_is_told_of_what_it_was_given_and_of_what_came_back() {
    let [mine, other] = ["crew-2", "crew-9"].map(|crew| CrewId(crew.into()));
    let told = |phone: &Phone| [&mine, &other].map(|crew| is_news(&seen(phone), Some(crew)));
    let mut phone = Phone::new(2);
    phone.on_task(1, plotted("drain-clear", on_asset(1)));
    assert_eq!(told(&phone), [false, false]);
    phone.on_task(1, dispatched("crew-2"));
    assert_eq!(told(&phone), [true, false]);
    phone.on_task(1, accepted());
    assert_eq!(told(&phone), [false, false]);
    let report = phone.on_task(1, cleared("1"));
    phone.on_task(1, returned(report, "look again"));
    assert_eq!(told(&phone), [true, false]);
    assert!(
        is_news(&seen(&phone), None),
        "who is of no crew sees to all"
    );
}

#[test]
fn anothers_work_is_not_mine_but_what_i_had_a_hand_in_is() {
    let mine = CrewId("crew-2".into());
    let (me, nobody) = (ActorId::from("crew-2"), ActorId::from("crew-7"));
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted("drain-clear", on_asset(1)));
    assert!(concerns(&seen(&phone), Some(&mine), &me), "nobody's");
    phone.on_task(1, dispatched("crew-9"));
    let task = seen(&phone);
    assert!(!concerns(&task, Some(&mine), &me));
    assert!(concerns(&task, None, &me), "who is of no crew sees all");
    assert!(concerns(&task, Some(&CrewId("crew-9".into())), &nobody));
    let mut mine_too = Phone::new(2);
    mine_too.learn(&phone);
    mine_too.on_task(1, started());
    assert!(concerns(&seen(&mine_too), Some(&mine), &me));
}

proptest! {
    #[test]
    fn a_day_is_in_order_whatever_it_holds(
        tasks in prop::collection::vec(
            (0..3_u8, 1..200_u8, prop::option::of(-40..40_i64), prop::option::of(1..4_u8)),
            0..12,
        ),
        east in -3000..3000_i32,
    ) {
        let mut phone = Phone::new(2);
        for (n, (what, asset, hours, priority)) in (1_u8..).zip(&tasks) {
            phone.on_task(n, plotted("drain-clear", on_asset(*asset)));
            if let Some(hours) = hours {
                let due = Some(at(NOON).shifted(hours * 3_600_000));
                phone.on_task(n, Dispatched { due, ..Default::default() });
            }
            if priority.is_some() {
                let priority = *priority;
                phone.on_task(n, Dispatched { priority, ..Default::default() });
            }
            let report = (*what > 0).then(|| phone.on_task(n, cleared("1")));
            if let (2, Some(report)) = (what, report) {
                phone.on_task(n, returned(report, "again"));
            }
        }
        let folded: Vec<Task> = (1..).take(tasks.len()).map(|n| folded(&phone.log, n)).collect();
        let here = LonLat::new(123.5 + f64::from(east) * 1e-7, 43.52);
        let errands = agenda(folded.iter(), &limits(), None, at(NOON), Some(here));
        prop_assert_eq!(errands.len(), folded.len());
        for pair in errands.windows(2) {
            let [a, b] = pair else { unreachable!() };
            prop_assert!(a.urgency <= b.urgency);
            if a.urgency == b.urgency && a.urgency >= Urgency::Open {
                let [near, far] = [a, b].map(|e| (e.task.priority.unwrap_or(2), e.leg.unwrap().metres));
                prop_assert!(near <= far);
            }
            if a.urgency == b.urgency && a.urgency == Urgency::Overdue {
                prop_assert!(a.due <= b.due);
            }
        }
        for errand in &errands {
            prop_assert_eq!(errand.urgency == Urgency::Overdue, errand.due.is_some_and(|d| d < at(NOON)));
        }
    }
}
