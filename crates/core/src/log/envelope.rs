//! What every event says about itself, whatever its kind.

use super::Moment;
use crate::ids::{AssetUid, DeviceId, EventId, TaskUid};
use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The version of the wire format that this code writes. A later version may
/// change the kinds' own fields; the envelope stays readable for ever, because
/// that is what lets an old client keep and pass on what it cannot understand.
pub const VERSION: u32 = 1;

/// The largest `seq`: larger integers are not exact in JavaScript.
pub const MAX_SEQ: u64 = (1 << 53) - 1;

/// The fields that all events share, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Version of the format, [`VERSION`].
    pub v: u32,
    /// The event's id, a version 7 UUID.
    pub id: EventId,
    /// The city whose log it belongs to.
    pub city: Box<str>,
    /// What it is about.
    pub subject: Subject,
    /// The account and browser that wrote it.
    pub device: DeviceId,
    /// Its number on that device, from 1, without gaps.
    pub seq: u64,
    /// Who acted.
    pub actor: ActorId,
    /// When, by the device's clock.
    pub at: Moment,
    /// Milliseconds to add to the device's clock to get the server's, as last
    /// measured; 0 where it never was.
    pub offset_ms: i64,
    /// All heads of the subject that the author knew, ascending.
    pub saw: Box<[EventId]>,
}

impl Envelope {
    /// When it happened by the server's clock, as far as the device knew it.
    pub fn corrected(&self) -> Moment {
        self.at.shifted(self.offset_ms)
    }
}

/// Somebody who acts: an account, for example `crew-3`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActorId(pub Box<str>);

impl From<&str> for ActorId {
    fn from(s: &str) -> Self {
        ActorId(s.into())
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What an event is about. Written as an object with one member.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// `{"task": uid}`
    Task(TaskUid),
    /// `{"asset": uid}`
    Asset(AssetUid),
    /// `{"account": id}`
    Account(ActorId),
    /// `{"city": id}`: the city's configuration.
    City(Box<str>),
    /// A kind of subject that a newer version knows.
    Other(Box<str>, Box<str>),
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(1))?;
        match self {
            Subject::Task(id) => map.serialize_entry("task", id)?,
            Subject::Asset(id) => map.serialize_entry("asset", id)?,
            Subject::Account(id) => map.serialize_entry("account", id)?,
            Subject::City(id) => map.serialize_entry("city", id)?,
            Subject::Other(what, id) => map.serialize_entry(what, id)?,
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Subject;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with one member, such as {\"task\": uid}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Subject, A::Error> {
                let Some(what) = map.next_key::<Box<str>>()? else {
                    return Err(de::Error::custom("an empty subject"));
                };
                let subject = match &*what {
                    "task" => Subject::Task(map.next_value()?),
                    "asset" => Subject::Asset(map.next_value()?),
                    "account" => Subject::Account(map.next_value()?),
                    "city" => Subject::City(map.next_value()?),
                    _ => Subject::Other(what, map.next_value()?),
                };
                if map.next_key::<de::IgnoredAny>()?.is_some() {
                    return Err(de::Error::custom("a subject with more than one member"));
                }
                Ok(subject)
            }
        }
        d.deserialize_map(V)
    }
}
