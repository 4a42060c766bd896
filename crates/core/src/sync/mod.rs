//! What a device and a server agree on about each event, without any I/O.
//!
//! A device hands over events; the server answers each with a [`Receipt`] and gives
//! those that count a place in one order ([`Head`]), with a hash chained over their
//! bytes. The rules are in [`judge`] and [`let_through`], so that every store and a
//! simulation decide alike:
//!
//! | verdict | when | counts | closes its number |
//! |---|---|---|---|
//! | [accepted](Verdict::Accepted) | it is an event (or a tombstone) and no earlier number of its device is missing | yes | yes |
//! | [waiting](Verdict::Waiting) | it is one, and an earlier number is missing | later | yes |
//! | [held](Verdict::Held) | its id stands for other content, or a person must judge who wrote it | no | yes |
//! | [refused](Verdict::Refused) | form, size, or its account never might write it | no | yes, where it has one |
//! | [refused](Verdict::Refused) | another city | no | no: its number is one of that city |
//!
//! All of them are stored. No verdict looks at a task's state: a report that comes
//! second is a conflict for people, not an error. The same bytes get the receipt that
//! stands for them again ([`Answer::again`]); only `waiting` ever changes, to
//! `accepted`, and what is held for want of a right, when somebody hands it over who has it.
//!
//! A number that is closed without an event that counts is like one with a
//! [tombstone](crate::log::Tombstone) in it: what comes after need not wait for ever.
//!
//! What a device does with all this, and with a network that cannot be trusted, is in
//! [`device`]; `storm` shakes both. Photos go beside the events, see [`photos`].

mod chain;
pub mod device;
mod exchange;
mod judge;
mod numbers;
pub mod photos;
mod receipt;
mod snapshot;
#[cfg(any(test, feature = "storm"))]
pub mod storm;

pub use chain::{Digest, Head, NotADigest, content};
pub use exchange::{Carried, Item, array, lines, write_line};
pub use judge::{Known, Limits, Ruling, judge};
pub use numbers::{Parked, Through, let_through};
pub use receipt::{Answer, Held, Receipt, Refused, Verdict};
pub use snapshot::{
    FOLD, Part, Snapshot, SnapshotError, Written, is_of_interest, read_cells, read_snapshot,
    write_snapshot,
};

#[cfg(test)]
mod tests;
