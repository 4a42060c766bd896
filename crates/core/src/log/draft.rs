//! The only place where envelopes are made.

use super::envelope::{MAX_SEQ, VERSION};
use super::{ActorId, Envelope, Event, Kind, Moment, Subject, Unreadable, View};
use crate::ids::{DeviceId, EventId};
use serde::Serialize;
use thiserror::Error;

/// What somebody wants to say, before it has a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// About what.
    pub subject: Subject,
    /// What.
    pub kind: Kind,
}

/// What only the device can know at the moment of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// A fresh id, see [`crate::ids::uuid_v7`].
    pub id: EventId,
    /// The device.
    pub device: DeviceId,
    /// Its next number, allotted in the transaction that stores the event.
    pub seq: u64,
    /// Who acts.
    pub actor: ActorId,
    /// The device's clock.
    pub at: Moment,
    /// Milliseconds from the device's clock to the server's; 0 if never measured.
    pub offset_ms: i64,
}

/// Why a draft cannot become an event.
#[derive(Debug, Error)]
pub enum SealError {
    /// The number is 0, or beyond what every program can represent.
    #[error("{0} is not a number a device can give")]
    Seq(u64),
    /// The subject is one that only a newer version knows.
    #[error("this version cannot write about {0:?}")]
    Subject(Subject),
    /// It could not be read again: some value has no place in the format.
    #[error("it could not be read again: {0}")]
    Unreadable(Unreadable),
    /// The JSON writer refused.
    #[error("cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Draft {
    /// A draft about `subject`.
    pub fn new(subject: Subject, kind: impl Into<Kind>) -> Draft {
        Draft {
            subject,
            kind: kind.into(),
        }
    }

    /// Makes the event: canonical bytes, envelope first in its frozen order, then
    /// `kind`, then the kind's fields. `saw` are the subject's heads as the author
    /// knew them; [`super::Log::seal`] fills them in.
    ///
    /// # Errors
    /// [`SealError`]; what cannot be read again is not written either.
    pub fn seal(self, city: &str, stamp: Stamp, saw: &[EventId]) -> Result<Event, SealError> {
        #[derive(Serialize)]
        struct Wire<'a> {
            #[serde(flatten)]
            envelope: &'a Envelope,
            kind: &'a str,
            #[serde(flatten)]
            fields: &'a Kind,
        }
        if !(1..=MAX_SEQ).contains(&stamp.seq) {
            return Err(SealError::Seq(stamp.seq));
        }
        if matches!(self.subject, Subject::Other(..)) {
            return Err(SealError::Subject(self.subject));
        }
        let saw = crate::order::distinct(saw.iter().copied());
        let envelope = Envelope {
            v: VERSION,
            id: stamp.id,
            city: city.into(),
            subject: self.subject,
            device: stamp.device,
            seq: stamp.seq,
            actor: stamp.actor,
            at: stamp.at,
            offset_ms: stamp.offset_ms,
            saw: saw.into(),
        };
        let raw = serde_json::to_vec(&Wire {
            envelope: &envelope,
            kind: self.kind.name(),
            fields: &self.kind,
        })?;
        let event = Event::read(raw);
        match event.view() {
            View::Unreadable { why, .. } => Err(SealError::Unreadable(why.clone())),
            _ => Ok(event),
        }
    }
}
