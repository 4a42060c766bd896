//! What a server says about an event. The JSON is frozen by `tests/wire.rs`.

use super::{Digest, content};
use crate::account::Role;
use crate::ids::{DeviceId, EventId};
use crate::log::Event;
use serde::{Deserialize, Serialize};

/// What became of an event, said to whoever holds it.
///
/// ```json
/// {"content":"9f86…","event":"018f…","device":"…","seq":17,"verdict":"accepted","place":41,"chain":"60303a…"}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Answer {
    /// The receipt that stands.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Whether these bytes had been received before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
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
