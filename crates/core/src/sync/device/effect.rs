//! What a machine wants done.

use super::Shown;
use crate::log::Event;
use crate::sync::{Digest, Head, Receipt};
use std::sync::Arc;

/// Tells requests and transactions of one machine apart. Answers that outlive their
/// machine (a tab was closed) must not reach the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What is to be done, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Hand these events over to the server.
    Push {
        /// What the answer is to carry.
        ticket: Ticket,
        /// The events.
        events: Vec<Arc<Event>>,
    },
    /// Ask for the page that follows this place.
    Pull {
        /// What the answer is to carry.
        ticket: Ticket,
        /// The place, and the hash the device has there.
        after: Head,
    },
    /// Ask for a snapshot, and store it with its place as the cursor in one transaction.
    Snapshot {
        /// What the answer is to carry.
        ticket: Ticket,
    },
    /// Store this in one transaction. Transactions are carried out in the order of their
    /// effects; each is answered.
    Store {
        /// What the answer is to carry.
        ticket: Ticket,
        /// What.
        store: Store,
    },
    /// Tick at this time of the device's clock, in milliseconds since 1970. Takes the
    /// place of any earlier one.
    WaitUntil {
        /// When.
        at: i64,
    },
    /// Show this.
    Show(Shown),
}

/// What one transaction stores.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Store {
    /// Events of the city's order that are new here.
    pub events: Vec<Arc<Event>>,
    /// Verdicts on events in the outbox. An accepted one leaves it, and where the cursor has
    /// reached its place nothing is kept of its receipt either; any other verdict on an event
    /// that has left it is passed over.
    pub receipts: Vec<Receipt>,
    /// Names of contents that a receipt gave places in the order before these events came: the
    /// cursor passes them now, and what was kept of their receipts says nothing more.
    pub passed: Vec<Digest>,
    /// How far the order has been fetched with these events.
    pub cursor: Option<Head>,
    /// See [`super::Machine::offset_ms`].
    pub offset_ms: Option<i64>,
    /// With these receipts all is sent: the device's clock.
    pub sent_at: Option<i64>,
}
