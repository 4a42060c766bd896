//! From events to an account.

use super::super::*;
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::log::testkit::{Phone, undone};
use crate::log::{AccountAdded, AccountChanged, AccountLocked, ActorId, Event, Kind, Subject};
use proptest::prelude::*;
use std::sync::Arc;

pub(super) fn li() -> ActorId {
    ActorId::from("li")
}

pub(super) fn crews(names: &[&str]) -> Vec<CrewId> {
    names.iter().map(|n| CrewId((*n).into())).collect()
}

pub(super) fn added(role: &str, in_crews: &[&str]) -> Kind {
    AccountAdded {
        name: "李".into(),
        role: role.into(),
        crews: crews(in_crews),
    }
    .into()
}

pub(super) fn changed(role: Option<&str>, in_crews: Option<&[&str]>) -> Kind {
    AccountChanged {
        name: None,
        role: role.map(Into::into),
        crews: in_crews.map(crews),
    }
    .into()
}

fn locked(locked: bool) -> Kind {
    AccountLocked {
        locked,
        reason: None,
    }
    .into()
}

fn say(phone: &mut Phone, kind: Kind) -> EventId {
    phone.say(Subject::Account(li()), kind)
}

fn events(phone: &Phone) -> Vec<Arc<Event>> {
    phone.log.events().cloned().collect()
}

fn seen(phone: &Phone) -> Account {
    Account::fold(&li(), &events(phone)).expect("an account")
}

#[test]
fn an_account_is_made_changed_and_locked() {
    let mut p = Phone::new(1);
    assert_eq!(Account::fold(&li(), &events(&p)), None);
    say(&mut p, added("crew", &["drain-2", "drain-1"]));
    assert_eq!(seen(&p).crews, crews(&["drain-1", "drain-2"]));
    say(&mut p, changed(Some("supervisor"), None));
    let supervisor = seen(&p);
    assert_eq!(
        (supervisor.role, supervisor.locked),
        (Role::Supervisor, false)
    );
    assert_eq!(supervisor.ever, [Role::Crew, Role::Supervisor]);
    let lock = say(&mut p, locked(true));
    assert!(seen(&p).locked);
    say(&mut p, undone([lock]));
    assert!(!seen(&p).locked);
}

#[test]
fn of_two_who_did_not_know_of_each_other_the_more_careful_counts() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    say(&mut a, added("crew", &["drain-1"]));
    a.meet(&mut b);
    say(
        &mut a,
        changed(Some("administrator"), Some(&["drain-1", "drain-2"])),
    );
    say(
        &mut b,
        changed(Some("supervisor"), Some(&["drain-2", "lamp-1"])),
    );
    say(&mut b, locked(true));
    say(&mut a, locked(false));
    a.meet(&mut b);
    let account = seen(&a);
    assert_eq!(account, seen(&b));
    assert_eq!(account.role, Role::Supervisor);
    assert_eq!(account.crews, crews(&["drain-2"]));
    assert!(account.locked);
    say(&mut b, locked(false));
    assert!(!seen(&b).locked, "who knew both has decided");
}

#[test]
fn a_role_of_a_later_version_is_a_viewers() {
    let mut p = Phone::new(1);
    say(&mut p, added("mayor", &[]));
    assert_eq!(seen(&p).role, Role::Viewer);
}

#[test]
fn anothers_events_and_a_tasks_say_nothing_of_it() {
    let mut p = Phone::new(1);
    say(&mut p, added("viewer", &[]));
    p.say(
        Subject::Account(ActorId::from("wang")),
        added("administrator", &[]),
    );
    p.on_task(1, changed(Some("administrator"), None));
    assert_eq!(seen(&p).role, Role::Viewer);
}

proptest! {
    /// Three administrators who meet now and then agree in the end, in any order of arrival.
    #[test]
    fn any_order_same_account(
        steps in prop::collection::vec((0..3usize, 0..7usize), 1..24),
        order in any::<u64>(),
    ) {
        let mut phones = [1, 2, 3].map(Phone::new);
        say(&mut phones[0], added("crew", &["drain-1"]));
        for (who, what) in steps {
            let kind = match what {
                0 => changed(Some("viewer"), None),
                1 => changed(Some("supervisor"), Some(&["drain-2"])),
                2 => changed(None, Some(&["drain-1", "drain-2"])),
                3 => locked(true),
                4 => locked(false),
                5 => {
                    let last = phones[who].log.events().filter_map(|e| e.id()).last();
                    undone(last)
                }
                _ => {
                    let other = phones[(who + 1) % 3].clone();
                    phones[who].learn(&other);
                    continue;
                }
            };
            say(&mut phones[who], kind);
        }
        let (b, c) = (phones[1].clone(), phones[2].clone());
        phones[0].learn(&b);
        phones[0].learn(&c);
        let mut all = events(&phones[0]);
        let account = Account::fold(&li(), &all);
        let by = |e: &Arc<Event>| e.id().map(|id| (id.0.as_u128() ^ u128::from(order)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        all.sort_by_key(by);
        prop_assert_eq!(Account::fold(&li(), &all), account);
    }
}
