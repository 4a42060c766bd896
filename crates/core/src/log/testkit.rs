//! Simulated devices for the tests of this room and its neighbours.

use super::*;
use crate::catalog::{AssetKindId, UnitId, WorkKindId};
use crate::ids::{AssetUid, DeviceId, EventId, TaskUid, uuid_v7};
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const CITY: &str = "220382";

pub(crate) fn asset_uid(n: u8) -> AssetUid {
    AssetUid(Uuid::from_u128(
        0xa55e_0000_0000_8000_8000_0000_0000_0000 + u128::from(n),
    ))
}

pub(crate) fn task_uid(n: u8) -> TaskUid {
    TaskUid(Uuid::from_u128(
        0x7a5c_0000_0000_8000_8000_0000_0000_0000 + u128::from(n),
    ))
}

pub(crate) fn device_id(n: u8) -> DeviceId {
    DeviceId(Uuid::from_u128(
        0xde01_ce00_0000_8000_8000_0000_0000_0000 + u128::from(n),
    ))
}

/// An id that sorts anyhow: clocks are skewed, so ids say nothing about causes.
pub(crate) fn event_id(device: u8, seq: u64) -> EventId {
    let mixed = (u64::from(device) << 32 | seq).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let mut random = [device; 10];
    random[2..].copy_from_slice(&seq.to_be_bytes());
    EventId(uuid_v7(mixed, random))
}

pub(crate) fn work(id: &str) -> WorkKindId {
    WorkKindId(id.into())
}

pub(crate) fn asset(n: u8) -> AssetSnapshot {
    AssetSnapshot {
        uid: asset_uid(n),
        code: Some(format!("22038201040000{n:02}")),
        name: None,
        kind: AssetKindId("storm-drain".into()),
        at: Position {
            lon: 1_235_000_000 + i32::from(n),
            lat: 435_200_000,
        },
    }
}

pub(crate) fn on_asset(n: u8) -> Arc<Target> {
    Arc::new(Target::Asset(asset(n)))
}

pub(crate) fn round(assets: impl IntoIterator<Item = u8>) -> Arc<Target> {
    Arc::new(Target::Round(Round {
        name: Some("辽河路".into()),
        assets: assets.into_iter().map(asset).collect(),
    }))
}

pub(crate) fn plotted(kind: &str, target: Arc<Target>) -> Kind {
    Plotted {
        work: work(kind),
        target,
        note: None,
        photos: Vec::new(),
    }
    .into()
}

pub(crate) fn line(kind: &str, quantity: &str, unit: &str) -> WorkLine {
    WorkLine {
        work: work(kind),
        quantity: quantity.parse().unwrap(),
        unit: UnitId(unit.into()),
        material: None,
        measured: Measured::Counted,
        covered: Vec::new(),
        patches: Vec::new(),
        assets: Vec::new(),
    }
}

pub(crate) fn report(lines: Vec<WorkLine>, done_on: &str) -> Reported {
    Reported {
        lines,
        done_on: done_on.parse().unwrap(),
        with: Vec::new(),
        on_behalf: None,
        note: None,
        snapshot: Snapshot::default(),
        photos: Vec::new(),
        checked: Vec::new(),
    }
}

pub(crate) fn undone(events: impl IntoIterator<Item = EventId>) -> Kind {
    Undone {
        events: events.into_iter().collect(),
        note: None,
    }
    .into()
}

/// A device with its log.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) n: u8,
    pub(crate) log: Log,
}

impl Phone {
    pub(crate) fn new(n: u8) -> Phone {
        let log = Log::new(CITY);
        Phone { n, log }
    }

    pub(crate) fn stamp(&self) -> Stamp {
        let device = device_id(self.n);
        let seq = self.log.next_seq(device);
        // Each phone's clock is wrong by some hours of its own.
        let skew = (i64::from(self.n) % 5 - 2) * 3_600_000;
        let at = 1_714_698_764_000 + seq as i64 * 60_000 + skew;
        Stamp {
            id: event_id(self.n, seq),
            device,
            seq,
            actor: ActorId::from(&*format!("crew-{}", self.n)),
            at: Moment::from_millis(at, 480).unwrap(),
            offset_ms: -skew,
        }
    }

    /// Says something on top of all it knows.
    pub(crate) fn say(&mut self, subject: Subject, kind: impl Into<Kind>) -> EventId {
        let event = self.log.seal(Draft::new(subject, kind), self.stamp());
        let event = event.unwrap();
        let id = event.id().unwrap();
        assert_eq!(self.log.insert(event).outcome, Outcome::Inserted);
        id
    }

    /// Says something about task `n`.
    pub(crate) fn on_task(&mut self, n: u8, kind: impl Into<Kind>) -> EventId {
        self.say(Subject::Task(task_uid(n)), kind)
    }

    /// Learns all that another knows.
    pub(crate) fn learn(&mut self, other: &Phone) -> Merged {
        let events: Vec<Event> = other.log.everything().map(|e| (**e).clone()).collect();
        self.log.merge(events)
    }

    /// Both learn all that the other knows.
    pub(crate) fn meet(&mut self, other: &mut Phone) {
        self.learn(other);
        other.learn(self);
    }
}

/// A catalogue with one kind of work of each sort.
pub(crate) fn catalog() -> crate::catalog::Catalog {
    let label = r#""label":{"zh":"名","en":"name"}"#;
    let item = r#"{"zh":"项","en":"item"}"#;
    let work = |id: &str, unit: &str, rest: &str| {
        let action = r#""action":{"zh":"完成","en":"done"}"#;
        format!(r#"{{"id":"{id}","family":"road",{label},{action},"unit":"{unit}",{rest}}}"#)
    };
    let drains = r#""applies_to":["storm-drain"],"counts":"sum""#;
    let works = [
        work(
            "drain-clear",
            "pcs",
            &format!(
                r#"{drains},"default_quantity":"1","improbable_above":"60","improbable_at_one":"4""#
            ),
        ),
        work(
            "drain-repair",
            "pcs",
            &format!(r#"{drains},"within":"drain-clear","prechecks":["traffic","chamber-entry"]"#),
        ),
        work(
            "drain-check",
            "pcs",
            &format!(r#"{drains},"verify":true,"default_quantity":"1""#),
        ),
        work(
            "pothole-patch",
            "m2",
            r#""places":["point","polygon"],"counts":"sum","default_quantity":"1","improbable_above":"500""#,
        ),
        work(
            "crack-seal",
            "km",
            r#""applies_to":["road"],"places":["line"],"counts":"sum""#,
        ),
    ];
    let kinds = [("storm-drain", "point"), ("road", "line")].map(|(id, geometry)| {
        let colour = r##""colour":{"light":"#0f6577","dark":"#7bcbdd"}"##;
        format!(r#"{{"id":"{id}",{label},{colour},"geometry":"{geometry}","symbol":"grate"}}"#)
    });
    let text = format!(
        r#"{{"format":1,"version":4,"city":{{"id":"{CITY}",{label},"zone":"Asia/Shanghai",
        "center":[123.5,43.52],"bounds":[123.4,43.4,123.6,43.6]}},
        "asset_kinds":[{}],"families":[{{"id":"road",{label}}}],"work_kinds":[{}],
        "units":[{{"id":"pcs",{label},"decimals":0}},
          {{"id":"m2",{label},"decimals":2,"measures":"area"}},
          {{"id":"km",{label},"decimals":3,"measures":"length","size":"1000"}}],
        "prechecks":[{{"id":"traffic",{label},"items":[{item},{item}]}},
          {{"id":"chamber-entry",{label},"each_chamber":true,"items":[{item}],"readings":[
            {{"id":"o2",{label},"unit":"%","min":"19.5","max":"23.5"}},
            {{"id":"h2s",{label},"unit":"mg/m³","max":"10"}}]}}],
        "crews":[],"layers":[{{"id":"all",{label},"file":"all.geojson","kinds":["storm-drain","road"]}}]}}"#,
        kinds.join(","),
        works.join(","),
    );
    let (catalog, problems) = crate::catalog::Catalog::read(text.as_bytes()).unwrap();
    assert_eq!(problems, []);
    catalog
}
