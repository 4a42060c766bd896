//! The log: events, their causal order, merging, and the forms in which they are
//! stored and exchanged.
//!
//! An event is one JSON object: the envelope in the order below, then `kind`, then
//! the kind's own fields ([`Kind`]). Members in another order are read as well.
//!
//! ```json
//! {"v":1,"id":"018f…","city":"220382","subject":{"task":"…"},"device":"…","seq":17,
//!  "actor":"crew-3","at":"2024-05-03T09:12:44+08:00","offset_ms":-830,"saw":["018f…"],
//!  "kind":"accepted","note":"…"}
//! ```
//!
//! * Its bytes are never changed after its device wrote them. What no version here
//!   knows survives because of that; see [`View`] for what is made of it.
//! * Quantities are strings of digits ([`Quantity`]), positions integers of 1e-7
//!   degrees ([`Position`]), lengths integers of millimetres: nothing is a float.
//! * `saw` orders the events of a subject ([`Causality`]); an event that another
//!   names in its own fields counts as seen by it.
//! * The same id with other content is kept twice; the bytes that sort first count,
//!   so that devices agree without asking anybody ([`Outcome::Quarantined`]).
//!
//! All of it is frozen; `tests/wire.rs` and `tests/forms.rs` say what would break.

mod container;
pub(crate) mod day;
mod draft;
mod envelope;
mod event;
mod file;
mod frame;
mod graph;
mod guard;
mod kind;
pub(crate) mod line;
mod moment;
mod numbers;
mod position;
mod quantity;
mod read;
mod segment;
mod taken_back;
mod target;
mod tombstone;

pub(crate) use container::causality;
pub use container::{Insertion, Log, Merged, Outcome};
pub use day::read_day;
pub use draft::{Draft, SealError, Stamp};
pub use envelope::{ActorId, Envelope, MAX_SEQ, Subject, VERSION};
pub use event::{Event, Newer, View};
pub use file::{FileProblem, Import, Scope, export_file, import_file};
pub(crate) use frame::{Header, checksum, header};
pub use graph::Causality;
pub use kind::*;
pub use moment::{Moment, NotAMoment};
pub use numbers::Numbers;
pub use position::Position;
pub use quantity::{Quantity, QuantityError};
pub use read::Unreadable;
pub use segment::{
    Segment, SegmentError, SegmentFault, read_segment, salvage_segment, segment_bytes,
    write_segment,
};
pub(crate) use taken_back::{Back, is_back, taken_back};
pub use target::{AssetSnapshot, Place, Round, Shape, Target, crosses_itself, has_its_corners};
pub use tombstone::Tombstone;

#[cfg(test)]
pub(crate) mod testkit;
#[cfg(test)]
mod tests;
