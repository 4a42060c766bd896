//! From bytes to a view, in one pass where the fields stand in canonical order.

use super::envelope::{MAX_SEQ, VERSION};
use super::event::{Newer, View};
use super::guard::{Fields, Key, Text};
use super::{Envelope, Kind, Subject, Tombstone};
use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use thiserror::Error;

/// Why bytes are not an event that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// Not JSON, or not of an event's form; the parser's words.
    #[error("not an event: {0}")]
    Form(String),
    /// A format version that never was.
    #[error("version {0} never was")]
    Version(u32),
    /// A number outside 1 to 2^53 − 1.
    #[error("{0} is not a number a device can give")]
    Seq(u64),
}

/// What the bytes say.
pub(super) fn view(raw: &[u8]) -> View {
    let found = match from_slice(raw, Canonical) {
        Ok(Found::OutOfOrder) => any_order(raw),
        other => other,
    };
    let why = match found {
        Ok(Found::Event(envelope, kind)) => return checked(envelope, kind),
        Ok(Found::Lost(tombstone)) if (1..=MAX_SEQ).contains(&tombstone.seq) => {
            return View::Lost(tombstone);
        }
        Ok(Found::Lost(tombstone)) => Unreadable::Seq(tombstone.seq),
        Ok(Found::OutOfOrder) => Unreadable::Form("no kind".into()),
        Err(e) => Unreadable::Form(e.to_string()),
    };
    let envelope = serde_json::from_slice::<Envelope>(raw)
        .ok()
        .filter(|e| e.v >= VERSION && (1..=MAX_SEQ).contains(&e.seq));
    View::Unreadable { envelope, why }
}

/// An event whose form is right, judged by what its values say.
fn checked(envelope: Envelope, kind: Result<Kind, Box<str>>) -> View {
    let broken = |why| View::Unreadable {
        envelope: None,
        why,
    };
    if envelope.v < VERSION {
        return broken(Unreadable::Version(envelope.v));
    }
    if !(1..=MAX_SEQ).contains(&envelope.seq) {
        return broken(Unreadable::Seq(envelope.seq));
    }
    let newer = |envelope, kind, why| View::Newer {
        envelope,
        kind,
        why,
    };
    match kind {
        Ok(kind) if matches!(envelope.subject, Subject::Other(..)) => {
            newer(envelope, kind.name().into(), Newer::Subject)
        }
        Ok(kind) => View::Readable { envelope, kind },
        Err(name) if envelope.v > VERSION => newer(envelope, name, Newer::Version),
        Err(name) => newer(envelope, name, Newer::Kind),
    }
}

/// What one pass over the bytes found.
enum Found {
    /// The envelope, and the kind or the name of a kind we do not know.
    Event(Envelope, Result<Kind, Box<str>>),
    Lost(Tombstone),
    /// Fields of the kind, or an envelope's, stand on the wrong side of `kind`.
    OutOfOrder,
}

fn from_slice<'de, V: Visitor<'de>>(raw: &'de [u8], visitor: V) -> serde_json::Result<V::Value> {
    let mut json = serde_json::Deserializer::from_slice(raw);
    let value = json.deserialize_map(visitor)?;
    json.end()?;
    Ok(value)
}

/// Reads an event whose envelope comes first, then `kind`, then the kind's fields.
struct Canonical;

impl<'de> Visitor<'de> for Canonical {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut e = Partial::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::V => once(&mut e.v, &mut map, "v")?,
                Key::Id => once(&mut e.id, &mut map, "id")?,
                Key::City => once(&mut e.city, &mut map, "city")?,
                Key::Subject => once(&mut e.subject, &mut map, "subject")?,
                Key::Device => once(&mut e.device, &mut map, "device")?,
                Key::Seq => once(&mut e.seq, &mut map, "seq")?,
                Key::Actor => once(&mut e.actor, &mut map, "actor")?,
                Key::At => once(&mut e.at, &mut map, "at")?,
                Key::OffsetMs => once(&mut e.offset_ms, &mut map, "offset_ms")?,
                Key::Saw => once(&mut e.saw, &mut map, "saw")?,
                Key::Lost if e.is_empty() => {
                    let tombstone = map.next_value()?;
                    drain(map)?;
                    return Ok(Found::Lost(tombstone));
                }
                Key::Kind => {
                    let Text(name) = map.next_value::<Text<'de>>()?;
                    let Some(envelope) = e.whole() else {
                        drain(map)?;
                        return Ok(Found::OutOfOrder);
                    };
                    return rest(envelope, &name, map);
                }
                Key::Lost | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                    drain(map)?;
                    return Ok(Found::OutOfOrder);
                }
            }
        }
        Ok(Found::OutOfOrder)
    }
}

/// Reads what follows `kind`.
fn rest<'de, A: MapAccess<'de>>(envelope: Envelope, name: &str, map: A) -> Result<Found, A::Error> {
    if envelope.v != VERSION || !Kind::NAMES.contains(&name) {
        drain(map)?;
        return Ok(Found::Event(envelope, Err(name.into())));
    }
    let guarded = Fields { map, guarded: true };
    let kind = Kind::read(name, guarded)?;
    Ok(Found::Event(envelope, kind.ok_or_else(|| name.into())))
}

/// Reads an event whose fields stand in any order, in several passes.
fn any_order(raw: &[u8]) -> serde_json::Result<Found> {
    #[derive(Deserialize)]
    struct Name<'a> {
        #[serde(borrow)]
        kind: Text<'a>,
    }
    struct Named<'a>(&'a str);
    impl<'de> Visitor<'de> for Named<'_> {
        type Value = Option<Kind>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an event")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Kind>, A::Error> {
            let fields = Fields {
                map,
                guarded: false,
            };
            Kind::read(self.0, fields)
        }
    }
    let envelope: Envelope = serde_json::from_slice(raw)?;
    let Name { kind: Text(name) } = serde_json::from_slice(raw)?;
    let kind = match envelope.v {
        VERSION => from_slice(raw, Named(&name))?,
        _ => None,
    };
    Ok(Found::Event(
        envelope,
        kind.ok_or_else(|| name.into_owned().into()),
    ))
}

#[derive(Default, PartialEq)]
struct Partial {
    v: Option<u32>,
    id: Option<crate::ids::EventId>,
    city: Option<Box<str>>,
    subject: Option<Subject>,
    device: Option<crate::ids::DeviceId>,
    seq: Option<u64>,
    actor: Option<super::ActorId>,
    at: Option<super::Moment>,
    offset_ms: Option<i64>,
    saw: Option<Box<[crate::ids::EventId]>>,
}

impl Partial {
    fn is_empty(&self) -> bool {
        *self == Partial::default()
    }

    fn whole(self) -> Option<Envelope> {
        Some(Envelope {
            v: self.v?,
            id: self.id?,
            city: self.city?,
            subject: self.subject?,
            device: self.device?,
            seq: self.seq?,
            actor: self.actor?,
            at: self.at?,
            offset_ms: self.offset_ms?,
            saw: self.saw?,
        })
    }
}

/// Reads a value that may stand there only once.
fn once<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    map: &mut A,
    name: &'static str,
) -> Result<(), A::Error> {
    if slot.replace(map.next_value()?).is_some() {
        return Err(de::Error::duplicate_field(name));
    }
    Ok(())
}

fn drain<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}
