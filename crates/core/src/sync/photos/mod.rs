//! A device's photos on their way to a server, without any I/O.
//!
//! Beside the events and never in their way: an event names its photos by their hash and
//! waits for none of them. [`Machine`] is told what happens ([`Input`]) together with the
//! clock and a random number, and answers with what is to be done ([`Effect`]). Its queue is
//! what the storage says it is; what was sent counts once that is stored.
//!
//! * **One photo at a time**: first how far it has come ([`Step::Ask`]), then what is missing
//!   of it, in one request, then its private part. A photo as we make them is small, and the
//!   server keeps what came of a request that was cut off; so nothing is cut into pieces here,
//!   and yet no byte goes twice.
//! * **The one that failed least goes first**, of equals the oldest: one that a server cannot
//!   stomach keeps no other from arriving.
//! * **Only the account that took it sends it**, as with events.
//! * **What is refused is refused for good.** It is stored, shown, and not asked about again.

mod machine;

pub use machine::{Answer, Effect, Input, Machine, PATIENCE_MS, Step, Waiting};

#[cfg(test)]
mod tests;
