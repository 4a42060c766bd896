//! What administrators do with accounts, and what stands of it.

use super::super::*;
use crate::account::act::{Deed, Refusal, all, draft, is_id, take_back};
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::log::ActorId;
use crate::log::testkit::Phone;

fn add(name: &str, role: Role) -> Deed {
    let (name, crews) = (name.into(), vec![CrewId("road".into())]);
    Deed::Add { name, role, crews }
}

fn boss() -> ActorId {
    ActorId::from("boss")
}

fn does(phone: &mut Phone, id: &str, deed: Deed) -> EventId {
    let draft = draft(&phone.log, &boss(), id, deed).unwrap();
    phone.say(draft.subject, draft.kind)
}

fn refused(phone: &Phone, id: &str, deed: Deed) -> Refusal {
    draft(&phone.log, &boss(), id, deed).unwrap_err()
}

#[test]
fn an_account_is_made_changed_and_locked_and_each_is_taken_back() {
    let mut phone = Phone::new(1);
    does(&mut phone, "li", add(" 李工 ", Role::Crew));
    let promoted = does(&mut phone, "li", Deed::Role(Role::Supervisor));
    does(&mut phone, "li", Deed::Crews(Vec::new()));
    does(&mut phone, "li", Deed::Lock(true));
    let now = |phone: &Phone| {
        let (accounts, _) = all(&phone.log);
        let [li] = &accounts[..] else {
            panic!("{accounts:?}")
        };
        (li.name.clone(), li.role, li.crews.len(), li.locked)
    };
    assert_eq!(now(&phone), ("李工".into(), Role::Supervisor, 0, true));
    let back = take_back(&phone.log, &boss(), promoted).unwrap();
    phone.say(back.subject, back.kind);
    assert_eq!(now(&phone), ("李工".into(), Role::Crew, 0, true));
    let again = take_back(&phone.log, &boss(), promoted);
    assert_eq!(again.unwrap_err(), Refusal::NotStanding);
    let (_, done) = all(&phone.log);
    let told: Vec<_> = done.iter().map(|d| (&d.deed, d.is_taken_back)).collect();
    assert_eq!(
        told,
        [
            (&Deed::Lock(true), false),
            (&Deed::Crews(Vec::new()), false),
            (&Deed::Role(Role::Supervisor), true),
            (&add("李工", Role::Crew), false),
        ]
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut phone = Phone::new(1);
    assert_eq!(refused(&phone, "li", Deed::Lock(true)), Refusal::Unknown);
    for id in ["", "李", "a b", "operator", &"a".repeat(33)] {
        assert!(!is_id(id));
        assert_eq!(refused(&phone, id, add("x", Role::Crew)), Refusal::BadId);
    }
    let demo = refused(&phone, "demo-li", add("x", Role::Crew));
    assert_eq!(demo, Refusal::Demo);
    assert_eq!(
        refused(&phone, "li", add(" ", Role::Crew)),
        Refusal::BadName
    );
    does(&mut phone, "li", add("李", Role::Crew));
    assert_eq!(
        refused(&phone, "li", add("李", Role::Crew)),
        Refusal::Exists
    );
    for same in [
        Deed::Name("李".into()),
        Deed::Role(Role::Crew),
        Deed::Crews(vec![CrewId("road".into()); 2]),
        Deed::Lock(false),
    ] {
        assert_eq!(refused(&phone, "li", same), Refusal::NoChange);
    }
}

#[test]
fn nobody_locks_or_demotes_themselves() {
    let mut phone = Phone::new(1);
    let made = does(&mut phone, "boss", add("我", Role::Administrator));
    assert_eq!(refused(&phone, "boss", Deed::Lock(true)), Refusal::Oneself);
    let demoted = refused(&phone, "boss", Deed::Role(Role::Viewer));
    assert_eq!(demoted, Refusal::Oneself);
    let back = take_back(&phone.log, &boss(), made);
    assert_eq!(back.unwrap_err(), Refusal::Oneself);
    does(&mut phone, "boss", Deed::Name("王".into()));
}
