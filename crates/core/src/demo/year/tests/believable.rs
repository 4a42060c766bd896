//! That the year could have been: its hours and seasons, its accidents, and its devices.

use super::*;
use crate::catalog::{Measure, WorkKindId};
use crate::ids::{DeviceId, EventId};
use crate::log::{Kind, Reported, Stretch, Target, import_file};
use crate::sync::{Known, Limits, Ruling, judge};
use crate::task::{self, Drafted, FoldNote, Refusal, State, Task};
use std::collections::{BTreeMap, BTreeSet};

fn reports() -> impl Iterator<Item = &'static Reported> {
    let kinds = published().iter().filter_map(|event| event.kind());
    kinds.filter_map(|kind| match kind {
        Kind::Reported(report) => Some(&**report),
        _ => None,
    })
}

#[test]
fn it_is_about_as_large_as_a_year_is() {
    assert!(
        (22_000..=30_000).contains(&published().len()),
        "{}",
        published().len()
    );
    let devices: BTreeSet<DeviceId> = published().iter().map(|e| e.number().unwrap().0).collect();
    assert!(devices.len() >= 10, "{}", devices.len());
}

#[test]
fn no_report_holds_more_than_a_fiftieth_of_a_line_that_is_measured() {
    let catalog = city().catalog();
    let targets = Targets::published();
    let mut seen = BTreeSet::new();
    for line in reports().flat_map(|report| &report.lines) {
        let kind = catalog.work_kind(&line.work).unwrap();
        let measures = catalog.unit(&kind.unit).unwrap().measures;
        let Some(total) = targets.get(line.work.as_str()) else {
            continue;
        };
        if matches!(measures, Measure::Area | Measure::Length) {
            seen.insert(line.work.as_str());
            let most = total / Decimal::from(50);
            assert!(line.quantity.0 <= most, "{}: {}", line.work, line.quantity);
        }
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
}

#[test]
fn a_server_takes_each_of_them_as_it_comes() {
    let mut closed: BTreeMap<DeviceId, u64> = BTreeMap::new();
    let city = &*city().catalog().city.id;
    let mut before = BTreeMap::new();
    for event in published() {
        let (device, seq) = event.number().unwrap();
        let last = closed.entry(device).or_insert(0);
        let known = Known {
            closed: *last,
            ..Known::default()
        };
        let ruling = judge(event, city, known, &Limits::default());
        assert_eq!(ruling, Ruling::Accept, "{event:?}");
        assert_eq!(seq, *last + 1, "numbers without a gap");
        *last = seq;
        // A device's clock never goes back.
        let at = event.envelope().unwrap().at;
        assert!(before.insert(device, at) <= Some(at));
    }
    let mut log = Log::new(city);
    log.merge(published().iter().cloned());
    assert_eq!(log.len(), published().len(), "each id once");
}

#[test]
fn as_a_file_it_is_read_without_a_complaint() {
    let bytes = crate::log::export_file("220382", crate::log::Scope::All, published());
    let import = import_file(&bytes);
    assert_eq!(import.problems, []);
    assert_eq!(import.events.len(), published().len());
}

#[test]
fn every_author_knew_what_he_answered_and_all_of_it_makes_sense() {
    for task in tasks().iter() {
        let ids: BTreeSet<EventId> = task.events.iter().filter_map(|e| e.event.id()).collect();
        for entry in &task.events {
            let envelope = entry.event.envelope().unwrap();
            assert!(envelope.saw.iter().all(|seen| ids.contains(seen)));
        }
        // Who had not heard that it was called off is told so.
        let odd = task
            .notes
            .iter()
            .filter(|note| !matches!(note, FoldNote::NoEffect { .. }));
        assert_eq!(
            odd.collect::<Vec<_>>(),
            Vec::<&FoldNote>::new(),
            "{}",
            task.uid
        );
    }
}

/// The step that an event is, as the app would have drafted it for a task as it stood.
fn drafted(task: &Task, kind: &Kind) -> Result<Drafted, Refusal> {
    let catalog = city().catalog();
    match kind {
        Kind::Plotted(k) => task::plot(
            task.uid,
            &k.work,
            k.target.clone(),
            k.note.clone(),
            k.photos.clone(),
            catalog,
        ),
        Kind::Dispatched(k) => task::dispatch(task, (**k).clone()),
        Kind::Accepted(k) => task::accept(task, k.note.clone()),
        Kind::Started(k) => task::start(task, (**k).clone()),
        Kind::MadeSafe(k) => task::make_safe(task, (**k).clone(), catalog),
        Kind::Ticked(k) => task::tick(task, (**k).clone(), catalog),
        Kind::Reported(k) => task::report(task, (**k).clone(), catalog, LAST),
        Kind::Verified(k) => task::verify(task, k.note.clone(), k.photos.clone()),
        Kind::Returned(k) => task::return_report(task, &k.reason, k.photos.clone()),
        Kind::Cancelled(k) => task::cancel(task, k.reason.clone()),
        Kind::Resolved(k) => task::resolve(task, k.choices.clone(), k.note.clone()),
        Kind::Undone(k) => task::undo(task, k.note.clone()),
        other => panic!("{} was not looked at", other.name()),
    }
}

#[test]
fn what_is_said_is_what_the_app_would_have_let_them_say() {
    let mut looked_at = BTreeMap::new();
    for task in tasks().iter().step_by(6) {
        let events: Vec<_> = task.events.iter().map(|e| e.event.clone()).collect();
        // Nobody has yet a way to say by the app where a rate is entered.
        let rate = task.work.any() == Some(&WorkKindId("refuse-rate".into()));
        for (n, event) in events.iter().enumerate() {
            let Some(kind) = event.kind() else { panic!() };
            let saw = &event.envelope().unwrap().saw;
            let knew_all = n == 0
                || events[..n].iter().all(|e| {
                    let id = e.id().unwrap();
                    saw.contains(&id)
                        || events[..n]
                            .iter()
                            .any(|f| f.envelope().unwrap().saw.contains(&id))
                });
            if !knew_all || rate || matches!(kind, Kind::Found(_)) {
                continue;
            }
            let before = task::fold(task.uid, &events[..n], &BTreeSet::new());
            match drafted(&before, kind) {
                Ok(drafted) => assert_eq!(&drafted.draft.kind, kind),
                Err(refusal) => panic!("{}: {refusal} of {before:#?}", kind.name()),
            }
            *looked_at.entry(kind.name()).or_insert(0) += 1;
        }
    }
    assert!(looked_at.len() >= 11, "{looked_at:?}");
}

#[test]
fn it_has_its_accidents() {
    let count = |f: &dyn Fn(&Task) -> bool| tasks().iter().filter(|t| f(t)).count();
    let has = |task: &Task, name: &str| {
        task.events
            .iter()
            .any(|e| e.event.kind().unwrap().name() == name)
    };
    let state = |state| count(&|t| t.state == state);
    assert!(state(State::Cancelled) > 50);
    assert!(state(State::Conflict) > 5);
    assert!(state(State::Reported) > 50, "never verified");
    assert!(state(State::Returned) > 10);
    assert!(state(State::UnderWay) > 5);
    assert!(state(State::Dispatched) + state(State::Accepted) > 3);
    assert!(count(&|t| has(t, "returned") && t.state == State::Verified) > 100);
    assert!(count(&|t| has(t, "resolved") && t.state == State::Verified) > 40);
    assert!(count(&|t| has(t, "undone") && t.state == State::Verified) > 60);
    let half = count(&|t| t.state == State::UnderWay && t.ticks.values().any(|tick| tick.done));
    assert!(half > 0, "half-done rounds");
    let short = count(&|t| {
        let done = t.ticks.values().filter(|tick| tick.done).count();
        let all = t.target.any().map_or(0, |target| target.assets().len());
        t.state == State::Verified && done > 0 && done < all
    });
    assert!(short > 50, "rounds that leave something: {short}");
    let late = count(&|t| {
        let due = t.due.set().copied();
        let told = t
            .events
            .iter()
            .find(|e| matches!(e.event.kind(), Some(Kind::Reported(_))));
        let told = told.and_then(|e| Some(e.event.envelope()?.corrected()));
        t.state == State::Verified && due.zip(told).is_some_and(|(due, told)| told > due)
    });
    assert!(late > 100, "{late} late");
    let back_dated = count(&|t| {
        t.events.iter().any(|e| match e.event.kind() {
            Some(Kind::Reported(k)) => k.done_on < e.event.envelope().unwrap().at.local_date(),
            _ => false,
        })
    });
    assert!(back_dated > 100, "{back_dated} written down later");
    let before = reports().filter(|r| r.done_on < FIRST).count();
    assert!(before >= 5, "{before} of the year before");
}

#[test]
fn people_work_when_people_work() {
    let mut months: BTreeMap<&str, BTreeSet<i8>> = BTreeMap::new();
    for event in published() {
        let envelope = event.envelope().unwrap();
        let at = envelope.corrected();
        let local = at.offset.to_datetime(at.utc);
        assert!((FIRST..=LAST).contains(&local.date()), "{local}");
        assert!(
            (4..24).contains(&local.hour()),
            "{local}: {}",
            event.kind().unwrap().name()
        );
        if let Some(Kind::Verified(_)) = event.kind() {
            let rests = local.date().weekday() == jiff::civil::Weekday::Sunday;
            assert!(!rests, "{local}");
        }
    }
    for report in reports().filter(|r| r.done_on >= FIRST) {
        for line in &report.lines {
            months
                .entry(line.work.as_str())
                .or_default()
                .insert(report.done_on.month());
        }
    }
    let frost = BTreeSet::from([1, 2]);
    for work in [
        "pothole-patch",
        "crack-seal",
        "sidewalk-pave",
        "kerb-replace",
        "sweep",
        "drain-clear",
    ] {
        assert!(months[work].is_disjoint(&frost), "{work} in deep frost");
        assert!(months[work].len() >= 7, "{work}");
    }
    for work in [
        "lamp-repair",
        "road-patrol",
        "pipe-patrol",
        "bill-remove",
        "pump-sewage-keep",
    ] {
        assert_eq!(months[work].len(), 10, "{work} all year");
    }
}

#[test]
fn it_is_spread_over_the_city() {
    let streets: BTreeSet<_> = reports()
        .filter_map(|r| r.snapshot.street.as_deref())
        .collect();
    assert!(streets.len() > 120, "{}", streets.len());
    let grids: BTreeSet<_> = reports()
        .filter_map(|r| r.snapshot.grid.as_deref())
        .collect();
    assert!(grids.len() > 60, "{}", grids.len());
    let communities: BTreeSet<_> = reports()
        .filter_map(|r| r.snapshot.community.as_deref())
        .collect();
    assert!(communities.len() > 20, "{}", communities.len());
    let mut assets = BTreeSet::new();
    for task in tasks().iter() {
        assets.extend(
            task.target
                .any()
                .map_or(&[][..], |t| Target::assets(t))
                .iter()
                .map(|a| a.uid),
        );
    }
    assert!(assets.len() > 8_000, "{}", assets.len());
}

#[test]
fn quantities_are_as_odd_as_those_that_are_measured() {
    let of = |work: &str| -> Vec<Decimal> {
        let lines = reports().flat_map(|r| &r.lines);
        lines
            .filter(|l| l.work.as_str() == work)
            .map(|l| l.quantity.0.normalize())
            .collect()
    };
    for work in [
        "pothole-patch",
        "crack-seal",
        "sidewalk-pave",
        "kerb-replace",
    ] {
        let scales: BTreeSet<u32> = of(work).iter().map(Decimal::scale).collect();
        assert_eq!(scales, BTreeSet::from([0, 1, 2]), "{work}");
    }
    let stretches: Vec<&Stretch> = reports()
        .flat_map(|r| &r.lines)
        .flat_map(|l| &l.covered)
        .collect();
    assert!(stretches.len() > 3_000);
    assert!(stretches.iter().all(|s| s.from_mm < s.to_mm));
}
