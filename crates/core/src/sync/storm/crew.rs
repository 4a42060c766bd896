//! What crews say, and what damage files take.

use super::CITY;
use crate::catalog::{AssetKindId, WorkKindId};
use crate::demo::rng::Rng;
use crate::ids::{AssetUid, DeviceId, EventId, TaskUid, Uuid, uuid_v7};
use crate::log::{
    Accepted, ActorId, AssetSnapshot, Cancelled, Dispatched, Draft, Event, Kind, Log, Moment,
    Noted, Plotted, Position, Reported, Snapshot, Stamp, Started, Subject, Target, Tombstone,
    Undone, Verified,
};
use std::sync::Arc;

/// Longer than the events that the storm's servers take.
const TOO_LONG: usize = 3_000;

/// A storm has two to five.
pub(super) const MOST_PHONES: usize = 5;

/// Who works on a phone.
pub(super) fn account_id(phone: usize) -> ActorId {
    ActorId::from(format!("crew-{phone}").as_str())
}

pub(super) fn device_id(phone: usize) -> DeviceId {
    DeviceId(Uuid::from_u128(0xd0 << 80 | phone as u128))
}

/// Says something about one of a few tasks, on top of all that the phone knows.
pub(super) fn say(
    rng: &mut Rng,
    phone: usize,
    log: &Log,
    seq: u64,
    now_ms: i64,
    offset_ms: i64,
) -> Option<Event> {
    let device = device_id(phone);
    if rng.chance(0.01) {
        // A number whose event the phone can no longer read.
        let why = "disk".to_owned();
        let lost = Tombstone { device, seq, why };
        return lost.to_bytes().ok().map(Event::read);
    }
    let task = TaskUid(Uuid::from_u128(0x7a << 80 | rng.below(4) as u128));
    let subject = Subject::Task(task);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&rng.next().to_be_bytes());
    let stamp = Stamp {
        id: EventId(uuid_v7(now_ms.unsigned_abs(), random)),
        device,
        seq,
        actor: account_id(phone),
        at: Moment::from_millis(now_ms, 480)?,
        offset_ms,
    };
    let draft = Draft::new(subject.clone(), kind(rng, log, &subject)?);
    log.seal(draft, stamp).ok()
}

fn kind(rng: &mut Rng, log: &Log, subject: &Subject) -> Option<Kind> {
    let about = log.about(subject);
    let any = |rng: &mut Rng| about.get(rng.below(about.len())).and_then(|e| e.id());
    let reports: Vec<EventId> = (about.iter())
        .filter(|e| matches!(e.kind(), Some(Kind::Reported(_))))
        .filter_map(|e| e.id())
        .collect();
    let report = reports.get(rng.below(reports.len())).copied();
    Some(match (rng.below(12), report, any(rng)) {
        (0 | 1, ..) => plotted(rng).into(),
        (2, ..) => Dispatched {
            priority: u8::try_from(rng.below(3)).ok(),
            ..Dispatched::default()
        }
        .into(),
        (3, ..) => Accepted::default().into(),
        (4, ..) => Started::default().into(),
        (5, ..) => Cancelled::default().into(),
        (6, Some(report), _) => Verified {
            report,
            note: None,
            photos: Vec::new(),
        }
        .into(),
        (7, _, Some(event)) => Undone {
            events: vec![event],
            note: None,
        }
        .into(),
        (8 | 9, ..) => reported(rng)?.into(),
        _ => Noted {
            text: match rng.chance(0.06) {
                true => "long ".repeat(TOO_LONG / 5),
                false => format!("note {}", rng.below(100)),
            },
            asset: None,
            photos: Vec::new(),
        }
        .into(),
    })
}

fn plotted(rng: &mut Rng) -> Plotted {
    let n = rng.below(3);
    let target = Target::Asset(AssetSnapshot {
        uid: AssetUid(Uuid::from_u128(0xa5 << 80 | n as u128)),
        code: None,
        name: None,
        kind: AssetKindId("storm-drain".into()),
        at: Position {
            lon: 1_235_000_000,
            lat: 435_200_000,
        },
    });
    Plotted {
        work: WorkKindId("drain-clear".into()),
        target: Arc::new(target),
        note: None,
        photos: Vec::new(),
    }
}

fn reported(rng: &mut Rng) -> Option<Reported> {
    Some(Reported {
        lines: Vec::new(),
        done_on: format!("2024-05-0{}", rng.below(3) + 1).parse().ok()?,
        with: Vec::new(),
        on_behalf: None,
        note: None,
        snapshot: Snapshot::default(),
        photos: Vec::new(),
        checked: Vec::new(),
    })
}

/// An event as it comes out of a file that something happened to.
pub(super) fn damaged(rng: &mut Rng, event: &Event) -> Event {
    let text = String::from_utf8_lossy(event.raw());
    let text = match rng.below(4) {
        // Other content under the same id.
        0 => text.replacen("\"crew-", "\"crow-", 1),
        1 => text.replacen(CITY, "110000", 1),
        // No kind knows what follows.
        2 => text.replacen("\"kind\":", "\"kind\":7", 1),
        _ => text.chars().take(rng.below(text.len())).collect(),
    };
    Event::read(text.into_bytes())
}
