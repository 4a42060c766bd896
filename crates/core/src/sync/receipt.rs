//! What a server says about an event. The JSON is frozen by `tests/wire.rs`.

use super::{Digest, Head, content};
use crate::account::Role;
use crate::ids::{DeviceId, EventId};
use crate::log::Event;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What became of an event, said to whoever holds it.
///
/// ```json
/// {"content":"9f86…","event":"018f…","device":"…","seq":17,"verdict":"accepted","place":41,"chain":"60303a…"}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Flat")]
pub struct Receipt {
    /// Which bytes it is about, see [`content`].
    pub content: Digest,
    /// The event's id, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// Its device, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Its number there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What became of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It counts, for ever, at this place of the order.
    Accepted {
        /// Its place, from 1.
        place: u64,
        /// The chained hash up to and with it, see [`super::Head::followed_by`].
        chain: Digest,
    },
    /// It is stored, and counts as soon as what its device wrote before has come.
    Waiting {
        /// The first number of its device that is missing.
        missing: u64,
    },
    /// It is stored and shown, and counts nowhere until a person decides.
    Held(Held),
    /// It is stored and shown, and counts nowhere.
    Refused(Refused),
}

/// Why an event is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Held {
    /// Its id stands for other bytes, which came first.
    OtherContent {
        /// Those bytes, see [`content`].
        first: Digest,
    },
    /// Its account was locked.
    Locked,
    /// Its account had a role, or a crew, that allowed it, and has it no longer.
    Role {
        /// The account's role now.
        role: Role,
    },
    /// It was handed over by another account than its device's.
    Carried,
    /// A newer version of the program wrote it, and this one cannot say what it does.
    Newer,
}

/// Why an event is refused: its form, its size, or who hands it over; never what it says
/// of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refused {
    /// It cannot be read as an event.
    Form {
        /// What is wrong, in the words of the program that read it.
        detail: String,
    },
    /// It is longer than an event may be.
    Size {
        /// Its bytes.
        bytes: u64,
        /// The most there may be.
        most: u64,
    },
    /// It belongs to another city.
    City {
        /// The one it names.
        city: String,
    },
    /// Its account never might have written it.
    Permission {
        /// The account's role.
        role: Role,
        /// The event's kind.
        kind: String,
    },
}

/// What a server answers to one handed-over event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Flat")]
pub struct Answer {
    /// The receipt that stands.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Whether these bytes had been received before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

/// Everything that can stand in an answer, side by side. A reader of verdicts by their tags
/// keeps the whole in memory first and is made anew for each of the enums: on a device that
/// is 35 kB of WebAssembly.
#[derive(Deserialize)]
struct Flat {
    content: Digest,
    event: Option<EventId>,
    device: Option<DeviceId>,
    seq: Option<u64>,
    #[serde(default)]
    again: bool,
    verdict: Box<str>,
    place: Option<u64>,
    chain: Option<Digest>,
    missing: Option<u64>,
    why: Option<Box<str>>,
    first: Option<Digest>,
    role: Option<Role>,
    kind: Option<String>,
    detail: Option<String>,
    bytes: Option<u64>,
    most: Option<u64>,
    city: Option<String>,
}

/// What an answer lacks to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no verdict: {0}")]
struct Lacks(&'static str);

/// A member that must be there.
fn there<T>(member: Option<T>, name: &'static str) -> Result<T, Lacks> {
    member.ok_or(Lacks(name))
}

impl Flat {
    fn read(self) -> Result<Answer, Lacks> {
        let why = self.why.as_deref().unwrap_or("");
        let verdict = match &*self.verdict {
            "accepted" => Verdict::Accepted {
                place: there(self.place, "place")?,
                chain: there(self.chain, "chain")?,
            },
            "waiting" => Verdict::Waiting {
                missing: there(self.missing, "missing")?,
            },
            "held" => Verdict::Held(match why {
                "other_content" => Held::OtherContent {
                    first: there(self.first, "first")?,
                },
                "locked" => Held::Locked,
                "role" => Held::Role {
                    role: there(self.role, "role")?,
                },
                "carried" => Held::Carried,
                "newer" => Held::Newer,
                _ => return Err(Lacks("why")),
            }),
            "refused" => Verdict::Refused(match why {
                "form" => Refused::Form {
                    detail: there(self.detail, "detail")?,
                },
                "size" => Refused::Size {
                    bytes: there(self.bytes, "bytes")?,
                    most: there(self.most, "most")?,
                },
                "city" => Refused::City {
                    city: there(self.city, "city")?,
                },
                "permission" => Refused::Permission {
                    role: there(self.role, "role")?,
                    kind: there(self.kind, "kind")?,
                },
                _ => return Err(Lacks("why")),
            }),
            _ => return Err(Lacks("verdict")),
        };
        let receipt = Receipt {
            content: self.content,
            event: self.event,
            device: self.device,
            seq: self.seq,
            verdict,
        };
        let again = self.again;
        Ok(Answer { receipt, again })
    }
}

impl TryFrom<Flat> for Answer {
    type Error = Lacks;

    fn try_from(flat: Flat) -> Result<Answer, Lacks> {
        flat.read()
    }
}

impl TryFrom<Flat> for Receipt {
    type Error = Lacks;

    fn try_from(flat: Flat) -> Result<Receipt, Lacks> {
        Ok(flat.read()?.receipt)
    }
}

impl Verdict {
    /// Whether the event is held only because of who handed it over, so that somebody else,
    /// or the same with another role, may still have it counted.
    pub fn wants_a_right(&self) -> bool {
        match self {
            Verdict::Held(Held::OtherContent { .. }) => false,
            Verdict::Held(Held::Locked | Held::Role { .. } | Held::Carried | Held::Newer) => true,
            Verdict::Accepted { .. } | Verdict::Waiting { .. } | Verdict::Refused(_) => false,
        }
    }

    /// Where the order stands with the event, if it has a place there.
    pub fn head(&self) -> Option<Head> {
        match *self {
            Verdict::Accepted { place, chain } => Some(Head { place, chain }),
            _ => None,
        }
    }
}

impl Receipt {
    /// A receipt for this event.
    pub fn new(event: &Event, verdict: Verdict) -> Receipt {
        let number = event.number();
        Receipt {
            content: content(event.raw()),
            event: event.id(),
            device: number.map(|(device, _)| device),
            seq: number.map(|(_, seq)| seq),
            verdict,
        }
    }
}
