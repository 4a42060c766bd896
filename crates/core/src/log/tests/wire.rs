//! The frozen bytes of the wire format.

use super::super::testkit::{CITY, asset_uid, device_id, event_id, task_uid};
use super::super::*;
use crate::catalog::{AssetKindId, CrewId, PrecheckId, UnitId};
use std::sync::Arc;

const BREAKS: &str = "these bytes lie in the logs of every device and server: hash chains are \
     over them, and programs of other people read them by these names in this order. If they \
     change, old events are read as newer ones, and the same draft gives another event. A change \
     needs a new version of the format, not a new golden";

/// What every golden begins with: the envelope in its frozen order.
const ENVELOPE: &str = concat!(
    r#"{"v":1,"id":"018f3bcd-0000-7000-8000-000000000003","city":"220382","#,
    r#""subject":{"task":"7a5c0000-0000-8000-8000-000000000001"},"#,
    r#""device":"de01ce00-0000-8000-8000-000000000002","seq":17,"actor":"crew-3","#,
    r#""at":"2024-05-03T09:12:44+08:00","offset_ms":-830,"#,
    r#""saw":["018f3bcd-0000-7000-8000-000000000001","018f3bcd-0000-7000-8000-000000000002"],"#,
);

fn id(n: u128) -> crate::ids::EventId {
    crate::ids::EventId(uuid::Uuid::from_u128(
        0x018f_3bcd_0000_7000_8000_0000_0000_0000 + n,
    ))
}

fn stamp() -> Stamp {
    Stamp {
        id: id(3),
        device: device_id(2),
        seq: 17,
        actor: "crew-3".into(),
        at: "2024-05-03T09:12:44+08:00".parse().unwrap(),
        offset_ms: -830,
    }
}

fn sealed(subject: Subject, kind: Kind) -> Event {
    // Heads in the wrong order and twice: the writer puts them right.
    let saw = [id(2), id(1), id(2)];
    Draft::new(subject, kind).seal(CITY, stamp(), &saw).unwrap()
}

fn frozen(kind: impl Into<Kind>, fields: &str) {
    let kind = kind.into();
    let event = sealed(Subject::Task(task_uid(1)), kind.clone());
    let expected = format!("{ENVELOPE}{fields}");
    assert_eq!(
        std::str::from_utf8(event.raw()).unwrap(),
        expected,
        "{BREAKS}"
    );
    assert_eq!(
        event.kind(),
        Some(&kind),
        "what was written must be read as what was meant"
    );
}

fn photo() -> Photo {
    Photo {
        sha256: "ab12".into(),
        private: Some("cd34".into()),
        role: Some("after".into()),
    }
}

fn asset() -> AssetSnapshot {
    AssetSnapshot {
        uid: asset_uid(7),
        code: Some("2203820104000017".into()),
        name: Some("辽河路 17".into()),
        kind: AssetKindId("storm-drain".into()),
        at: Position::from_degrees(123.5, 43.52).unwrap(),
    }
}

fn full_line() -> WorkLine {
    WorkLine {
        work: super::super::testkit::work("crack-seal"),
        quantity: "1395.840".parse().unwrap(),
        unit: UnitId("m".into()),
        material: Some("sbs".into()),
        measured: Measured::Along,
        covered: vec![Stretch {
            asset: asset_uid(1),
            from_mm: 0,
            to_mm: 1_395_840,
        }],
        patches: vec![("2.5".parse().unwrap(), "1.20".parse().unwrap()).into()],
        assets: vec![asset_uid(1)],
    }
}

const ASSET: &str = concat!(
    r#"{"uid":"a55e0000-0000-8000-8000-000000000007","code":"2203820104000017","#,
    r#""name":"辽河路 17","kind":"storm-drain","at":[1235000000,435200000]}"#,
);

const LINE: &str = concat!(
    r#"{"work":"crack-seal","quantity":"1395.840","unit":"m","material":"sbs","#,
    r#""measured":"along","covered":[["a55e0000-0000-8000-8000-000000000001",0,1395840]],"#,
    r#""patches":[["2.5","1.20"]],"#,
    r#""assets":["a55e0000-0000-8000-8000-000000000001"]}"#,
);

const PHOTOS: &str = r#""photos":[{"sha256":"ab12","private":"cd34","role":"after"}]"#;

#[test]
fn plotted_and_its_targets_are_frozen() {
    let plotted = |target, note: Option<&str>, photos| Plotted {
        work: super::super::testkit::work("drain-clear"),
        target: Arc::new(target),
        note: note.map(Into::into),
        photos,
    };
    frozen(
        plotted(Target::Asset(asset()), Some("堵了"), vec![photo()]),
        &format!(
            r#""kind":"plotted","work":"drain-clear","target":{{"asset":{ASSET}}},"note":"堵了",{PHOTOS}}}"#
        ),
    );
    let round = Round {
        name: Some("辽河路".into()),
        assets: vec![asset()],
    };
    frozen(
        plotted(Target::Round(round), None, vec![]),
        &format!(
            r#""kind":"plotted","work":"drain-clear","target":{{"round":{{"name":"辽河路","assets":[{ASSET}]}}}}}}"#
        ),
    );
    let p = |lon, lat| Position { lon, lat };
    for (shape, wire) in [
        (Shape::Point(p(1, -2)), r#"{"point":[1,-2]}"#),
        (
            Shape::Line(vec![p(1, 2), p(3, 4)]),
            r#"{"line":[[1,2],[3,4]]}"#,
        ),
        (
            Shape::Polygon(vec![vec![p(1, 2), p(3, 4), p(5, 6)]]),
            r#"{"polygon":[[[1,2],[3,4],[5,6]]]}"#,
        ),
    ] {
        let name = Some("桥头".into());
        frozen(
            plotted(Target::Place(Place { shape, name }), None, vec![]),
            &format!(
                r#""kind":"plotted","work":"drain-clear","target":{{"place":{{"shape":{wire},"name":"桥头"}}}}}}"#
            ),
        );
    }
}

#[test]
fn the_way_of_a_task_is_frozen() {
    frozen(
        Found {
            target: Arc::new(Target::Asset(asset())),
            work: Some(super::super::testkit::work("lid-replace")),
            defect: Some("井盖缺失".into()),
            severity: Some("high".into()),
            dangerous: true,
            photos: vec![photo()],
        },
        &format!(
            r#""kind":"found","target":{{"asset":{ASSET}}},"work":"lid-replace","defect":"井盖缺失","severity":"high","dangerous":true,{PHOTOS}}}"#
        ),
    );
    frozen(
        Dispatched {
            crew: Some(CrewId("drain-1".into())),
            due: Some("2024-05-04T18:00:00+08:00".parse().unwrap()),
            priority: Some(1),
            planned: Some("40".parse().unwrap()),
            note: Some("先做路口".into()),
        },
        r#""kind":"dispatched","crew":"drain-1","due":"2024-05-04T18:00:00+08:00","priority":1,"planned":"40","note":"先做路口"}"#,
    );
    frozen(
        Accepted {
            note: Some("好".into()),
        },
        r#""kind":"accepted","note":"好"}"#,
    );
    frozen(
        Started {
            position: Some(Position { lon: 1, lat: 2 }),
            accuracy_mm: Some(5000),
        },
        r#""kind":"started","position":[1,2],"accuracy_mm":5000}"#,
    );
    frozen(
        Verified {
            report: id(1),
            note: Some("干净".into()),
            photos: vec![photo()],
        },
        &format!(
            r#""kind":"verified","report":"018f3bcd-0000-7000-8000-000000000001","note":"干净",{PHOTOS}}}"#
        ),
    );
    frozen(
        Returned {
            report: id(1),
            reason: "还堵".into(),
            photos: vec![photo()],
        },
        &format!(
            r#""kind":"returned","report":"018f3bcd-0000-7000-8000-000000000001","reason":"还堵",{PHOTOS}}}"#
        ),
    );
    frozen(
        Cancelled {
            reason: Some("重复".into()),
        },
        r#""kind":"cancelled","reason":"重复"}"#,
    );
}

#[test]
fn a_report_is_frozen() {
    let reported = Reported {
        lines: vec![full_line()],
        done_on: "2024-05-02".parse().unwrap(),
        with: vec!["王".into()],
        on_behalf: Some("crew-1".into()),
        note: Some("完".into()),
        snapshot: Snapshot {
            street: Some("辽河路".into()),
            community: Some("北兴小区".into()),
            grid: Some("22038200100101".into()),
            catalog: Some(4),
        },
        photos: vec![photo()],
        checked: Vec::new(),
    };
    let fields = format!(
        r#""kind":"reported","lines":[{LINE}],"done_on":"2024-05-02","with":["王"],"on_behalf":"crew-1","note":"完","snapshot":{{"street":"辽河路","community":"北兴小区","grid":"22038200100101","catalog":4}},{PHOTOS}"#
    );
    frozen(reported.clone(), &format!("{fields}}}"));
    let checked = |item: &str, note: Option<&str>| Checked {
        item: item.into(),
        good: note.is_none(),
        note: note.map(Into::into),
    };
    frozen(
        Reported {
            checked: vec![checked("pumps", None), checked("screens", Some("堵"))],
            ..reported
        },
        &format!(
            r#"{fields},"checked":[{{"item":"pumps","good":true}},{{"item":"screens","good":false,"note":"堵"}}]}}"#
        ),
    );
    for (measured, wire) in [
        (Measured::Typed, "typed"),
        (Measured::Counted, "counted"),
        (Measured::Drawn, "drawn"),
        (Measured::Patches, "patches"),
        (Measured::Tracked, "tracked"),
        (Measured::Other("lidar".into()), "lidar"),
    ] {
        let line = WorkLine {
            measured,
            ..super::super::testkit::line("drain-clear", "1", "count")
        };
        frozen(
            super::super::testkit::report(vec![line], "2024-05-02"),
            &format!(
                r#""kind":"reported","lines":[{{"work":"drain-clear","quantity":"1","unit":"count","measured":"{wire}"}}],"done_on":"2024-05-02","snapshot":{{}}}}"#
            ),
        );
    }
}

#[test]
fn what_happens_on_the_way_is_frozen() {
    frozen(
        Ticked {
            asset: asset_uid(1),
            unreached: Some("压车".into()),
            lines: vec![full_line()],
            note: Some("明天".into()),
            photos: vec![photo()],
        },
        &format!(
            r#""kind":"ticked","asset":"a55e0000-0000-8000-8000-000000000001","unreached":"压车","lines":[{LINE}],"note":"明天",{PHOTOS}}}"#
        ),
    );
    frozen(
        MadeSafe {
            precheck: Some(PrecheckId("chamber-entry".into())),
            asset: Some(asset_uid(1)),
            items: vec![0, 2],
            readings: vec![ReadingTaken {
                id: "o2".into(),
                value: "20.9".parse().unwrap(),
            }],
            watcher: Some("李".into()),
            note: Some("通风".into()),
        },
        r#""kind":"made_safe","precheck":"chamber-entry","asset":"a55e0000-0000-8000-8000-000000000001","items":[0,2],"readings":[{"id":"o2","value":"20.9"}],"watcher":"李","note":"通风"}"#,
    );
    frozen(
        Tracked {
            began: "2024-05-03T09:00:00+08:00".parse().unwrap(),
            points: vec![TrackPoint {
                lon: 1,
                lat: 2,
                seconds: 3,
                accuracy_mm: 4000,
            }],
            covered: vec![Stretch {
                asset: asset_uid(1),
                from_mm: 5,
                to_mm: 6,
            }],
        },
        r#""kind":"tracked","began":"2024-05-03T09:00:00+08:00","points":[[1,2,3,4000]],"covered":[["a55e0000-0000-8000-8000-000000000001",5,6]]}"#,
    );
}

#[test]
fn changes_are_frozen() {
    frozen(
        Undone {
            events: vec![id(1), id(2)],
            note: Some("误".into()),
        },
        r#""kind":"undone","events":["018f3bcd-0000-7000-8000-000000000001","018f3bcd-0000-7000-8000-000000000002"],"note":"误"}"#,
    );
    let fields = [
        (Field::Stage, "stage"),
        (Field::Report, "report"),
        (Field::Work, "work"),
        (Field::Target, "target"),
        (Field::Crew, "crew"),
        (Field::Due, "due"),
        (Field::Priority, "priority"),
        (Field::Planned, "planned"),
        (Field::Note, "note"),
    ];
    for (field, wire) in fields {
        let event = id(1);
        frozen(
            Resolved {
                choices: vec![Choice { field, event }],
                note: None,
            },
            &format!(
                r#""kind":"resolved","choices":[{{"field":"{wire}","event":"018f3bcd-0000-7000-8000-000000000001"}}]}}"#
            ),
        );
    }
    frozen(
        Moved {
            target: Arc::new(Target::Asset(asset())),
        },
        &format!(r#""kind":"moved","target":{{"asset":{ASSET}}}}}"#),
    );
    frozen(
        Edited {
            work: Some(super::super::testkit::work("drain-repair")),
            crew: Some(CrewId("drain-2".into())),
            due: Some("2024-05-04T18:00:00+08:00".parse().unwrap()),
            priority: Some(2),
            planned: Some("3.5".parse().unwrap()),
            note: Some("改".into()),
            cleared: vec![Field::Due],
        },
        r#""kind":"edited","work":"drain-repair","crew":"drain-2","due":"2024-05-04T18:00:00+08:00","priority":2,"planned":"3.5","note":"改","cleared":["due"]}"#,
    );
    frozen(
        Noted {
            text: "看过".into(),
            asset: Some(asset_uid(1)),
            photos: vec![photo()],
        },
        &format!(
            r#""kind":"noted","text":"看过","asset":"a55e0000-0000-8000-8000-000000000001",{PHOTOS}}}"#
        ),
    );
}

#[test]
fn assets_configuration_and_accounts_are_frozen() {
    let json = |s: &str| Json(serde_json::value::RawValue::from_string(s.into()).unwrap());
    let shape = Some(Shape::Point(Position { lon: 1, lat: 2 }));
    let added = AssetAdded {
        asset: asset(),
        shape: shape.clone(),
        properties: Some(json(r#"{"DN":300}"#)),
        photos: vec![photo()],
        note: None,
    };
    let fields = format!(
        r#""kind":"asset_added","asset":{ASSET},"shape":{{"point":[1,2]}},"properties":{{"DN":300}},{PHOTOS}"#
    );
    frozen(added.clone(), &format!("{fields}}}"));
    let note = Some("新装".into());
    frozen(
        AssetAdded { note, ..added },
        &format!(r#"{fields},"note":"新装"}}"#),
    );
    frozen(
        AssetCorrected {
            code: Some("2203820104000018".into()),
            name: Some("十八".into()),
            asset_kind: Some(AssetKindId("storm-drain".into())),
            shape,
            properties: Some(json("{}")),
            note: Some("重编".into()),
            photos: vec![photo()],
        },
        &format!(
            r#""kind":"asset_corrected","code":"2203820104000018","name":"十八","asset_kind":"storm-drain","shape":{{"point":[1,2]}},"properties":{{}},"note":"重编",{PHOTOS}}}"#
        ),
    );
    frozen(
        AssetReplaced {
            by: asset_uid(2),
            note: Some("换".into()),
        },
        r#""kind":"asset_replaced","by":"a55e0000-0000-8000-8000-000000000002","note":"换"}"#,
    );
    let vanished = AssetVanished {
        reason: Some("盗".into()),
        photos: vec![photo()],
        note: None,
    };
    let fields = format!(r#""kind":"asset_vanished","reason":"盗",{PHOTOS}"#);
    frozen(vanished.clone(), &format!("{fields}}}"));
    let note = Some("坑还开着".into());
    frozen(
        AssetVanished { note, ..vanished },
        &format!(r#"{fields},"note":"坑还开着"}}"#),
    );
    frozen(
        AssetConfirmed {
            proposal: id(1),
            note: Some("看过".into()),
        },
        r#""kind":"asset_confirmed","proposal":"018f3bcd-0000-7000-8000-000000000001","note":"看过"}"#,
    );
    frozen(
        AssetDeclined {
            proposal: id(1),
            reason: "还在".into(),
        },
        r#""kind":"asset_declined","proposal":"018f3bcd-0000-7000-8000-000000000001","reason":"还在"}"#,
    );
    let set = TradeSet {
        programme: "communities".into(),
        trade: "roof".into(),
        state: "done".into(),
        on: "2024-05-03".parse().unwrap(),
        note: None,
    };
    let fields = r#""kind":"trade_set","programme":"communities","trade":"roof","state":"done","on":"2024-05-03""#;
    frozen(set.clone(), &format!("{fields}}}"));
    let note = Some("雨后再看".into());
    frozen(
        TradeSet { note, ..set },
        &format!(r#"{fields},"note":"雨后再看"}}"#),
    );
    frozen(
        Configured {
            path: "/work_kinds/3/plan/2024".into(),
            value: json("\"120\""),
        },
        r#""kind":"configured","path":"/work_kinds/3/plan/2024","value":"120"}"#,
    );
    frozen(
        AccountAdded {
            name: "王".into(),
            role: "crew".into(),
            crews: vec![CrewId("drain-1".into())],
        },
        r#""kind":"account_added","name":"王","role":"crew","crews":["drain-1"]}"#,
    );
    frozen(
        AccountChanged {
            name: Some("李".into()),
            role: Some("supervisor".into()),
            crews: Some(vec![]),
        },
        r#""kind":"account_changed","name":"李","role":"supervisor","crews":[]}"#,
    );
    frozen(
        AccountLocked {
            locked: true,
            reason: Some("丢".into()),
        },
        r#""kind":"account_locked","locked":true,"reason":"丢"}"#,
    );
}

#[test]
fn subjects_are_frozen() {
    for (subject, wire) in [
        (
            Subject::Asset(asset_uid(1)),
            r#""subject":{"asset":"a55e0000-0000-8000-8000-000000000001"}"#,
        ),
        (
            Subject::Account("crew-3".into()),
            r#""subject":{"account":"crew-3"}"#,
        ),
        (
            Subject::City("220382".into()),
            r#""subject":{"city":"220382"}"#,
        ),
    ] {
        let event = sealed(subject.clone(), Kind::from(Accepted::default()));
        let text = String::from_utf8(event.raw().to_vec()).unwrap();
        assert!(text.contains(wire), "{BREAKS}: {text}");
        assert_eq!(
            Event::read(text.into_bytes()).subject(),
            Some(&subject),
            "{BREAKS}"
        );
    }
}

#[test]
fn every_kind_has_a_golden() {
    let this = include_str!("wire.rs");
    for name in Kind::NAMES {
        assert!(
            this.contains(&format!(r#""kind":"{name}""#)),
            "{name} has no golden: its bytes could change unseen"
        );
    }
}

#[test]
fn a_tombstone_is_frozen() {
    let tombstone = Tombstone {
        device: device_id(2),
        seq: 17,
        why: "storage".into(),
    };
    assert_eq!(
        String::from_utf8(tombstone.to_bytes().unwrap()).unwrap(),
        r#"{"lost":{"device":"de01ce00-0000-8000-8000-000000000002","seq":17,"why":"storage"}}"#,
        "a server that does not know a tombstone keeps the device's later events waiting for ever"
    );
}

#[test]
fn the_tests_ids_do_not_sort_by_cause() {
    let ids: Vec<_> = (1..20).map(|seq| event_id(1, seq)).collect();
    assert!(!ids.is_sorted(), "or the order of ids would hide mistakes");
}
