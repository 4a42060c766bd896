//! An event: its bytes as received, and what we could read in them.

use super::read::{self, Unreadable};
use super::{Envelope, Kind, Subject, Tombstone};
use crate::ids::{DeviceId, EventId};

/// An event. Its bytes are never changed: what a newer version or another
/// program wrote survives every hop, and hashes over the bytes agree everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    raw: Box<[u8]>,
    view: View,
}

/// What we could read in an event's bytes.
#[derive(Debug, Clone, PartialEq)]
pub enum View {
    /// All of it.
    Readable {
        /// What every event says.
        envelope: Envelope,
        /// What this kind of event says.
        kind: Kind,
    },
    /// A newer version wrote it. It is kept and passed on, and its subject is
    /// read-only here: nobody should write on top of what they cannot see.
    Newer {
        /// What every event says.
        envelope: Envelope,
        /// The kind's name, whatever it means.
        kind: Box<str>,
        /// What is newer about it.
        why: Newer,
    },
    /// A number of a device whose event can no longer be read.
    Lost(Tombstone),
    /// Not an event, or a broken one. It is kept, shown and exported.
    Unreadable {
        /// What every event says, where at least that could be read.
        envelope: Option<Envelope>,
        /// What is wrong with it.
        why: Unreadable,
    },
}

/// What is newer about an event than this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newer {
    /// Its format.
    Version,
    /// Its kind.
    Kind,
    /// What it is about.
    Subject,
}

impl Event {
    /// Reads an event. Whatever the bytes are, they are kept.
    pub fn read(raw: impl Into<Box<[u8]>>) -> Event {
        let raw = raw.into();
        let view = read::view(&raw);
        Event { raw, view }
    }

    /// The bytes as received.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// What we could read in them.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What every event says about itself, where that could be read.
    pub fn envelope(&self) -> Option<&Envelope> {
        match &self.view {
            View::Readable { envelope, .. } | View::Newer { envelope, .. } => Some(envelope),
            View::Unreadable { envelope, .. } => envelope.as_ref(),
            View::Lost(_) => None,
        }
    }

    /// The kind with its fields, where we know it.
    pub fn kind(&self) -> Option<&Kind> {
        match &self.view {
            View::Readable { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Its id.
    pub fn id(&self) -> Option<EventId> {
        self.envelope().map(|e| e.id)
    }

    /// What it is about.
    pub fn subject(&self) -> Option<&Subject> {
        self.envelope().map(|e| &e.subject)
    }

    /// The device and its number there; a tombstone has them too.
    pub fn number(&self) -> Option<(DeviceId, u64)> {
        match &self.view {
            View::Lost(t) => Some((t.device, t.seq)),
            _ => self.envelope().map(|e| (e.device, e.seq)),
        }
    }
}
