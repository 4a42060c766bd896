//! The kinds of events: a table of contents, and the one place where a kind's
//! name on the wire meets its struct.

mod change;
mod registry;
mod report;
mod round;
mod workflow;

pub use change::{Choice, Edited, Field, Moved, Noted, Resolved, Undone};
pub use registry::{
    AccountAdded, AccountChanged, AccountLocked, AssetAdded, AssetCorrected, AssetReplaced,
    AssetVanished, Configured, Json,
};
pub use report::{Measured, Photo, Reported, Snapshot, Stretch, WorkLine};
pub use round::{MadeSafe, ReadingTaken, Ticked, TrackPoint, Tracked};
pub use workflow::{Accepted, Cancelled, Dispatched, Found, Plotted, Returned, Started, Verified};

use crate::ids::EventId;
use serde::de::MapAccess;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// The kind of an event with the kind's own fields. Shared, because a
        /// folded task keeps what it was told rather than a copy of it.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Kind {
            $($(#[$doc])* $kind(Arc<$kind>),)*
        }

        impl Kind {
            /// Names of all kinds, as written on the wire.
            pub const NAMES: &[&str] = &[$($name),*];

            /// The name of this kind on the wire.
            pub fn name(&self) -> &'static str {
                match self { $(Kind::$kind(_) => $name,)* }
            }

            /// Reads the fields of the kind called `name`; `Ok(None)` for a name
            /// this version does not know.
            pub(super) fn read<'de, A: MapAccess<'de>>(
                name: &str,
                fields: A,
            ) -> Result<Option<Kind>, A::Error> {
                let fields = MapAccessDeserializer::new(fields);
                Ok(Some(match name {
                    $($name => Kind::$kind(Arc::new($kind::deserialize(fields)?)),)*
                    _ => return Ok(None),
                }))
            }
        }

        impl Serialize for Kind {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                match self { $(Kind::$kind(fields) => fields.serialize(s),)* }
            }
        }

        $(impl From<$kind> for Kind {
            fn from(fields: $kind) -> Kind {
                Kind::$kind(Arc::new(fields))
            }
        })*
    };
}

kinds! {
    /// A task was put on the map.
    Plotted = "plotted",
    /// It was given to a crew.
    Dispatched = "dispatched",
    /// The crew took it.
    Accepted = "accepted",
    /// Work began.
    Started = "started",
    /// The place was made safe, or a safety check was passed or failed.
    MadeSafe = "made_safe",
    /// One asset of a round was done, or could not be.
    Ticked = "ticked",
    /// A defect was found.
    Found = "found",
    /// A track was recorded.
    Tracked = "tracked",
    /// The crew says it is done: closed, for the crew.
    Reported = "reported",
    /// A report was checked and found good.
    Verified = "verified",
    /// A report was sent back.
    Returned = "returned",
    /// A person ended a conflict.
    Resolved = "resolved",
    /// The task will not be done.
    Cancelled = "cancelled",
    /// Events were taken back.
    Undone = "undone",
    /// The target was put elsewhere.
    Moved = "moved",
    /// Fields of the task were changed.
    Edited = "edited",
    /// A remark was made.
    Noted = "noted",
    /// An asset missing from the layers was put on the map.
    AssetAdded = "asset_added",
    /// An asset's record was corrected.
    AssetCorrected = "asset_corrected",
    /// An asset gave way to another.
    AssetReplaced = "asset_replaced",
    /// An asset is no longer there.
    AssetVanished = "asset_vanished",
    /// A part of the catalogue was set.
    Configured = "configured",
    /// An account was made.
    AccountAdded = "account_added",
    /// An account was changed.
    AccountChanged = "account_changed",
    /// An account was locked or unlocked.
    AccountLocked = "account_locked",
}

impl Kind {
    /// Events of the same subject that this one names in its own fields. Who names
    /// an event has known it, so these count as parents beside `saw`.
    pub fn names(&self) -> impl Iterator<Item = EventId> + '_ {
        let (one, undone, choices): (_, &[EventId], &[Choice]) = match self {
            Kind::Verified(k) => (Some(k.report), &[], &[]),
            Kind::Returned(k) => (Some(k.report), &[], &[]),
            Kind::Undone(k) => (None, &k.events, &[]),
            Kind::Resolved(k) => (None, &[], &k.choices),
            _ => (None, &[], &[]),
        };
        one.into_iter()
            .chain(undone.iter().copied())
            .chain(choices.iter().map(|c| c.event))
    }
}
