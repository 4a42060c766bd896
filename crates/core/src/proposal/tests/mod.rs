//! What is said of assets, by phones that have met and phones that have not.

mod convergence;
mod drafts;

use super::*;
use crate::log::testkit::{Phone, asset, asset_uid, undone};
use crate::log::{
    AssetConfirmed, AssetCorrected, AssetDeclined, AssetVanished, Log, Outcome, Shape, Subject,
};
use std::collections::BTreeSet;

fn subject() -> Subject {
    Subject::Asset(asset_uid(1))
}

fn folded(log: &Log) -> Proposed {
    fold(asset_uid(1), log.about(&subject()), &BTreeSet::new())
}

fn added() -> Kind {
    AssetAdded {
        asset: asset(1),
        shape: None,
        properties: None,
        photos: vec![],
        note: Some("new".into()),
    }
    .into()
}

fn place(n: i32) -> Position {
    Position { lon: n, lat: n }
}

fn moved(n: i32) -> Kind {
    AssetCorrected {
        shape: Some(Shape::Point(place(n))),
        ..Default::default()
    }
    .into()
}

fn vanished(reason: &str) -> Kind {
    AssetVanished {
        reason: Some(reason.into()),
        ..Default::default()
    }
    .into()
}

fn confirmed(proposal: EventId) -> Kind {
    AssetConfirmed {
        proposal,
        note: None,
    }
    .into()
}

fn declined(proposal: EventId) -> Kind {
    AssetDeclined {
        proposal,
        reason: "no".into(),
    }
    .into()
}

fn standing(all: &Proposed, id: EventId) -> Standing {
    all.get(id).unwrap().standing
}

#[test]
fn what_is_put_on_the_map_is_shown_at_once_and_counts_once_it_is_confirmed() {
    let mut phone = Phone::new(1);
    let add = phone.say(subject(), added());
    let all = folded(&phone.log);
    assert_eq!(all.mark(), Some(Says::Added));
    assert_eq!(all.get(add).unwrap().note(), Some("new"));
    assert!(all.added.is_some() && !all.is_part);
    assert!(!all.amendment().unwrap().is_part);
    assert_eq!(all.confirmed(), None);

    let confirm = phone.say(subject(), confirmed(add));
    let all = folded(&phone.log);
    assert_eq!((all.mark(), all.is_part), (None, true));
    assert_eq!(standing(&all, add), Standing::Confirmed);
    assert_eq!(all.get(add).unwrap().decision().unwrap().event, confirm);
    assert_eq!(all.confirmed(), all.amendment());

    phone.say(subject(), undone([confirm]));
    let all = folded(&phone.log);
    assert_eq!(standing(&all, add), Standing::Open, "it is open again");
    assert!(!all.is_part);
}

#[test]
fn what_is_declined_or_taken_back_is_not_on_the_map() {
    for decline in [true, false] {
        let mut phone = Phone::new(1);
        let add = phone.say(subject(), added());
        let what = match decline {
            true => declined(add),
            false => undone([add]),
        };
        let last = phone.say(subject(), what);
        let all = folded(&phone.log);
        assert_eq!((all.amendment(), all.mark()), (None, None));
        assert!(!all.is_part);
        phone.say(subject(), undone([last]));
        assert!(folded(&phone.log).amendment().is_some(), "back again");
    }
}

#[test]
fn what_is_said_to_be_missing_is_there_until_that_is_confirmed() {
    for (reason, says) in [
        (MISSING, Says::Missing),
        (STOLEN, Says::Stolen),
        ("built over", Says::Gone),
    ] {
        let mut phone = Phone::new(1);
        let gone = phone.say(subject(), vanished(reason));
        let all = folded(&phone.log);
        assert_eq!(
            (all.mark(), all.is_gone, all.is_part),
            (Some(says), false, true)
        );
        assert_eq!(all.amendment(), None, "its layer's row is shown");
        phone.say(subject(), confirmed(gone));
        let all = folded(&phone.log);
        assert_eq!((all.mark(), all.is_gone, all.is_part), (None, true, false));
        assert!(all.amendment().unwrap().is_gone);
    }
}

#[test]
fn of_two_decisions_the_first_in_causal_order_holds_and_the_other_is_shown() {
    let mut crew = Phone::new(1);
    let gone = crew.say(subject(), vanished(MISSING));
    let (mut one, mut two) = (Phone::new(2), Phone::new(3));
    one.learn(&crew);
    two.learn(&crew);
    let yes = one.say(subject(), confirmed(gone));
    let no = two.say(subject(), declined(gone));
    one.meet(&mut two);
    let all = folded(&one.log);
    assert_eq!(folded(&two.log), all);
    let proposal = all.get(gone).unwrap();
    // Neither knew of the other: the smaller id comes first.
    let first = yes.min(no);
    assert_eq!(proposal.decision().unwrap().event, first);
    assert_eq!(all.is_gone, first == yes);
    let others: Vec<_> = proposal.others().iter().map(|d| d.event).collect();
    assert_eq!(others, [yes.max(no)]);
    assert!(
        proposal.is_disputed,
        "until somebody who knows both decides"
    );
    let same = match first == yes {
        true => confirm(&all, gone, None),
        false => decline(&all, gone, "it is there"),
    };
    let mut both = one.clone();
    let same = same.unwrap();
    both.say(same.subject, same.kind);
    assert!(!folded(&both.log).get(gone).unwrap().waits());

    // Whoever wants otherwise takes the first back: then the second holds.
    one.say(subject(), undone([first]));
    assert_eq!(folded(&one.log).is_gone, first != yes);

    // A decision against one that was known comes second too.
    let mut late = Phone::new(4);
    late.learn(&crew);
    late.say(subject(), confirmed(gone));
    late.say(subject(), declined(gone));
    assert!(folded(&late.log).is_gone);
}

/// A crew's phone that proposed something and one of a supervisor that has heard of it.
fn crew_and_office(says: Kind) -> (Phone, Phone, EventId) {
    let (mut crew, mut office) = (Phone::new(1), Phone::new(2));
    let id = crew.say(subject(), says);
    office.learn(&crew);
    (crew, office, id)
}

#[test]
fn a_confirmation_outlasts_a_taking_back_that_did_not_know_it() {
    let (mut crew, mut office, add) = crew_and_office(added());
    let yes = office.say(subject(), confirmed(add));
    let back = crew.say(subject(), undone([add]));
    assert_eq!(standing(&folded(&crew.log), add), Standing::TakenBack);
    crew.meet(&mut office);
    let all = folded(&crew.log);
    assert_eq!(folded(&office.log), all);
    let proposal = all.get(add).unwrap();
    assert_eq!(proposal.standing, Standing::Confirmed);
    assert!(all.is_part && all.added.is_some());
    let unheard: Vec<_> = proposal.unheard.iter().map(|u| u.event).collect();
    assert_eq!((unheard, proposal.is_disputed), (vec![back], true));
    assert!(proposal.waits());

    // A person ends it, the one way or the other.
    let mut gone = office.clone();
    gone.say(subject(), undone([yes]));
    assert_eq!(standing(&folded(&gone.log), add), Standing::TakenBack);
    let again = confirm(&all, add, None).unwrap();
    assert_eq!(decline(&all, add, "no").err(), Some(Refusal::Decided));
    office.say(again.subject, again.kind);
    let all = folded(&office.log);
    let proposal = all.get(add).unwrap();
    assert!(!proposal.waits() && proposal.standing == Standing::Confirmed);
    assert_eq!(confirm(&all, add, None).err(), Some(Refusal::Decided));
}

#[test]
fn who_knew_that_it_was_confirmed_and_took_it_back_has_taken_it_back() {
    let (mut crew, mut office, add) = crew_and_office(added());
    office.say(subject(), confirmed(add));
    crew.learn(&office);
    crew.say(subject(), undone([add]));
    office.learn(&crew);
    assert_eq!(standing(&folded(&office.log), add), Standing::TakenBack);
    // Nobody confirms what they know to have been taken back.
    office.say(subject(), confirmed(add));
    assert_eq!(standing(&folded(&office.log), add), Standing::TakenBack);
}

#[test]
fn what_was_declined_and_taken_back_at_once_is_no_dispute() {
    let (mut crew, mut office, add) = crew_and_office(added());
    office.say(subject(), declined(add));
    crew.say(subject(), undone([add]));
    office.learn(&crew);
    let all = folded(&office.log);
    assert_eq!(standing(&all, add), Standing::TakenBack);
    assert!(!all.get(add).unwrap().waits());
}

#[test]
fn of_two_places_one_that_was_confirmed_counts_and_a_later_word_overrules() {
    let mut crew = Phone::new(1);
    let (mut one, mut two) = (Phone::new(2), Phone::new(3));
    let here = one.say(subject(), moved(1));
    let there = two.say(subject(), moved(2));
    one.meet(&mut two);
    let first = if here < there { 1 } else { 2 };
    assert_eq!(folded(&one.log).at, Some(place(first)));
    assert_eq!(folded(&one.log).mark(), Some(Says::Moved));

    // The other one is confirmed.
    let (second, at) = if here < there { (there, 2) } else { (here, 1) };
    one.say(subject(), confirmed(second));
    assert_eq!(folded(&one.log).at, Some(place(at)));
    assert_eq!(
        folded(&one.log).mark(),
        Some(Says::Moved),
        "the other waits"
    );

    // Who knew all that and moves it again is shown at once, as a proposal.
    crew.learn(&one);
    crew.say(subject(), moved(3));
    assert_eq!(folded(&crew.log).at, Some(place(3)));
    let exported = folded(&crew.log).confirmed().unwrap();
    assert_eq!(
        exported.at,
        Some(place(at)),
        "an export waits for a decision"
    );

    // Without knowledge of the confirmation, it does not take its place.
    two.say(subject(), moved(4));
    one.learn(&two);
    assert_eq!(folded(&one.log).at, Some(place(at)));
}

#[test]
fn a_place_that_was_confirmed_is_shown_whichever_comes_first_in_causal_order() {
    let mut orders = BTreeSet::new();
    for (one, two) in [(2, 22), (22, 2)] {
        let (mut one, mut two) = (Phone::new(one), Phone::new(two));
        let here = one.say(subject(), moved(1));
        let confirm = one.say(subject(), confirmed(here));
        let there = two.say(subject(), moved(2));
        one.meet(&mut two);
        let all = folded(&two.log);
        assert_eq!(all.at, Some(place(1)));
        assert_eq!(all.mark(), Some(Says::Moved), "the other waits");
        orders.insert(here < there && confirm < there);
    }
    assert_eq!(orders.len(), 2, "both orders were tried");
}

#[test]
fn an_added_asset_can_be_moved_and_be_gone() {
    let mut phone = Phone::new(1);
    phone.say(subject(), added());
    let to = phone.say(subject(), moved(7));
    let all = folded(&phone.log);
    let amendment = all.amendment().unwrap();
    assert_eq!(amendment.at, Some(place(7)));
    assert!(amendment.added.is_some());
    assert_eq!(all.mark(), Some(Says::Added), "the graver one");
    phone.say(subject(), declined(to));
    assert_eq!(folded(&phone.log).at, None);
}

#[test]
fn what_the_server_refused_counts_nowhere_and_comes_again_with_its_right() {
    let mut phone = Phone::new(1);
    let add = phone.say(subject(), added());
    let confirm = phone.say(subject(), confirmed(add));
    let mut all = Proposals::from_log(&phone.log, BTreeSet::new());
    assert!(all.get(asset_uid(1)).unwrap().is_part);
    let changed = all.set_refused(confirm, true, &phone.log);
    assert_eq!(changed, [asset_uid(1)]);
    assert!(!all.get(asset_uid(1)).unwrap().is_part);
    assert!(
        all.set_refused(confirm, true, &phone.log).is_empty(),
        "no news"
    );
    all.set_refused(add, true, &phone.log);
    assert_eq!(all.amendments(), []);
    assert_eq!(
        standing(all.get(asset_uid(1)).unwrap(), add),
        Standing::Refused
    );
    all.set_refused(add, false, &phone.log);
    all.set_refused(confirm, false, &phone.log);
    assert_eq!(all, Proposals::from_log(&phone.log, BTreeSet::new()));
}

#[test]
fn a_newer_versions_word_makes_it_read_only_and_is_passed_on_untouched() {
    let mut phone = Phone::new(1);
    phone.say(subject(), added());
    let event = phone.log.events().next().unwrap();
    let text = String::from_utf8(event.raw().to_vec()).unwrap();
    let id = crate::log::testkit::event_id(9, 9).to_string();
    let text = text
        .replace(&event.id().unwrap().to_string(), &id)
        .replace("asset_added", "asset_painted");
    let newer = crate::log::Event::read(text.clone().into_bytes());
    assert_eq!(phone.log.insert(newer.clone()).outcome, Outcome::Inserted);
    let all = folded(&phone.log);
    assert!(all.read_only && all.added.is_some());
    assert_eq!(newer.raw(), text.as_bytes());
    assert_eq!(
        vanish(asset_uid(1), Some(&all), AssetVanished::default()).err(),
        Some(Refusal::ReadOnly)
    );
}
