//! Safety before work: what is asked, what an answer allows, which of several counts.

use super::*;
use crate::catalog::Precheck;
use crate::log::testkit::{asset_uid, catalog, on_asset, plotted, round, undone};
use crate::log::{MadeSafe, Place, Position, ReadingTaken, Shape};
use proptest::prelude::*;

fn traffic(items: &[u16]) -> MadeSafe {
    MadeSafe {
        precheck: Some("traffic".into()),
        items: items.to_vec(),
        ..MadeSafe::default()
    }
}

/// An answer of a chamber: ventilated, with these readings.
fn entry(asset: u8, readings: &[(&str, &str)]) -> MadeSafe {
    let taken = |(id, value): &(&str, &str)| ReadingTaken {
        id: (*id).into(),
        value: value.parse().unwrap(),
    };
    MadeSafe {
        precheck: Some("chamber-entry".into()),
        asset: Some(asset_uid(asset)),
        items: vec![0],
        readings: readings.iter().map(taken).collect(),
        ..MadeSafe::default()
    }
}

fn good(asset: u8) -> MadeSafe {
    entry(asset, &[("o2", "20.9"), ("h2s", "0")])
}

fn bad(asset: u8) -> MadeSafe {
    entry(asset, &[("o2", "18"), ("h2s", "0")])
}

fn phone_on(target: Arc<Target>) -> Phone {
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted("drain-repair", target));
    phone
}

fn learn(phone: &mut Phone, other: &Phone) {
    phone.log.merge(other.log.events().map(|e| Event::clone(e)));
}

fn asked(checks: &[Check]) -> Vec<(&str, Option<AssetUid>)> {
    let asked = checks.iter().map(|c| (c.precheck.as_str(), c.asset));
    asked.collect()
}

/// The check of a chamber of a round.
fn at_stop(phone: &Phone, asset: u8) -> Check {
    let mut checks = seen(phone).checks_at(asset_uid(asset), &catalog());
    checks.pop().expect("it is asked")
}

#[test]
fn a_check_is_asked_once_and_one_for_chambers_of_each() {
    let (catalog, one) = (catalog(), Some(asset_uid(1)));
    let single = seen(&phone_on(on_asset(1)));
    let both = [("traffic", None), ("chamber-entry", one)];
    assert_eq!(asked(&single.checks(&catalog)), both);
    assert_eq!(single.checks_at(asset_uid(1), &catalog), []);
    let of_two = seen(&phone_on(round([1, 2])));
    assert_eq!(asked(&of_two.checks(&catalog)), [("traffic", None)]);
    let stop = of_two.checks_at(asset_uid(1), &catalog);
    assert_eq!(asked(&stop), [("chamber-entry", one)]);
    assert_eq!(
        of_two.checks_at(asset_uid(3), &catalog),
        [],
        "no stop of it"
    );
    let place = Target::Place(Place {
        shape: Shape::Point(Position { lon: 1, lat: 1 }),
        name: None,
    });
    let place = seen(&phone_on(Arc::new(place)));
    let once = [("traffic", None), ("chamber-entry", None)];
    assert_eq!(asked(&place.checks(&catalog)), once, "a hole in no layer");
    let mut other = Phone::new(1);
    other.on_task(1, plotted("drain-clear", on_asset(1)));
    assert_eq!(seen(&other).checks(&catalog), []);
    let mut off = phone_on(on_asset(1));
    off.on_task(1, cancelled());
    assert_eq!(seen(&off).checks(&catalog), [], "nobody goes there");
}

#[test]
fn what_was_answered_is_told_with_who_and_when() {
    let mut phone = phone_on(on_asset(1));
    assert_eq!(seen(&phone).checks(&catalog())[1].answer, None);
    let safe = MadeSafe {
        watcher: Some("李".into()),
        note: Some("通风".into()),
        ..good(1)
    };
    let event = phone.on_task(1, safe);
    let checks = seen(&phone).checks(&catalog());
    let answer = checks[1].answer.clone().expect("answered");
    assert_eq!(answer.event, event);
    assert_eq!(&*answer.actor.0, "crew-1");
    assert_eq!(answer.said.watcher.as_deref(), Some("李"));
    assert_eq!(answer.place, None, "the card says it already");
    assert_eq!(answer.said.note.as_deref(), Some("通风"));
    assert_eq!(answer.said.readings.len(), 2);
    assert!(answer.lacks.is_empty() && !checks[1].forbids());
    assert_eq!(checks[0].answer, None, "the other check is still to answer");
}

#[test]
fn a_bad_reading_is_saved_and_forbids_until_a_later_good_answer() {
    let mut phone = phone_on(round([1, 2]));
    let drafted = make_safe(&seen(&phone), bad(1), &catalog());
    phone.on_task(1, drafted.expect("a bad reading is saved").draft.kind);
    let check = at_stop(&phone, 1);
    assert!(check.forbids());
    let lack = Lack::Bad {
        reading: "o2".into(),
        value: "18".parse().unwrap(),
        min: Some("19.5".parse().unwrap()),
        max: Some("23.5".parse().unwrap()),
    };
    assert_eq!(check.answer.expect("answered").lacks, [lack]);
    assert_eq!(at_stop(&phone, 2).answer, None, "another chamber");
    let lifted = phone.on_task(1, good(1));
    assert!(!at_stop(&phone, 1).forbids());
    let given = seen(&phone).answers_given(&catalog());
    let forbid: Vec<_> = given
        .iter()
        .map(|answer| !answer.lacks.is_empty())
        .collect();
    assert_eq!(forbid, [true, false], "both stay");
    assert_eq!(given[0].place.as_deref(), Some("2203820104000001"));
    // Taken back, what was known before counts again.
    phone.on_task(1, undone([lifted]));
    assert!(at_stop(&phone, 1).forbids());
}

#[test]
fn what_is_missing_does_not_allow_either() {
    let mut phone = phone_on(on_asset(1));
    let lacks = |phone: &Phone, n: usize| {
        let answer = seen(phone).checks(&catalog())[n].answer.clone();
        answer.expect("answered").lacks
    };
    phone.on_task(1, entry(1, &[("h2s", "3")]));
    assert_eq!(lacks(&phone, 1), [Lack::Unread("o2".into())]);
    let nothing = MadeSafe {
        items: vec![],
        ..entry(1, &[("h2s", "11")])
    };
    phone.on_task(1, nothing);
    let gravest_first = lacks(&phone, 1);
    assert!(matches!(&gravest_first[0], Lack::Bad { reading, .. } if reading == "h2s"));
    assert_eq!(
        gravest_first[1..],
        [Lack::Unread("o2".into()), Lack::Item(0)]
    );
    phone.on_task(1, traffic(&[1]));
    assert_eq!(lacks(&phone, 0), [Lack::Item(0)]);
    phone.on_task(1, traffic(&[1, 0]));
    assert_eq!(lacks(&phone, 0), []);
}

/// Nobody climbs down past a bad reading that was taken elsewhere meanwhile.
#[test]
fn of_two_answers_that_knew_nothing_of_each_other_the_bad_one_counts() {
    for first in [bad(1), good(1)] {
        let second = if first == bad(1) { good(1) } else { bad(1) };
        let mut one = phone_on(on_asset(1));
        let mut two = Phone::new(2);
        learn(&mut two, &one);
        one.on_task(1, first);
        two.on_task(1, second);
        learn(&mut one, &two);
        learn(&mut two, &one);
        for phone in [&one, &two] {
            assert!(seen(phone).checks(&catalog())[1].forbids());
        }
        two.on_task(1, good(1));
        assert!(!seen(&two).checks(&catalog())[1].forbids(), "it knew both");
    }
}

#[test]
fn an_answer_speaks_of_what_is_known() {
    let of_two = seen(&phone_on(round([1, 2])));
    let refused = |safe: MadeSafe| make_safe(&of_two, safe, &catalog()).err();
    assert_eq!(refused(traffic(&[])), None, "an empty answer is one");
    assert_eq!(refused(MadeSafe::default()), None, "guarded, no check");
    let unknown = MadeSafe {
        precheck: Some("fly".into()),
        ..MadeSafe::default()
    };
    let precheck = "fly".into();
    assert_eq!(refused(unknown), Some(Refusal::UnknownCheck { precheck }));
    let asset = asset_uid(3);
    let stray = Refusal::UnknownAsset { line: 0, asset };
    assert_eq!(refused(good(3)), Some(stray));
    let item = Refusal::UnknownItem { item: 2 };
    assert_eq!(refused(traffic(&[0, 2])), Some(item));
    let reading = "co".to_owned();
    let odd = refused(entry(1, &[("co", "1")]));
    assert_eq!(odd, Some(Refusal::UnknownReading { reading }));
    let nowhere = MadeSafe {
        asset: None,
        ..good(1)
    };
    let at_one = MadeSafe {
        asset: Some(asset_uid(1)),
        ..traffic(&[])
    };
    for wrong in [nowhere, at_one] {
        let precheck = wrong.precheck.clone().expect("a check");
        assert_eq!(refused(wrong), Some(Refusal::CheckNotThere { precheck }));
    }
    let mut other = Phone::new(1);
    other.on_task(1, plotted("drain-clear", on_asset(1)));
    let refused = make_safe(&seen(&other), traffic(&[]), &catalog());
    assert!(matches!(refused, Err(Refusal::UnknownCheck { .. })));
}

#[test]
fn an_answer_is_taken_back_by_itself() {
    let mut phone = phone_on(on_asset(1));
    let answer = phone.on_task(1, bad(1));
    phone.on_task(1, started());
    let draft = take_back(&seen(&phone), answer).expect("it holds").draft;
    phone.on_task(1, draft.kind);
    let task = seen(&phone);
    assert_eq!(task.checks(&catalog())[1].answer, None);
    assert_eq!(task.state, State::UnderWay, "and nothing else");
    let now = Refusal::NotNow { state: task.state };
    assert_eq!(take_back(&task, answer), Err(now), "once");
}

fn precheck() -> impl Strategy<Value = Precheck> {
    let range = (0i64..4, 0i64..4, 0u8..3);
    (0usize..4, prop::collection::vec(range, 0..4)).prop_map(|(items, ranges)| {
        let mut check = catalog().precheck(&"chamber-entry".into()).unwrap().clone();
        check.items = vec![check.label.clone(); items];
        let of = check.readings.remove(0);
        let reading = |(n, (min, max, open)): (usize, (i64, i64, u8))| {
            let mut reading = of.clone();
            reading.id = format!("gas-{n}");
            reading.min = (open != 1).then(|| min.into());
            reading.max = (open != 2).then(|| max.into());
            reading
        };
        check.readings = ranges.into_iter().enumerate().map(reading).collect();
        check
    })
}

proptest! {
    /// By a plain reading of the sentence: all ticked, all measured, all in their range.
    #[test]
    fn an_answer_allows_if_all_is_ticked_and_every_reading_is_allowed(
        check in precheck(),
        items in prop::collection::vec(0u16..4, 0..6),
        taken in prop::collection::vec((0usize..4, -1i64..5), 0..6),
    ) {
        let reading = |(n, value): &(usize, i64)| ReadingTaken {
            id: format!("gas-{n}"),
            value: Quantity((*value).into()),
        };
        let safe = MadeSafe {
            items: items.clone(),
            readings: taken.iter().map(reading).collect(),
            ..MadeSafe::default()
        };
        let ticked = (0..check.items.len()).all(|n| items.contains(&(n as u16)));
        let measured = (0..check.readings.len()).all(|n| {
            let of_it: Vec<_> = taken.iter().filter(|(gas, _)| *gas == n).collect();
            let (min, max) = (check.readings[n].min, check.readings[n].max);
            let within = |value: i64| {
                min.is_none_or(|min| min <= value.into()) && max.is_none_or(|max| max >= value.into())
            };
            !of_it.is_empty() && of_it.iter().all(|(_, value)| within(*value))
        });
        prop_assert_eq!(lacks(&check, &safe).is_empty(), ticked && measured);
    }
}
