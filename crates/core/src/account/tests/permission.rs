//! Each permission by an example.

use super::super::*;
use super::fold::{added, crews, li};
use crate::log::testkit::{CITY, Phone, device_id, event_id, on_asset, plotted, task_uid, undone};
use crate::log::{
    Accepted, ActorId, Draft, Event, Kind, Log, Moment, Noted, Stamp, Subject, Verified,
};
use crate::sync::{Held, Refused};

fn account(role: Role, in_crews: &[&str]) -> Account {
    Account {
        id: li(),
        name: "李".into(),
        role,
        crews: crews(in_crews),
        locked: false,
        ever: vec![role],
        ever_in: crews(in_crews),
    }
}

/// An event of device 1 in somebody's name.
fn by(actor: &str, subject: Subject, kind: impl Into<Kind>) -> Event {
    let stamp = Stamp {
        id: event_id(1, 1),
        device: device_id(1),
        seq: 1,
        actor: ActorId::from(actor),
        at: Moment::from_millis(1_714_698_764_000, 480).unwrap(),
        offset_ms: 0,
    };
    Log::new(CITY)
        .seal(Draft::new(subject, kind), stamp)
        .unwrap()
}

fn on_task(actor: &str, kind: impl Into<Kind>) -> Event {
    by(actor, Subject::Task(task_uid(1)), kind)
}

fn accepted() -> Kind {
    Accepted { note: None }.into()
}

fn verified() -> Kind {
    Verified {
        report: event_id(2, 1),
        note: None,
        photos: Vec::new(),
    }
    .into()
}

fn asked(event: &Event, account: &Account, device_of: Option<&str>) -> Permission {
    let owner = device_of.map(ActorId::from);
    let takes_back = &[];
    permission(
        event,
        Carrier {
            account,
            device_of: owner.as_ref(),
            takes_back,
        },
    )
}

fn refused(role: Role, kind: &str) -> Permission {
    let kind = kind.into();
    Permission::Refused(Refused::Permission { role, kind })
}

#[test]
fn a_crew_acts_in_its_own_name_and_in_no_others() {
    let crew = account(Role::Crew, &["drain-1"]);
    let own_device = format!("device-{}", device_id(1));
    for actor in ["li", "drain-1", &own_device] {
        assert_eq!(
            asked(&on_task(actor, accepted()), &crew, None),
            Permission::Granted,
            "{actor}"
        );
    }
    let other_device = format!("device-{}", device_id(2));
    for actor in ["wang", "drain-2", "", &other_device] {
        assert_eq!(
            asked(&on_task(actor, accepted()), &crew, None),
            refused(Role::Crew, "accepted"),
            "{actor}"
        );
    }
    assert_eq!(
        asked(&on_task("li", verified()), &crew, None),
        refused(Role::Crew, "verified")
    );
}

#[test]
fn a_supervisor_enters_for_a_crew_but_decides_in_no_others_name() {
    let supervisor = account(Role::Supervisor, &[]);
    let entered = on_task("drain-2", plotted("drain-clear", on_asset(1)));
    assert_eq!(asked(&entered, &supervisor, None), Permission::Granted);
    let decided = on_task("wang", verified());
    assert_eq!(
        asked(&decided, &supervisor, None),
        refused(Role::Supervisor, "verified")
    );
}

#[test]
fn what_an_earlier_role_or_crew_allowed_is_held() {
    let mut moved = account(Role::Viewer, &[]);
    moved.ever.push(Role::Crew);
    let held = Permission::Held(Held::Role { role: Role::Viewer });
    assert_eq!(asked(&on_task("li", accepted()), &moved, None), held);
    assert_eq!(
        asked(&on_task("li", verified()), &moved, None),
        refused(Role::Viewer, "verified")
    );
    let mut elsewhere = account(Role::Crew, &["drain-2"]);
    elsewhere.ever_in = crews(&["drain-1", "drain-2"]);
    let held = Permission::Held(Held::Role { role: Role::Crew });
    assert_eq!(
        asked(&on_task("drain-1", accepted()), &elsewhere, None),
        held
    );
}

#[test]
fn a_locked_accounts_work_is_held_whatever_it_is() {
    let mut locked = account(Role::Administrator, &[]);
    locked.locked = true;
    assert_eq!(
        asked(&on_task("li", verified()), &locked, None),
        Permission::Held(Held::Locked)
    );
}

#[test]
fn what_another_carries_is_held_unless_a_supervisor_carries_it() {
    let event = on_task("drain-1", accepted());
    let crew = account(Role::Crew, &["drain-1"]);
    assert_eq!(
        asked(&event, &crew, Some("wang")),
        Permission::Held(Held::Carried)
    );
    assert_eq!(asked(&event, &crew, Some("li")), Permission::Granted);
    let supervisor = account(Role::Supervisor, &[]);
    assert_eq!(
        asked(&event, &supervisor, Some("wang")),
        Permission::Granted
    );
    // A decision is its author's to bring, who may well have the right to it.
    assert_eq!(
        asked(&on_task("wang", verified()), &supervisor, Some("wang")),
        Permission::Held(Held::Carried)
    );
}

#[test]
fn accounts_and_configuration_are_an_administrators_whatever_the_kind() {
    let remark = || Noted {
        text: "x".into(),
        asset: None,
        photos: Vec::new(),
    };
    for subject in [Subject::Account(li()), Subject::City(CITY.into())] {
        let event = by("li", subject, remark());
        assert_eq!(
            asked(&event, &account(Role::Supervisor, &[]), None),
            refused(Role::Supervisor, "noted")
        );
        assert_eq!(
            asked(&event, &account(Role::Administrator, &[]), None),
            Permission::Granted
        );
    }
}

#[test]
fn who_takes_back_needs_the_right_to_write() {
    let event = on_task("li", undone([event_id(2, 1)]));
    let asked = |role, takes_back: &[&str]| {
        let account = account(role, &[]);
        permission(
            &event,
            Carrier {
                account: &account,
                device_of: None,
                takes_back,
            },
        )
    };
    assert_eq!(asked(Role::Crew, &["reported"]), Permission::Granted);
    assert_eq!(
        asked(Role::Crew, &["reported", "verified"]),
        refused(Role::Crew, "undone")
    );
    assert_eq!(asked(Role::Supervisor, &["verified"]), Permission::Granted);
}

#[test]
fn what_nobody_here_can_read_is_held() {
    let text = std::str::from_utf8(on_task("li", accepted()).raw())
        .unwrap()
        .replace("\"accepted\"", "\"crowned\"");
    let newer = Event::read(text.into_bytes());
    assert_eq!(
        asked(&newer, &account(Role::Administrator, &[]), None),
        Permission::Held(Held::Newer)
    );
}

#[test]
fn what_is_no_event_is_another_rules_affair() {
    let noise = Event::read(b"{".to_vec());
    assert_eq!(
        asked(&noise, &account(Role::Viewer, &[]), None),
        Permission::Granted
    );
}

#[test]
fn an_account_of_the_log_is_asked_as_it_is_folded() {
    let mut phone = Phone::new(3);
    phone.say(Subject::Account(li()), added("crew", &["drain-1"]));
    let events: Vec<_> = phone.log.events().cloned().collect();
    let account = Account::fold(&li(), &events).unwrap();
    assert_eq!(
        asked(&on_task("drain-1", accepted()), &account, None),
        Permission::Granted
    );
}
