//! Rounds that observe: what is amiss is found, and the rest is well when the round is finished.

use super::*;
use crate::catalog::Catalog;
use crate::ids::{AssetUid, TaskUid};
use crate::log::testkit::{self, asset_uid, plotted, report, round};
use jiff::civil::date;
use serde_json::json;

/// With a rate of drains that are open; those that are blocked are to be cleared.
fn catalog() -> Catalog {
    let mut catalog = testkit::catalog();
    let name = json!({ "zh": "名", "en": "name" });
    let percent = json!({ "id": "percent", "label": name, "decimals": 2, "measures": "rate" });
    let rate = json!({
        "id": "drain-rate", "family": "road", "label": name, "action": name,
        "unit": "percent", "counts": "entered", "improbable_above": "100",
        "observes": { "work": "drain-clear", "well": name, "amiss": name },
    });
    catalog.units.push(serde_json::from_value(percent).unwrap());
    catalog
        .work_kinds
        .push(serde_json::from_value(rate).unwrap());
    catalog
}

fn of_three() -> Phone {
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted("drain-rate", round([1, 2, 3])));
    phone
}

/// The work that the round has found at an asset, as a phone sees it.
fn found(phone: &Phone, asset: u8) -> Option<Task> {
    let uid = TaskUid::found(task_uid(1), asset_uid(asset));
    let events = phone.log.about(&Subject::Task(uid));
    let task = fold(uid, events, &BTreeSet::new());
    (!task.events.is_empty()).then_some(task)
}

fn amiss(phone: &mut Phone, asset: u8) -> Result<TaskUid, Refusal> {
    let (round, earlier) = (seen(phone), found(phone, asset));
    let asset = asset_uid(asset);
    let (uid, drafted) = say_amiss(&round, asset, earlier.as_ref(), task_uid(99), &catalog())?;
    phone.say(Subject::Task(uid), drafted.draft.kind);
    Ok(uid)
}

fn well(phone: &mut Phone, asset: u8) -> Result<(), Refusal> {
    let task = found(phone, asset).unwrap();
    let drafted = say_well(&seen(phone), asset_uid(asset), &task, &catalog())?;
    phone.say(Subject::Task(task.uid), drafted.draft.kind);
    Ok(())
}

/// What the round comes to: how many are amiss, and the rate.
fn comes_to(phone: &Phone) -> (usize, String) {
    let (catalog, round) = (catalog(), seen(phone));
    let (_, observes) = round.observes(&catalog).unwrap();
    let is_amiss = |asset: AssetUid| {
        let tasks = [1, 2, 3].into_iter().filter(|n| asset_uid(*n) == asset);
        let tasks: Vec<_> = tasks.filter_map(|n| found(phone, n)).collect();
        says_amiss(observes, &tasks).is_some()
    };
    let came = round.seen(&catalog, &is_amiss).unwrap();
    assert_eq!(came.all, 3);
    let line = round.rate_line(&catalog, &came).unwrap();
    assert_eq!(line.assets.len(), 3 - came.amiss.len());
    (came.amiss.len(), line.quantity.to_string())
}

fn finish(phone: &mut Phone) {
    let (catalog, round) = (catalog(), seen(phone));
    let (_, observes) = round.observes(&catalog).unwrap();
    let is_amiss = |asset: AssetUid| {
        let tasks: Vec<_> = [1, 2, 3]
            .into_iter()
            .filter_map(|n| found(phone, n))
            .collect();
        let on_it = tasks
            .iter()
            .filter(|task| task.target.any().unwrap().asset(asset).is_some());
        says_amiss(observes, on_it).is_some()
    };
    let came = round.seen(&catalog, &is_amiss).unwrap();
    let line = round.rate_line(&catalog, &came).unwrap();
    let reported = report(vec![line], "2024-05-03");
    let today = date(2024, 5, 3);
    let drafted = super::super::report(&round, reported, &catalog, today).unwrap();
    phone.on_task(1, drafted.draft.kind);
}

#[test]
fn what_is_amiss_is_open_work_and_the_rest_is_well() {
    let mut phone = of_three();
    assert_eq!(comes_to(&phone), (0, "100".into()));
    amiss(&mut phone, 2).unwrap();
    assert_eq!(comes_to(&phone), (1, "66.66".into()), "rounded down");
    let task = found(&phone, 2).unwrap();
    assert_eq!(task.work.any().unwrap().0, "drain-clear");
    assert_eq!(task.state, State::Open);
    assert_eq!(amiss(&mut phone, 2), Err(Refusal::NoChange));
    let not_in_it = Refusal::UnknownAsset {
        line: 0,
        asset: asset_uid(4),
    };
    assert_eq!(amiss(&mut phone, 4), Err(not_in_it));
}

#[test]
fn it_is_taken_back_and_said_again_as_one_piece_of_work() {
    let mut phone = of_three();
    let uid = amiss(&mut phone, 2).unwrap();
    well(&mut phone, 2).unwrap();
    assert_eq!(comes_to(&phone), (0, "100".into()));
    assert_eq!(amiss(&mut phone, 2), Ok(uid));
    assert_eq!(comes_to(&phone).0, 1);
    // Who has gone about it is not undone, and what was done is another piece of work next time.
    phone.say(Subject::Task(uid), started());
    assert!(matches!(well(&mut phone, 2), Err(Refusal::NotNow { .. })));
    phone.say(Subject::Task(uid), cleared("1"));
    assert_eq!(comes_to(&phone).0, 0);
    assert_eq!(amiss(&mut phone, 2), Ok(task_uid(99)));
}

#[test]
fn two_who_find_the_same_without_knowing_of_each_other_find_one() {
    let mut one = of_three();
    let mut two = Phone::new(2);
    two.learn(&one);
    amiss(&mut one, 2).unwrap();
    amiss(&mut two, 2).unwrap();
    amiss(&mut two, 3).unwrap();
    one.meet(&mut two);
    for phone in [&one, &two] {
        assert_eq!(comes_to(phone), (2, "33.33".into()));
        let task = found(phone, 2).unwrap();
        assert_eq!((task.state, task.conflicts()), (State::Open, vec![]));
    }
}

#[test]
fn a_report_keeps_what_was_seen_whatever_is_mended_later() {
    let mut phone = of_three();
    let uid = amiss(&mut phone, 2).unwrap();
    finish(&mut phone);
    assert_eq!(seen(&phone).state, State::Reported);
    assert!(matches!(amiss(&mut phone, 1), Err(Refusal::NotNow { .. })));
    phone.say(Subject::Task(uid), cleared("1"));
    assert_eq!(comes_to(&phone), (1, "66.66".into()));
}

#[test]
fn a_rate_may_be_nothing() {
    let mut phone = of_three();
    for asset in [1, 2, 3] {
        amiss(&mut phone, asset).unwrap();
    }
    assert_eq!(comes_to(&phone), (3, "0".into()));
    finish(&mut phone);
    assert_eq!(comes_to(&phone).0, 3);
}

#[test]
fn it_is_offered_as_a_round_and_at_no_single_asset() {
    let catalog = catalog();
    let drains: Vec<_> = [1, 2].map(|n| (asset_uid(n), "storm-drain".into())).into();
    let offers = round_offers(&catalog, &drains, &|_, _| false);
    assert!(offers.iter().any(|offer| offer.work.0 == "drain-rate"));
    let kind = "storm-drain".into();
    let mut alone = catalog.work_for_asset(&kind);
    assert!(!alone.any(|work| work.id.0 == "drain-rate"));
}
