//! The frozen JSON of answers.

use super::super::*;
use crate::account::Role;
use crate::ids::{EventId, Uuid};
use crate::log::testkit::device_id;

const BREAKS: &str = "devices in the field hold receipts in this form, and may only forget an \
     event when they can read the receipt for it: a changed name leaves their work unsent for ever";

fn frozen(answer: Answer, json: &str) {
    assert_eq!(serde_json::to_string(&answer).unwrap(), json, "{BREAKS}");
    let read: Answer = serde_json::from_str(json).unwrap();
    assert_eq!(
        read, answer,
        "what was written must be read as what was meant"
    );
}

fn answer(verdict: Verdict, again: bool) -> Answer {
    let receipt = Receipt {
        content: Digest([0xab; 32]),
        event: Some(EventId(Uuid::from_u128(
            0x018f_3bcd_0000_7000_8000_0000_0000_0003,
        ))),
        device: Some(device_id(2)),
        seq: Some(17),
        verdict,
    };
    Answer { receipt, again }
}

const AB: &str = "abababababababababababababababababababababababababababababababab";
const CD: &str = "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd";

/// What every receipt of an event with an envelope begins with.
fn begin() -> String {
    format!(
        r#"{{"content":"{AB}","event":"018f3bcd-0000-7000-8000-000000000003","device":"de01ce00-0000-8000-8000-000000000002","seq":17,"#
    )
}

#[test]
fn each_verdict_has_its_form() {
    let chain = Digest([0xcd; 32]);
    let of = |verdict, rest: &str| frozen(answer(verdict, false), &(begin() + rest));
    of(
        Verdict::Accepted { place: 41, chain },
        &format!(r#""verdict":"accepted","place":41,"chain":"{CD}"}}"#),
    );
    of(
        Verdict::Waiting { missing: 16 },
        r#""verdict":"waiting","missing":16}"#,
    );
    of(
        Verdict::Held(Held::OtherContent { first: chain }),
        &format!(r#""verdict":"held","why":"other_content","first":"{CD}"}}"#),
    );
    of(
        Verdict::Held(Held::Locked),
        r#""verdict":"held","why":"locked"}"#,
    );
    of(
        Verdict::Held(Held::Role { role: Role::Viewer }),
        r#""verdict":"held","why":"role","role":"viewer"}"#,
    );
    of(
        Verdict::Held(Held::Carried),
        r#""verdict":"held","why":"carried"}"#,
    );
    of(
        Verdict::Held(Held::Newer),
        r#""verdict":"held","why":"newer"}"#,
    );
    let (role, kind) = (Role::Crew, "verified".into());
    of(
        Verdict::Refused(Refused::Permission { role, kind }),
        r#""verdict":"refused","why":"permission","role":"crew","kind":"verified"}"#,
    );
    let detail = "not an event: no kind".into();
    of(
        Verdict::Refused(Refused::Form { detail }),
        r#""verdict":"refused","why":"form","detail":"not an event: no kind"}"#,
    );
    of(
        Verdict::Refused(Refused::Size { bytes: 9, most: 8 }),
        r#""verdict":"refused","why":"size","bytes":9,"most":8}"#,
    );
    let city = "110000".into();
    of(
        Verdict::Refused(Refused::City { city }),
        r#""verdict":"refused","why":"city","city":"110000"}"#,
    );
}

#[test]
fn a_repeated_event_is_answered_with_a_mark() {
    let rest = r#""verdict":"waiting","missing":16,"again":true}"#;
    frozen(
        answer(Verdict::Waiting { missing: 16 }, true),
        &(begin() + rest),
    );
}

#[test]
fn what_has_no_id_is_named_by_its_bytes() {
    let detail = "x".into();
    let mut nameless = answer(Verdict::Refused(Refused::Form { detail }), false);
    nameless.receipt.event = None;
    nameless.receipt.device = None;
    nameless.receipt.seq = None;
    frozen(
        nameless,
        &format!(r#"{{"content":"{AB}","verdict":"refused","why":"form","detail":"x"}}"#),
    );
}
