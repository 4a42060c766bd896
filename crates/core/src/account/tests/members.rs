//! Which account is of which crew.

use super::super::*;
use super::fold::{added, changed, li};
use crate::log::testkit::{Phone, undone};
use crate::log::{ActorId, Subject};

fn crew(phone: &Phone, id: &ActorId) -> Option<String> {
    let members = Members::from_log(&phone.log);
    members.crew(id).map(ToString::to_string)
}

#[test]
fn an_account_of_one_crew_is_of_that_and_one_of_two_of_none() {
    let mut p = Phone::new(1);
    assert_eq!(crew(&p, &li()), None);
    p.say(Subject::Account(li()), added("crew", &[]));
    assert_eq!(crew(&p, &li()), None);
    p.say(Subject::Account(li()), changed(None, Some(&["drain-1"])));
    p.say(Subject::Account(li()), changed(Some("supervisor"), None));
    assert_eq!(crew(&p, &li()), Some("drain-1".into()));
    let other = ActorId::from("wang");
    p.say(Subject::Account(other.clone()), added("crew", &["lamp-1"]));
    assert_eq!(crew(&p, &other), Some("lamp-1".into()));
    // Since when it belongs to another nobody says; what was a mistake was not so.
    let moved = p.say(Subject::Account(li()), changed(None, Some(&["drain-2"])));
    assert_eq!(crew(&p, &li()), None);
    p.say(Subject::Account(li()), undone([moved]));
    assert_eq!(crew(&p, &li()), Some("drain-1".into()));
    p.say(
        Subject::Account(other.clone()),
        changed(None, Some(&["lamp-1", "road-1"])),
    );
    assert_eq!(crew(&p, &other), None);
}
