//! What falls due, case by case and beside what completion says.

use super::*;
use crate::catalog::Cycle;
use crate::ids::{TaskUid, Uuid};
use crate::ledger::{Period, Status, completion};
use crate::log::testkit::{
    Phone, asset, asset_uid, catalog, line, on_asset, plotted, report, round,
};
use crate::log::{AssetSnapshot, Cancelled, Position, Round, Target, Ticked, Verified};
use crate::task::{Tasks, plot, rounds_along};
use jiff::Span;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The kit's catalogue, in which drains are cleared and checked every so many days.
fn every(days: u32) -> Catalog {
    let mut catalog = catalog();
    for kind in &mut catalog.work_kinds {
        if ["drain-clear", "drain-check"].contains(&kind.id.0.as_str()) {
            kind.cycle = Some(Cycle {
                every_days: [("storm-drain".into(), days)].into(),
                ..Cycle::default()
            });
        }
    }
    catalog
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn maintained(n: u8, street: Option<&str>) -> Maintained {
    let (lon, lat) = asset(n).at.degrees();
    Maintained {
        uid: asset_uid(n),
        kind: "storm-drain".into(),
        street: street.map(Into::into),
        community: Some(if n < 3 { "站前" } else { "辽河" }.into()),
        at: LonLat::new(lon, lat),
        numbers: Vec::new(),
    }
}

fn drains() -> Vec<Maintained> {
    (1..=5).map(|n| maintained(n, Some("辽河路"))).collect()
}

fn asked(today: &str, verification: bool) -> DueAsked {
    DueAsked {
        today: day(today),
        lead_days: 14,
        by: Area::Street,
        verification,
    }
}

fn all_due(
    phone: &Phone,
    catalog: &Catalog,
    asked: DueAsked,
    drains: &[Maintained],
) -> Vec<FallingDue> {
    let tasks = Tasks::from_log(&phone.log, BTreeSet::new());
    let tasks: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
    let whole = falls_due(catalog, asked, &tasks, &[], drains);
    // Whoever has only cells of what is closed is told the same.
    let (mut open, mut cells) = (Vec::new(), Vec::new());
    for task in tasks {
        match Cell::of(task) {
            Some(cell) => cells.push(cell),
            None => open.push(task),
        }
    }
    let cells: Vec<&Cell> = cells.iter().collect();
    assert_eq!(falls_due(catalog, asked, &open, &cells, drains), whole);
    whole
}

fn of(phone: &Phone, kind: &str, asked: DueAsked) -> FallingDue {
    let mut all = all_due(phone, &every(365), asked, &drains()).into_iter();
    all.find(|due| due.work.0 == kind).unwrap()
}

/// How drains 1 to 5 stand; what is not listed is in time.
fn statuses(due: &FallingDue) -> Vec<DueStatus> {
    let assets = || due.groups.iter().flat_map(|group| &group.assets);
    let status = |n| {
        assets()
            .find(|asset| asset.uid == asset_uid(n))
            .map(|asset| asset.status)
    };
    (1..=5)
        .map(|n| status(n).unwrap_or(DueStatus::InTime))
        .collect()
}

use DueStatus::{Due, InTime, Overdue, UnderWay};

#[test]
fn an_asset_is_overdue_due_under_way_or_in_time() {
    let mut p = Phone::new(1);
    for (n, on) in [
        (1, "2023-02-01"),
        (2, "2023-05-10"),
        (3, "2023-08-01"),
        (4, "2023-02-01"),
    ] {
        p.on_task(n, plotted("drain-clear", on_asset(n)));
        p.on_task(n, report(vec![line("drain-clear", "1", "pcs")], on));
    }
    p.on_task(9, plotted("drain-clear", on_asset(4)));
    let due = of(&p, "drain-clear", asked("2024-05-03", false));
    assert_eq!(statuses(&due), [Overdue, Due, InTime, UnderWay, Overdue]);
    let counts = DueCounts {
        overdue: 2,
        due: 1,
        under_way: 1,
        in_time: 1,
        never: 1,
    };
    assert_eq!((due.counts, counts.all()), (counts, 5));
    assert_eq!(due.since, Some(day("2023-02-01")));
    // What has waited longest first, and what somebody is at last.
    let listed: Vec<_> = due.groups[0]
        .assets
        .iter()
        .map(|a| (a.uid, a.last))
        .collect();
    let last = |n, on: Option<&str>| (asset_uid(n), on.map(day));
    assert_eq!(
        listed,
        [
            last(1, Some("2023-02-01")),
            last(5, None),
            last(2, Some("2023-05-10")),
            last(4, Some("2023-02-01")),
        ]
    );
    assert_eq!(due.groups[0].assets[2].until, day("2024-05-09"));
    // It crosses to the page, days that are none too.
    let crossed = serde_json::to_string(&due).unwrap();
    assert!(crossed.contains(r#""last":null"#) && crossed.contains(r#""last":"2023-05-10""#));
    assert_eq!(serde_json::from_str::<FallingDue>(&crossed).unwrap(), due);
    // The later one holds, whichever was written first.
    p.on_task(7, plotted("drain-clear", on_asset(1)));
    p.on_task(
        7,
        report(vec![line("drain-clear", "1", "pcs")], "2024-03-01"),
    );
    p.on_task(8, plotted("drain-clear", on_asset(3)));
    p.on_task(
        8,
        report(vec![line("drain-clear", "1", "pcs")], "2022-03-01"),
    );
    let due = of(&p, "drain-clear", asked("2024-05-03", false));
    assert_eq!(statuses(&due)[..3], [InTime, Due, InTime]);
}

#[test]
fn a_city_that_has_just_begun_is_not_told_that_all_is_overdue() {
    let mut p = Phone::new(1);
    let nothing = of(&p, "drain-clear", asked("2024-05-03", false));
    assert_eq!(statuses(&nothing), [Due; 5]);
    assert_eq!((nothing.since, nothing.counts.never), (None, 5));
    // Years of records of other work prove nothing of this one.
    p.on_task(1, plotted("drain-check", on_asset(1)));
    p.on_task(
        1,
        report(vec![line("drain-check", "1", "pcs")], "2019-05-03"),
    );
    assert_eq!(
        statuses(&of(&p, "drain-clear", asked("2024-05-03", false))),
        [Due; 5]
    );
    p.on_task(2, plotted("drain-clear", on_asset(2)));
    p.on_task(
        2,
        report(vec![line("drain-clear", "1", "pcs")], "2024-05-03"),
    );
    let on = |today| statuses(&of(&p, "drain-clear", asked(today, false)));
    assert_eq!(on("2025-05-03"), [Due; 5]);
    assert_eq!(on("2025-05-04"), [Overdue; 5]);
    assert_eq!(on("2024-12-24"), [Due, InTime, Due, Due, Due]);
}

#[test]
fn what_counts_is_what_the_ledger_counts() {
    let mut p = Phone::new(1);
    // Checked work counts once verified, and until then somebody is at it.
    p.on_task(1, plotted("drain-check", on_asset(1)));
    let reported = p.on_task(
        1,
        report(vec![line("drain-check", "1", "pcs")], "2024-05-01"),
    );
    let check = |p: &Phone, verification| {
        statuses(&of(p, "drain-check", asked("2024-05-03", verification)))
    };
    assert_eq!(check(&p, false)[0], InTime);
    assert_eq!(check(&p, true), [UnderWay, Due, Due, Due, Due]);
    p.on_task(
        1,
        Verified {
            report: reported,
            note: None,
            photos: vec![],
        },
    );
    assert_eq!(check(&p, true), [InTime, Due, Due, Due, Due]);
    // Who repaired a drain cleared it; who only asked for it did not, nor who called it off.
    p.on_task(2, plotted("drain-repair", on_asset(2)));
    let clear = |p: &Phone| statuses(&of(p, "drain-clear", asked("2024-05-03", true)));
    assert_eq!(clear(&p)[1], Due);
    p.on_task(
        2,
        report(vec![line("drain-repair", "1", "pcs")], "2024-05-01"),
    );
    p.on_task(3, plotted("drain-clear", on_asset(3)));
    p.on_task(3, Cancelled { reason: None });
    assert_eq!(clear(&p), [Due, InTime, Due, Due, Due]);
}

#[test]
fn all_of_an_open_round_is_under_way_and_what_it_left_out_is_due_again() {
    let mut p = Phone::new(1);
    p.on_task(1, plotted("drain-clear", round([1, 2, 3])));
    let tick = |n, unreached: Option<&str>| Ticked {
        asset: asset_uid(n),
        unreached: unreached.map(Into::into),
        lines: vec![],
        note: None,
        photos: vec![],
    };
    p.on_task(1, tick(1, None));
    p.on_task(1, tick(2, Some("车压着")));
    let now = |p: &Phone| statuses(&of(p, "drain-clear", asked("2024-05-03", false)));
    assert_eq!(now(&p), [UnderWay, UnderWay, UnderWay, Due, Due]);
    p.on_task(
        1,
        report(vec![line("drain-clear", "1", "pcs")], "2024-05-03"),
    );
    assert_eq!(now(&p), [InTime, Due, Due, Due, Due]);
}

#[test]
fn groups_are_by_what_is_overdue_then_by_name() {
    let mut p = Phone::new(1);
    let drains: Vec<_> = [
        (1, "b"),
        (2, "a"),
        (3, "c"),
        (4, "c"),
        (5, "c"),
        (6, "d"),
        (7, ""),
    ]
    .map(|(n, street)| maintained(n, Some(street).filter(|s| !s.is_empty())))
    .into();
    for (n, on) in [
        (3, "2022-01-01"),
        (4, "2022-01-01"),
        (6, "2022-01-01"),
        (5, "2024-05-01"),
        (1, "2024-05-01"),
        (2, "2024-05-01"),
        (7, "2024-05-01"),
    ] {
        p.on_task(n, plotted("drain-clear", on_asset(n)));
        p.on_task(n, report(vec![line("drain-clear", "1", "pcs")], on));
    }
    let due = |by| {
        let asked = DueAsked {
            by,
            ..asked("2024-05-03", false)
        };
        all_due(&p, &every(365), asked, &drains).remove(0)
    };
    let names = |due: &FallingDue| -> Vec<_> {
        due.groups
            .iter()
            .map(|g| (g.name.clone().unwrap_or_default(), g.counts.overdue))
            .collect()
    };
    let expected = [("c", 2), ("d", 1), ("a", 0), ("b", 0), ("", 0)];
    assert_eq!(
        names(&due(Area::Street)),
        expected.map(|(name, n)| (name.to_owned(), n))
    );
    let communities = names(&due(Area::Community));
    assert_eq!(
        communities,
        [("辽河".to_owned(), 3), ("站前".to_owned(), 0)]
    );
    // Nothing is said of what has no cycle at any of these.
    assert_eq!(
        all_due(&p, &catalog(), asked("2024-05-03", false), &drains),
        []
    );
}

#[test]
fn a_round_that_was_made_is_under_way() {
    let (catalog, mut p) = (every(365), Phone::new(1));
    let before = of(&p, "drain-clear", asked("2024-05-03", false));
    let assets = before.groups.iter().flat_map(|group| &group.assets);
    let way: Vec<AssetUid> = assets.map(|asset| asset.uid).collect();
    let rounds = rounds_along(&way, 3, &|_| true, &|_| None).rounds;
    assert_eq!(rounds.len(), 2);
    for (n, draft) in rounds.into_iter().enumerate() {
        let snapshot = |uid: &AssetUid| {
            let n = (1..=5).find(|n| asset_uid(*n) == *uid).unwrap();
            AssetSnapshot {
                at: Position { lon: 1, lat: 1 },
                ..asset(n)
            }
        };
        let target = Target::Round(Round {
            name: draft.name,
            assets: draft.assets.iter().map(snapshot).collect(),
        });
        let uid = TaskUid(Uuid::from_u128(n as u128));
        let drafted = plot(uid, &before.work, Arc::new(target), None, vec![], &catalog).unwrap();
        p.say(drafted.draft.subject, drafted.draft.kind);
    }
    let after = of(&p, "drain-clear", asked("2024-05-03", false));
    assert_eq!(statuses(&after), [UnderWay; 5]);
}

#[test]
fn the_demonstration_city_is_asked_once_for_all_kinds() {
    let city = crate::demo::city(crate::demo::SEED).unwrap();
    let assets = Maintained::all(&city);
    let due = falls_due(city.catalog(), asked("2024-05-03", true), &[], &[], &assets);
    let of = |kind: &str| due.iter().find(|due| due.work.0 == kind).unwrap();
    let drains = city.uids_of(&["storm-drain".into()]).count();
    assert_eq!(of("drain-clear").counts.due, drains);
    let named = |due: &FallingDue| due.groups.iter().filter(|g| g.name.is_some()).count();
    assert!(named(of("drain-clear")) > 20 && named(of("road-patrol")) > 20);
    assert!(due.iter().all(|due| due.counts.all() == due.counts.never));
}

proptest! {
    /// Without frost, and with nobody at it: an asset that was done once is overdue if completion
    /// does not find it done in the days of a cycle that end today.
    #[test]
    fn overdue_is_what_completion_misses(
        done in prop::collection::vec((1..=5u8, 0..700u32, any::<bool>(), 0..3usize), 0..12),
        days in 1..400u32, verification in any::<bool>(),
    ) {
        let (today, mut p) = (day("2024-05-03"), Phone::new(1));
        let ago = |n: u32| today.checked_add(Span::new().days(-i64::from(n))).unwrap();
        for (task, (n, when, verified, kind)) in (1..).zip(&done) {
            let kind = ["drain-clear", "drain-repair", "drain-check"][*kind];
            p.on_task(task, plotted(kind, on_asset(*n)));
            let reported = p.on_task(task, report(vec![line(kind, "1", "pcs")], &ago(*when).to_string()));
            if *verified {
                p.on_task(task, Verified { report: reported, note: None, photos: vec![] });
            }
        }
        let catalog = every(days);
        let asked = asked("2024-05-03", verification);
        let tasks = Tasks::from_log(&p.log, BTreeSet::new());
        for due in all_due(&p, &catalog, asked, &drains()) {
            let of = |from| {
                let period = Period { from, to: today };
                let (tasks, work) = (tasks.iter().map(|task| &**task), &due.work);
                let assets = (1..=5).map(asset_uid);
                completion(&catalog, work, period, tasks, &[], assets, verification)
            };
            let (lately, ever) = (of(ago(days)), of(Date::MIN));
            for (n, status) in (1..=5).zip(statuses(&due)) {
                let uid = asset_uid(n);
                match ever.assets[&uid] {
                    _ if status == UnderWay => prop_assert!(verification),
                    Status::Done => {
                        let is_missing = lately.assets[&uid] != Status::Done;
                        prop_assert_eq!(status == Overdue, is_missing);
                    }
                    Status::Never | Status::Open => prop_assert!(status < UnderWay),
                }
            }
            prop_assert_eq!(due.counts.all(), 5);
            let groups = due.groups.iter().map(|group| group.counts.all());
            prop_assert_eq!(groups.sum::<usize>(), 5);
        }
    }
}
