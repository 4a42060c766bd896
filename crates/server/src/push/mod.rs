//! Web push: what is news to an account's crews (`mendmap_core::told`) is shown by its phones, also
//! while the app is closed. Nothing of it happens without a configuration, nor for an account that
//! did not ask for it.
//!
//! * [`config`]: what the configuration says, and the command that makes one
//! * [`keys`]: the server's key, and how it says who it is (RFC 8292)
//! * [`outside`]: which addresses a phone may name, and which of them are asked
//! * [`seal`]: a message that only the phone's browser can read (RFC 8291)
//! * [`send`]: one message to one phone, and what became of it
//! * [`pusher`]: looks what is news, writes down that it is told, and tells it
//!
//! The server's private key is a secret, and so is the address at which a phone is told: neither
//! stands in a log, an error, an answer or a metric, and what holds them cannot be printed.

mod config;
mod keys;
mod outside;
mod pusher;
mod seal;
mod send;

pub use config::{Push, PushError, make_keys};
pub use pusher::Pusher;
pub(crate) use seal::can_be_told;

/// Phones of one account that are told; where more ask, those that asked last.
pub(crate) const PHONES: u32 = 8;
