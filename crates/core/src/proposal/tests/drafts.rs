//! What is offered makes sense, and what makes none is refused.

use super::*;
use crate::catalog::{AssetKind, AssetKindId, GeometryType, Locates};
use crate::log::testkit::catalog;
use crate::log::{AssetSnapshot, Draft};

fn new(kind: &str) -> AssetAdded {
    AssetAdded {
        asset: AssetSnapshot {
            kind: AssetKindId(kind.into()),
            ..asset(1)
        },
        shape: None,
        properties: None,
        photos: vec![],
        note: None,
    }
}

fn say(phone: &mut Phone, draft: Result<Draft, Refusal>) -> EventId {
    let Draft { subject, kind } = draft.unwrap();
    phone.say(subject, kind)
}

#[test]
fn only_points_of_a_kind_that_a_layer_takes_are_put_on_the_map() {
    assert!(add(new("storm-drain"), &catalog()).is_ok());
    assert_eq!(add(new("road"), &catalog()), Err(Refusal::NotAPoint));
    assert_eq!(add(new("bus-stop"), &catalog()), Err(Refusal::UnknownKind));
}

#[test]
fn what_tells_where_one_is_and_areas_are_never_missing() {
    let catalog = catalog();
    let kind = |id: &str| catalog.asset_kind(&AssetKindId(id.into())).unwrap();
    assert!(can_vanish(kind("storm-drain")));
    assert!(can_vanish(kind("road")), "a line, such as a railing");
    let street = AssetKind {
        locates: Some(Locates::Street),
        ..kind("road").clone()
    };
    let park = AssetKind {
        geometry: GeometryType::Polygon,
        ..kind("storm-drain").clone()
    };
    assert!(!can_vanish(&street) && !can_vanish(&park));
}

#[test]
fn a_proposal_goes_from_the_spot_to_the_layer_and_back() {
    let mut phone = Phone::new(1);
    let add = say(&mut phone, add(new("storm-drain"), &catalog()));
    let all = folded(&phone.log);
    assert_eq!(decline(&all, add, " "), Err(Refusal::Empty));
    let yes = say(&mut phone, confirm(&all, add, None));
    let all = folded(&phone.log);
    assert_eq!(confirm(&all, add, None), Err(Refusal::Decided));
    assert_eq!(decline(&all, add, "no"), Err(Refusal::Decided));
    assert_eq!(confirm(&all, yes, None), Err(Refusal::NoProposal));

    let back = say(&mut phone, take_back(&all, yes));
    let all = folded(&phone.log);
    assert_eq!(take_back(&all, back), Err(Refusal::NoProposal));
    assert_eq!(take_back(&all, yes), Err(Refusal::NoProposal), "it is back");
    say(&mut phone, decline(&all, add, " there already "));
    let all = folded(&phone.log);
    let decision = all.get(add).unwrap().decision().unwrap();
    assert_eq!(decision.note.as_deref(), Some("there already"));
    say(&mut phone, take_back(&all, add));
    let all = folded(&phone.log);
    assert_eq!(confirm(&all, add, None), Err(Refusal::NoProposal));
}

#[test]
fn what_says_nothing_new_is_refused() {
    let uid = asset_uid(1);
    let moved = |from, to| move_to(uid, None, Some(place(from)), place(to), None, vec![]);
    assert_eq!(moved(1, 1), Err(Refusal::NoChange));
    assert!(moved(1, 2).is_ok());
    let unknown = move_to(uid, None, None, place(1), None, vec![]);
    assert!(unknown.is_ok(), "its layer is not here yet");
    assert_eq!(correct(uid, None, None, vec![]), Err(Refusal::Empty));
    let draft = correct(uid, None, Some("the name".into()), vec![]).unwrap();
    assert_eq!(Says::of(&draft.kind), Some(Says::Wrong));
}

#[test]
fn a_right_is_asked_for_by_the_name_of_its_event() {
    let corrected = AssetCorrected::default();
    for (says, kind) in [
        (Says::Added, added()),
        (Says::Moved, moved(1)),
        (Says::Wrong, corrected.into()),
        (Says::Missing, vanished(MISSING)),
        (Says::Stolen, vanished(STOLEN)),
        (Says::Gone, vanished("built over")),
    ] {
        assert_eq!((Says::of(&kind), says.kind()), (Some(says), kind.name()));
    }
}
