//! What the tests of this crate share: events as devices write them.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use mendmap_core::catalog::{AssetKindId, CrewId, WorkKindId};
use mendmap_core::ids::{AssetUid, DeviceId, EventId, TaskUid, Uuid};
use mendmap_core::log::{
    AssetSnapshot, Dispatched, Draft, Event, Kind, Moment, Noted, Plotted, Position, Stamp,
    Subject, Target,
};
use mendmap_core::sync::{Answer, Verdict};

pub(crate) const CITY: &str = "220382";

pub(crate) fn device(n: u8) -> DeviceId {
    DeviceId(Uuid::from_u128(
        0xde01_ce00_0000_8000_8000_0000_0000_0000 + u128::from(n),
    ))
}

/// The event under a number of a device.
pub(crate) fn event(n: u8, seq: u64) -> Event {
    saying(n, seq, &format!("雨水口 {seq}"))
}

/// The same, with words of its own.
pub(crate) fn saying(n: u8, seq: u64, text: &str) -> Event {
    let kind = Noted {
        text: text.into(),
        asset: None,
        photos: Vec::new(),
    };
    about(task(7), n, seq, kind, &[])
}

pub(crate) fn task(n: u128) -> TaskUid {
    TaskUid(Uuid::from_u128(n))
}

/// The event under a number of a device that says something of a task, on top of others.
pub(crate) fn about(
    task: TaskUid,
    n: u8,
    seq: u64,
    kind: impl Into<Kind>,
    saw: &[&Event],
) -> Event {
    told(Subject::Task(task), n, seq, kind, saw)
}

/// The event under a number of a device that says something of anything, on top of others.
pub(crate) fn told(
    subject: Subject,
    n: u8,
    seq: u64,
    kind: impl Into<Kind>,
    saw: &[&Event],
) -> Event {
    let id = 0x018f_0000_0000_7000_8000_0000_0000_0000 + (u128::from(n) << 40) + u128::from(seq);
    let stamp = Stamp {
        id: EventId(Uuid::from_u128(id)),
        device: device(n),
        seq,
        actor: "crew-1".into(),
        at: "2024-05-03T09:12:44+08:00".parse::<Moment>().unwrap(),
        offset_ms: 0,
    };
    let saw: Vec<_> = saw.iter().filter_map(|event| event.id()).collect();
    Draft::new(subject, kind).seal(CITY, stamp, &saw).unwrap()
}

/// Plotting work on a storm drain at a place, in degrees.
pub(crate) fn plotted(work: &str, lon: f64, lat: f64) -> Plotted {
    let drain = AssetSnapshot {
        uid: AssetUid(Uuid::from_u128(0xa55e)),
        code: Some("2203820104000001".into()),
        name: None,
        kind: AssetKindId("storm-drain".into()),
        at: Position::from_degrees(lon, lat).unwrap(),
    };
    Plotted {
        work: WorkKindId(work.into()),
        target: Target::Asset(drain).into(),
        note: Some("堵塞".into()),
        photos: Vec::new(),
    }
}

pub(crate) fn dispatched(crew: &str) -> Dispatched {
    Dispatched {
        crew: Some(CrewId(crew.into())),
        ..Dispatched::default()
    }
}

/// The first events of a device.
pub(crate) fn events(n: u8, count: u64) -> Vec<Event> {
    (1..=count).map(|seq| event(n, seq)).collect()
}

/// An event with something in its bytes replaced.
pub(crate) fn edited(event: &Event, from: &str, to: &str) -> Event {
    let text = std::str::from_utf8(event.raw()).unwrap();
    assert!(text.contains(from), "{text}");
    Event::read(text.replace(from, to).into_bytes())
}

/// The place an answer gives.
pub(crate) fn place(answer: &Answer) -> Option<u64> {
    match answer.receipt.verdict {
        Verdict::Accepted { place, .. } => Some(place),
        _ => None,
    }
}

/// A line of events as a request's body.
pub(crate) fn ndjson<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<u8> {
    let lines = events.into_iter().flat_map(|e| [e.raw(), b"\n"]);
    lines.collect::<Vec<_>>().concat()
}

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Puts what looks like a built app into a folder.
pub(crate) fn dist(folder: &std::path::Path) {
    let names = [
        "index.html",
        "mendmap-8d0e673ac7b5b220_bg.wasm",
        "mendmap-8d0e673ac7b5b220.js",
        "offline.mjs",
        "styles.css",
        "manifest.webmanifest",
        "icons/icon.svg",
        "city/roads.geojson",
        ".made-of",
    ];
    for name in names {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("this is {name}")).unwrap();
    }
    let catalog =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city/catalog.json");
    std::fs::copy(catalog, folder.join("city/catalog.json")).unwrap();
}
