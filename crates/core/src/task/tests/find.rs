//! Defects: what can be said of one, and what may be the same.

use super::*;
use crate::log::testkit::{catalog, on_asset, plotted, round, work};
use crate::log::{Found, Photo, Target};
use std::sync::Arc;

fn found(asset: u8, kind: Option<&str>, defect: &str) -> Found {
    Found {
        target: on_asset(asset),
        work: kind.map(work),
        defect: Some(defect.into()),
        severity: None,
        dangerous: false,
        photos: vec![],
    }
}

fn say(found: Found) -> Result<Drafted, Refusal> {
    find(task_uid(1), found, &catalog())
}

#[test]
fn something_must_be_said_of_a_defect() {
    assert!(say(found(1, Some("drain-clear"), " ")).is_ok());
    assert!(say(found(1, None, "it smells")).is_ok());
    assert_eq!(say(found(1, None, "  ")), Err(Refusal::Empty));
    let photo = Photo {
        sha256: "ab12".into(),
        private: None,
        role: None,
    };
    let seen = Found {
        photos: vec![photo],
        ..found(1, None, "")
    };
    assert!(say(seen).is_ok());
    let odd = say(found(1, Some("pothole-patch"), "a drain has no hole"));
    assert!(matches!(odd, Err(Refusal::WorkNotForAsset { .. })));
}

#[test]
fn a_defect_is_a_task_from_the_start() {
    let mut phone = Phone::new(1);
    phone.on_task(1, found(1, Some("drain-clear"), "blocked"));
    let task = seen(&phone);
    assert!(task.is_open() && !task.is_dangerous());
    assert_eq!(
        task.note.any().cloned().flatten().as_deref(),
        Some("blocked")
    );
    let mut other = Phone::new(1);
    other.on_task(
        1,
        Found {
            dangerous: true,
            ..found(1, Some("drain-clear"), "")
        },
    );
    assert!(seen(&other).is_dangerous());
}

#[test]
fn what_is_open_on_the_same_asset_or_near_and_of_the_same_kind_may_be_the_same() {
    // Assets of the kit lie 0.8 cm apart, by their numbers.
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted("drain-clear", on_asset(1)));
    phone.on_task(2, plotted("drain-check", on_asset(1)));
    phone.on_task(3, plotted("drain-clear", round([7, 8])));
    phone.on_task(4, plotted("drain-clear", on_asset(9)));
    phone.on_task(4, cleared("1"));
    phone.on_task(5, found(1, None, "it smells"));
    let tasks: Vec<Task> = (1..=5).map(|n| folded(&phone.log, n)).collect();
    let check = |target: &Target, expect: &[u8]| {
        let same = alike(tasks.iter(), target, &work("drain-clear"));
        let uids: Vec<_> = same.iter().map(|task| task.uid).collect();
        let expect: Vec<_> = expect.iter().map(|n| task_uid(*n)).collect();
        assert_eq!(uids, expect);
    };
    check(&on_asset(1), &[1, 5, 3]);
    check(&on_asset(8), &[3, 1, 5]);
    let far = |metres: i32| {
        let mut asset = crate::log::testkit::asset(200);
        asset.at.lat += metres * 90; // 1e-7 degrees, about 1.11 cm each
        Arc::new(Target::Asset(asset))
    };
    check(&far(20), &[3, 1, 5]);
    check(&far(30), &[]);
}
