//! A device's side of syncing, without any I/O.
//!
//! [`Machine`] is told what happens ([`Input`]) together with the device's clock and a
//! random number, and answers with what is to be done ([`Effect`]), in that order. It
//! never waits, and what it holds can be built again from what is stored ([`Kept`]):
//! a tab may be closed between any two effects.
//!
//! * **Sending and fetching are two lanes**, each with one request or one
//!   transaction under way, its own pauses and its own "not allowed". Every request has a
//!   ticket; an answer to another ticket says nothing any more.
//! * **Nothing is so before it is stored.** Receipts, events and the cursor change in
//!   memory when the storage says so, and in one transaction there. Until then the same
//!   is asked again: the server answers what it has seen with the receipt that stands.
//! * **Everything held here without a verdict is sent**, also what a file brought from
//!   another phone: that phone may lie in the river.
//! * **Fetched pages carry on the chain of hashes** from the cursor. Where they do not,
//!   fetching stops and [`Status::ChainBroken`] is shown. Nothing is thrown away.
//! * **What was handed over is not fetched.** Where receipts carry the chain on from the
//!   cursor, with the bytes that are here, the cursor moves with them.
//!
//! A failed fetch does not stop sending. In programs that send *differences*, sending on
//! top of a state that could not be fetched overwrites the work of others. An event says
//! what its author saw and overwrites nothing, so the only thing that waiting would do is
//! leave the work on one phone for longer. For the same reason sending goes on when the
//! chain is broken: a copy on a server that lost something is better than none, and the
//! receipts say which history they belong to.

mod clock;
mod effect;
mod input;
pub(super) mod lane;
mod machine;
mod outbox;
mod pull;
mod push;
mod status;

pub use effect::{Effect, Store, Ticket};
pub use input::{Failure, Input, Kept, Page};
pub use machine::Machine;
pub use outbox::{BATCH_BYTES, BATCH_COUNT};
pub use pull::Break;
pub use status::{LARGE_SKEW_MS, Shown, Status};

#[cfg(test)]
mod tests;
