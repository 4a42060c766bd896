//! Rounds: what makes one, how its assets stand, and what its report counts.

use super::*;
use crate::catalog::{AssetKindId, LayerId};
use crate::city::AssetSummary;
use crate::geodesy::{Bbox, LonLat};
use crate::ids::{AssetUid, Uuid};
use crate::log::testkit::{asset_uid, catalog, line, plotted, round};
use crate::log::{Started, Ticked};

fn kind(id: &str) -> AssetKindId {
    AssetKindId(id.into())
}

fn says(asset: u8, unreached: Option<&str>, lines: &[(&str, &str)]) -> Kind {
    let lines = lines.iter().map(|(work, n)| line(work, n, "pcs"));
    Ticked {
        asset: asset_uid(asset),
        unreached: unreached.map(Into::into),
        lines: lines.collect(),
        note: None,
        photos: vec![],
    }
    .into()
}

fn of_three() -> Phone {
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted("drain-clear", round([1, 2, 3])));
    phone
}

fn standing(phone: &Phone) -> Vec<Stop> {
    let task = seen(phone);
    task.stops().into_iter().map(|(_, stop)| stop).collect()
}

fn suggested(phone: &Phone) -> Vec<(String, String)> {
    let lines = suggested_lines(&seen(phone), &catalog(), None);
    let told = |line: &crate::log::WorkLine| (line.work.0.clone(), line.quantity.to_string());
    lines.iter().map(told).collect()
}

#[test]
fn a_round_at_which_somebody_was_is_not_taken_back_as_a_step() {
    let undoes = |phone: &Phone| {
        let actions = offered(&seen(phone), Context::default());
        actions.iter().any(|a| matches!(a, Action::Undo { .. }))
    };
    let mut phone = of_three();
    assert!(undoes(&phone), "nobody was there yet");
    phone.on_task(1, says(1, None, &[("drain-clear", "1")]));
    assert!(!undoes(&phone));
    phone.on_task(1, Started::default());
    assert!(undoes(&phone), "that it was begun is a step");
}

#[test]
fn a_round_is_of_two_points_or_more_and_leaves_out_what_is_open_already() {
    let drains = (1..=3).map(|n| (asset_uid(n), kind("storm-drain")));
    let roads = (4..=5).map(|n| (asset_uid(n), kind("road")));
    let assets: Vec<_> = drains.chain(roads).collect();
    let offers = round_offers(&catalog(), &assets, &|work, asset| {
        work.0 == "drain-clear" && asset == asset_uid(2)
    });
    let clear = offers.iter().find(|o| o.work.0 == "drain-clear").unwrap();
    assert_eq!(clear.assets, [asset_uid(1), asset_uid(3)]);
    assert_eq!(clear.busy, 1);
    let of = |work: &str| offers.iter().any(|offer| offer.work.0 == work);
    assert!(of("drain-check") && !of("pothole-patch"));
    assert!(!of("crack-seal"), "a street is not ticked off");
    let alone = round_offers(&catalog(), &assets[..1], &|_, _| false);
    assert_eq!(alone, [], "one drain is no round");
}

#[test]
fn a_round_is_of_the_nearest_five_hundred_that_are_seen() {
    let drain = |n: u128| AssetSummary {
        uid: AssetUid(Uuid::from_u128(n)),
        layer: LayerId("drains".into()),
        kind: kind("storm-drain"),
        code: None,
        name: None,
        street: None,
        at: LonLat::new(123.0 + n as f64 / 1e5, 43.0),
    };
    let drains: Vec<_> = (1..=600).map(drain).collect();
    let offer = |seen: Vec<AssetSummary>| {
        let assets: Vec<_> = seen
            .into_iter()
            .map(|asset| (asset.uid, asset.kind))
            .collect();
        let catalog = catalog();
        let work = catalog.work_kind(&"drain-clear".into()).cloned();
        round_offer(&catalog, &work?, &assets, &|_, _| false)
    };
    let from = Some(LonLat::new(123.0061, 43.0));
    let all = offer(nearest_first(drains.clone(), from, None)).unwrap();
    assert_eq!((all.assets.len(), all.beyond), (500, 100));
    assert_eq!(all.assets[0], drain(600).uid, "the nearest first");
    assert!(
        !all.assets.contains(&drain(100).uid),
        "the farthest are left out"
    );
    let seen = Bbox::around([drain(7).at, drain(9).at]);
    let few = offer(nearest_first(drains, from, seen)).unwrap();
    assert_eq!(few.assets, [9, 8, 7].map(|n| drain(n).uid));
    assert_eq!(few.beyond, 0);
}

#[test]
fn a_round_is_called_by_the_streets_where_most_of_it_is() {
    let called = |streets: &[&str]| round_name(streets.iter().copied());
    assert_eq!(called(&[]), None);
    assert_eq!(called(&["b", "a", "a"]).as_deref(), Some("a、b"));
    assert_eq!(called(&["c", "b", "a", "a"]).as_deref(), Some("a、c…"));
}

#[test]
fn each_asset_stands_by_what_was_ticked_last_and_a_tick_can_be_taken_back() {
    let mut phone = of_three();
    phone.on_task(1, ticked(1));
    phone.on_task(1, says(2, Some("a car"), &[]));
    let unreached = Stop::Unreached("a car".into());
    assert_eq!(
        standing(&phone),
        [Stop::Done, unreached.clone(), Stop::Left]
    );
    let taken_back = |phone: &mut Phone, n: u8| {
        let draft = untick(&seen(phone), asset_uid(n)).unwrap().draft;
        phone.on_task(1, draft.kind);
    };
    taken_back(&mut phone, 1);
    assert_eq!(
        standing(&phone),
        [Stop::Left, unreached.clone(), Stop::Left]
    );
    phone.on_task(1, ticked(2));
    assert_eq!(standing(&phone)[1], Stop::Done);
    taken_back(&mut phone, 2);
    assert_eq!(standing(&phone)[1], Stop::Left, "all that was said of it");
    let nothing = untick(&seen(&phone), asset_uid(3));
    assert_eq!(nothing, Err(Refusal::NoChange));
}

#[test]
fn two_who_tick_without_knowing_of_each_other_are_no_conflict() {
    let mut one = of_three();
    let mut two = Phone::new(2);
    two.log.merge(one.log.events().map(|e| Event::clone(e)));
    one.on_task(1, ticked(1));
    one.on_task(1, ticked(2));
    two.on_task(1, ticked(2));
    two.on_task(1, ticked(3));
    one.log.merge(two.log.events().map(|e| Event::clone(e)));
    assert_eq!(standing(&one), [Stop::Done, Stop::Done, Stop::Done]);
    assert_eq!(seen(&one).conflicts(), []);
    assert_eq!(suggested(&one), [("drain-clear".into(), "3".into())]);
}

/// A tick that says how much replaces the usual amount; what it says besides is added.
#[test]
fn a_report_counts_what_the_ticks_say() {
    let mut phone = of_three();
    phone.on_task(1, ticked(1));
    phone.on_task(
        1,
        says(2, None, &[("drain-clear", "2"), ("drain-repair", "1")]),
    );
    let clear = ("drain-clear".to_owned(), "3".to_owned());
    let repair = ("drain-repair".to_owned(), "1".to_owned());
    assert_eq!(suggested(&phone), [clear, repair.clone()]);
    let task = seen(&phone);
    let repaired = assets_told(&task, &crate::catalog::WorkKindId("drain-repair".into()));
    assert_eq!(repaired, [asset_uid(2)]);
    // Where each says its own.
    phone.on_task(1, says(1, None, &[("drain-clear", "4")]));
    assert_eq!(
        suggested(&phone),
        [("drain-clear".into(), "6".into()), repair]
    );
}

#[test]
fn an_asset_that_was_left_out_of_a_reported_round_is_not_done() {
    let mut phone = of_three();
    let marks = |phone: &Phone| {
        let task = seen(phone);
        [1, 2, 3].map(|n| mark_of(asset_uid(n), [&task]))
    };
    phone.on_task(1, ticked(1));
    phone.on_task(1, says(2, Some("a car"), &[]));
    let own = |phone: &Phone| {
        let task = seen(phone);
        let stops = task.stops().into_iter();
        stops
            .map(|(_, stop)| task.stop_mark(&stop))
            .collect::<Vec<_>>()
    };
    assert_eq!(marks(&phone), [Mark::UnderWay, Mark::Open, Mark::Open]);
    assert_eq!(own(&phone), [Mark::Reported, Mark::SentBack, Mark::Open]);
    phone.on_task(1, cleared("1"));
    assert_eq!(marks(&phone), [Mark::Reported, Mark::None, Mark::None]);
    assert_eq!(own(&phone), [Mark::Reported, Mark::SentBack, Mark::None]);
    let mut unticked = of_three();
    unticked.on_task(1, cleared("3"));
    assert_eq!(
        marks(&unticked),
        [Mark::Reported; 3],
        "without a tick all of it"
    );
}
