//! The kinds of events: a table of contents, and the one place where a kind's
//! name on the wire meets its struct, and where it says which of its fields must be
//! there and, behind the semicolon, which need not.

mod change;
mod fields;
mod registry;
mod report;
mod round;
mod workflow;

pub use change::{Choice, Edited, Field, Moved, Noted, Resolved, Undone};
pub use registry::{
    AccountAdded, AccountChanged, AccountLocked, AssetAdded, AssetConfirmed, AssetCorrected,
    AssetDeclined, AssetReplaced, AssetVanished, Configured, Json, TradeSet,
};
pub use report::{Checked, Measured, Patch, Photo, Reported, Snapshot, Stretch, WorkLine};
pub use round::{MadeSafe, ReadingTaken, Ticked, TrackPoint, Tracked};
pub use workflow::{Accepted, Cancelled, Dispatched, Found, Plotted, Returned, Started, Verified};

use crate::ids::EventId;
use fields::Fields;
use serde::de::{Error as _, MapAccess};
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal {
        $($must:ident $(as $through:ident)?),*; $($may:ident),*
    },)*) => {
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
                let mut fields = Fields::of(fields)?;
                let kind = Kind::take(name, &mut fields);
                match fields.wrong() {
                    Some(wrong) => Err(A::Error::custom(wrong)),
                    None => Ok(kind),
                }
            }

            /// None for a name that is not known, or where something is wrong.
            fn take(name: &str, fields: &mut Fields<'_>) -> Option<Kind> {
                match name {
                    $($name => {
                        $(let $must = fields.must(stringify!($must));)*
                        $(let $may = fields.may(stringify!($may));)*
                        match ($($must,)*) {
                            ($(Some(kinds!(@must $must $(as $through)?)),)*) => {
                                Some(Kind::from($kind { $($must,)* $($may,)* }))
                            }
                            #[allow(unreachable_patterns, reason = "where no field must be there")]
                            _ => None,
                        }
                    })*
                    _ => None,
                }
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
    (@must $must:ident) => { $must };
    (@must $must:ident as $through:ident) => { $through($must) };
}

kinds! {
    /// A task was put on the map.
    Plotted = "plotted" { work, target; note, photos },
    /// It was given to a crew.
    Dispatched = "dispatched" { ; crew, due, priority, planned, note },
    /// The crew took it.
    Accepted = "accepted" { ; note },
    /// Work began.
    Started = "started" { ; position, accuracy_mm },
    /// The place was made safe, or a safety check was passed or failed.
    MadeSafe = "made_safe" { ; precheck, asset, items, readings, watcher, note },
    /// One asset of a round was done, or could not be.
    Ticked = "ticked" { asset; unreached, lines, note, photos },
    /// A defect was found.
    Found = "found" { target; work, defect, severity, dangerous, photos },
    /// A track was recorded.
    Tracked = "tracked" { began, points; covered },
    /// The crew says it is done: closed, for the crew.
    Reported = "reported" { lines, done_on as Day; with, on_behalf, note, snapshot, photos, checked },
    /// A report was checked and found good.
    Verified = "verified" { report; note, photos },
    /// A report was sent back.
    Returned = "returned" { report, reason; photos },
    /// A person ended a conflict.
    Resolved = "resolved" { choices; note },
    /// The task will not be done.
    Cancelled = "cancelled" { ; reason },
    /// Events were taken back.
    Undone = "undone" { events; note },
    /// The target was put elsewhere.
    Moved = "moved" { target; },
    /// Fields of the task were changed.
    Edited = "edited" { ; work, crew, due, priority, planned, note, cleared },
    /// A remark was made.
    Noted = "noted" { text; asset, photos },
    /// An asset missing from the layers was put on the map.
    AssetAdded = "asset_added" { asset; shape, properties, photos, note },
    /// An asset's record was corrected.
    AssetCorrected = "asset_corrected" { ; code, name, asset_kind, shape, properties, note, photos },
    /// An asset gave way to another.
    AssetReplaced = "asset_replaced" { by; note },
    /// An asset is no longer there.
    AssetVanished = "asset_vanished" { ; reason, photos, note },
    /// What was proposed of an asset is so.
    AssetConfirmed = "asset_confirmed" { proposal; note },
    /// What was proposed of an asset is not so.
    AssetDeclined = "asset_declined" { proposal, reason; },
    /// How far a trade of a programme has come at an asset.
    TradeSet = "trade_set" { programme, trade, state, on as Day; note },
    /// A part of the catalogue was set.
    Configured = "configured" { path, value; },
    /// An account was made.
    AccountAdded = "account_added" { name, role; crews },
    /// An account was changed.
    AccountChanged = "account_changed" { ; name, role, crews },
    /// An account was locked or unlocked.
    AccountLocked = "account_locked" { locked; reason },
}

/// A date, as it stands in an event.
#[derive(Deserialize)]
struct Day(#[serde(with = "crate::log::day")] jiff::civil::Date);

impl Kind {
    /// Events of the same subject that this one names in its own fields. Who names
    /// an event has known it, so these count as parents beside `saw`.
    pub fn names(&self) -> impl Iterator<Item = EventId> + '_ {
        let (one, undone, choices): (_, &[EventId], &[Choice]) = match self {
            Kind::Verified(k) => (Some(k.report), &[], &[]),
            Kind::Returned(k) => (Some(k.report), &[], &[]),
            Kind::AssetConfirmed(k) => (Some(k.proposal), &[], &[]),
            Kind::AssetDeclined(k) => (Some(k.proposal), &[], &[]),
            Kind::Undone(k) => (None, &k.events, &[]),
            Kind::Resolved(k) => (None, &[], &k.choices),
            _ => (None, &[], &[]),
        };
        one.into_iter()
            .chain(undone.iter().copied())
            .chain(choices.iter().map(|c| c.event))
    }
}
