//! What whoever checks reports sees first.

use super::*;
use crate::account::Members;
use crate::catalog::CrewId;
use crate::log::testkit::{asset, catalog, line, on_asset, plotted, report, round};
use crate::log::{Dispatched, Position, Quantity, Started};
use proptest::prelude::*;

fn dispatch(crew: &str, planned: Option<&str>, due: Option<&str>) -> Kind {
    Dispatched {
        crew: Some(CrewId(crew.into())),
        planned: planned.map(|planned| Quantity(planned.parse().unwrap())),
        due: due.map(|due| due.parse().unwrap()),
        ..Default::default()
    }
    .into()
}

fn waiting(phone: &Phone, tasks: impl IntoIterator<Item = u8>, crew: Option<&str>) -> Vec<Review> {
    let tasks: Vec<Task> = tasks.into_iter().map(|n| folded(&phone.log, n)).collect();
    let all: Vec<&Task> = tasks.iter().collect();
    let crew = crew.map(|crew| CrewId(crew.into()));
    let members = Members::default();
    reviews(tasks.iter(), &all, &catalog(), &members, crew.as_ref())
}

fn remarks(phone: &Phone) -> Vec<Remark> {
    let all = waiting(phone, [1], None);
    all.into_iter().flat_map(|review| review.remarks).collect()
}

#[test]
fn only_a_report_that_stands_waits_and_no_longer_than_until_it_is_checked() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    assert_eq!(waiting(&p, [1], None), []);
    let first = p.on_task(1, cleared("1"));
    assert_eq!(waiting(&p, [1], None).len(), 1);
    p.on_task(1, returned(first, "still blocked"));
    assert_eq!(waiting(&p, [1], None), []);
    let second = p.on_task(1, cleared("1"));
    assert_eq!(waiting(&p, [1], None)[0].report.event, second);
    p.on_task(1, verified(second));
    assert_eq!(waiting(&p, [1], None), []);
}

#[test]
fn one_that_is_in_conflict_waits_for_something_else() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(3)));
    b.learn(&a);
    a.on_task(1, cleared("1"));
    b.on_task(1, cleared("2"));
    a.meet(&mut b);
    assert_eq!(seen(&a).state, State::Conflict);
    assert_eq!(waiting(&a, [1], None), []);
}

#[test]
fn the_longest_waiting_comes_first_and_a_crew_can_be_asked_for() {
    let mut p = Phone::new(1);
    for (n, crew) in [(1, "drain-1"), (2, "road-1"), (3, "drain-1")] {
        p.on_task(n, plotted("drain-clear", on_asset(n)));
        p.on_task(n, dispatch(crew, None, None));
    }
    for n in [3, 1, 2] {
        p.on_task(n, cleared("1"));
    }
    let order = |crew| -> Vec<_> {
        let all = waiting(&p, [1, 2, 3], crew).into_iter();
        all.map(|review| review.task.uid).collect()
    };
    assert_eq!(order(None), [3, 1, 2].map(task_uid));
    assert_eq!(order(Some("drain-1")), [3, 1].map(task_uid));
    assert_eq!(order(Some("lamp-1")), []);
}

#[test]
fn what_nobody_gave_out_waits_among_the_work_of_who_reported_it() {
    let mut all = Phone::new(1);
    for (phone, tasks) in [(1, 1..5), (3, 5..9)] {
        let mut p = Phone::new(phone);
        for n in tasks {
            p.on_task(n, plotted("drain-clear", on_asset(n)));
            p.on_task(n, cleared("1"));
        }
        all.learn(&p);
    }
    let members = Members::from_iter([("crew-1", "a"), ("crew-3", "b")]);
    let tasks: Vec<Task> = (1..9).map(|n| folded(&all.log, n)).collect();
    let every: Vec<&Task> = tasks.iter().collect();
    let of = |crew: Option<&CrewId>| reviews(tasks.iter(), &every, &catalog(), &members, crew);
    let mut of_b: Vec<_> = of(Some(&"b".into()))
        .iter()
        .map(|review| review.task.uid)
        .collect();
    of_b.sort_unstable();
    assert_eq!(of_b, (5..9).map(task_uid).collect::<Vec<_>>());
    // Some of each crew are drawn, and not some of all that nobody gave out.
    let drawn = sample(&of(None), 3, 7);
    let is_of_b = |uid: &&TaskUid| of_b.contains(uid);
    assert_eq!((drawn.len(), drawn.iter().filter(is_of_b).count()), (6, 3));
}

#[test]
fn what_was_reported_there_a_few_days_before_is_named() {
    let mut p = Phone::new(1);
    let on = |day: &str| report(vec![line("drain-clear", "1", "pcs")], day);
    for (n, day) in [(2, "2024-04-20"), (3, "2024-04-28"), (1, "2024-05-03")] {
        p.on_task(n, plotted("drain-clear", on_asset(3)));
        p.on_task(n, on(day));
    }
    // Elsewhere, of another kind, and later: none of them is the same work.
    p.on_task(4, plotted("drain-clear", on_asset(200)));
    p.on_task(4, on("2024-05-02"));
    p.on_task(5, plotted("drain-clear", on_asset(3)));
    p.on_task(5, on("2024-05-04"));
    let of = |n| {
        let all = waiting(&p, 1..=5, None).into_iter();
        let mut own = all.filter(|review| review.task.uid == task_uid(n));
        own.next().unwrap().remarks
    };
    let again = |n, day: &str| Remark::Again {
        task: task_uid(n),
        done_on: day.parse().unwrap(),
    };
    assert!(of(1).contains(&again(3, "2024-04-28")), "{:?}", of(1));
    assert!(of(5).contains(&again(1, "2024-05-03")));
    let is_again = |remark: &Remark| matches!(remark, Remark::Again { .. });
    assert!(!of(2).iter().any(is_again));
    assert!(!of(4).iter().any(is_again));
}

#[test]
fn what_is_far_from_what_was_expected_is_said_either_way() {
    for (done, unlike) in [("4", true), ("5", false), ("20", false), ("20.5", true)] {
        let mut p = Phone::new(1);
        p.on_task(1, plotted("drain-clear", round(1..=30)));
        p.on_task(1, dispatch("drain-1", Some("10"), None));
        p.on_task(1, cleared(done));
        let planned = Quantity("10".parse().unwrap());
        let said = remarks(&p).contains(&Remark::UnlikePlan { planned });
        assert_eq!(said, unlike, "{done} of 10");
    }
}

#[test]
fn late_is_what_was_reported_behind_its_deadline_by_the_corrected_clock() {
    let late = |due: &str| {
        let mut p = Phone::new(1);
        p.on_task(1, plotted("drain-clear", on_asset(3)));
        p.on_task(1, dispatch("drain-1", None, Some(due)));
        p.on_task(1, cleared("1"));
        let at = waiting(&p, [1], None)[0].reported_at.unwrap();
        let mut late = remarks(&p).into_iter();
        let ms = late.find_map(|remark| match remark {
            Remark::Late { ms } => Some(ms),
            _ => None,
        });
        (at, ms)
    };
    let (at, _) = late("2020-01-01T00:00:00+08:00");
    let due = at.shifted(-90_000).to_string();
    let (at, ms) = late(&due);
    let due: crate::log::Moment = due.parse().unwrap();
    assert_eq!(ms, Some(at.utc.as_millisecond() - due.utc.as_millisecond()));
    assert_eq!(late("2099-01-01T00:00:00+08:00").1, None);
}

#[test]
fn how_far_the_phone_was_counts_beyond_what_it_knew() {
    let begun = |north_m: i32, accuracy_m: u32| {
        let mut p = Phone::new(1);
        p.on_task(1, plotted("drain-clear", on_asset(3)));
        let at = asset(3).at;
        let position = Position {
            lat: at.lat + north_m * 90, // 1e-7 degrees: 1.0 m
            ..at
        };
        let started = Started {
            position: Some(position),
            accuracy_mm: Some(accuracy_m * 1000),
        };
        p.on_task(1, started);
        p.on_task(1, cleared("1"));
        remarks(&p).into_iter().find_map(|remark| match remark {
            Remark::Away { metres } => Some(metres),
            _ => None,
        })
    };
    assert_eq!(begun(100, 5), None);
    assert!((480..510).contains(&begun(500, 5).unwrap()));
    assert_eq!(begun(500, 400), None);
}

#[test]
fn a_report_without_a_picture_and_one_of_days_ago_say_so() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", on_asset(3)));
    p.on_task(1, cleared("1"));
    let said = remarks(&p);
    assert!(said.contains(&Remark::NoPhoto));
    let at = waiting(&p, [1], None)[0].reported_at.unwrap();
    let done_on: jiff::civil::Date = "2024-05-03".parse().unwrap();
    let days = i64::from((at.local_date() - done_on).get_days());
    assert_eq!(said.contains(&Remark::BackDated { days }), days > 0);
}

proptest! {
    #[test]
    fn a_sample_has_so_many_of_each_crew_and_does_not_hang_on_the_others(
        crews in prop::collection::vec(0..3_u8, 1..30),
        per_crew in 0..5_usize,
        seed: u64,
    ) {
        let mut p = Phone::new(1);
        for (n, crew) in crews.iter().enumerate() {
            p.on_task(n as u8, plotted("drain-clear", on_asset(n as u8)));
            p.on_task(n as u8, dispatch(&format!("crew-{crew}"), None, None));
            p.on_task(n as u8, cleared("1"));
        }
        let all = waiting(&p, 0..crews.len() as u8, None);
        let drawn = sample(&all, per_crew, seed);
        for crew in 0..3 {
            let id = CrewId(format!("crew-{crew}"));
            let own: Vec<Review> = all.iter().filter(|r| r.crew.as_ref() == Some(&id)).cloned().collect();
            let mut of_it: Vec<_> = drawn.iter().filter(|uid| own.iter().any(|r| r.task.uid == **uid)).copied().collect();
            prop_assert_eq!(of_it.len(), own.len().min(per_crew));
            let mut alone = sample(&own, per_crew, seed);
            of_it.sort_unstable();
            alone.sort_unstable();
            prop_assert_eq!(of_it, alone);
        }
    }
}
