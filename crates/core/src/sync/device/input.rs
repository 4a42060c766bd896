//! What a machine is told.

use super::Ticket;
use crate::ids::DeviceId;
use crate::log::Event;
use crate::sync::{Answer, Head, Receipt};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is stored of syncing, read when a tab takes over.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The city whose log it is.
    pub city: String,
    /// Devices that write in this browser, one an account.
    pub here: BTreeSet<DeviceId>,
    /// Whose session there is, as far as is known.
    pub session: Option<DeviceId>,
    /// All events held here that no server has accepted, with what one said of them.
    pub outbox: Vec<(Arc<Event>, Option<Receipt>)>,
    /// Receipts of accepted events whose place is beyond the cursor.
    pub ahead: Vec<Receipt>,
    /// How far the city's order has been fetched; none before the first page.
    pub cursor: Option<Head>,
    /// Whether to begin with a snapshot: nothing of the order was fetched yet.
    pub is_new: bool,
    /// See [`super::Machine::offset_ms`].
    pub offset_ms: Option<i64>,
    /// When last all was sent, by the device's clock, in milliseconds since 1970.
    pub sent_at: Option<i64>,
}

/// What happens to a machine.
#[derive(Debug, Clone)]
pub enum Input {
    /// Events were stored here: said on this device, or brought by a file.
    Appended(Vec<Arc<Event>>),
    /// Time has passed; asked for by [`super::Effect::WaitUntil`].
    Tick,
    /// A server can be reached, or it looks so.
    Online,
    /// It cannot; no request will be tried.
    Offline,
    /// The server's stream says that its order has come to this place.
    News {
        /// The place.
        place: u64,
    },
    /// An answer to [`super::Effect::Push`].
    PushAnswered {
        /// To which.
        ticket: Ticket,
        /// An answer for each event; fewer where it was cut.
        answers: Vec<Answer>,
        /// The server's clock, in milliseconds since 1970.
        server_ms: i64,
    },
    /// No answer to [`super::Effect::Push`].
    PushFailed {
        /// To which.
        ticket: Ticket,
        /// Why.
        failure: Failure,
    },
    /// An answer to [`super::Effect::Pull`].
    Pulled {
        /// To which.
        ticket: Ticket,
        /// The events that follow.
        page: Page,
        /// The server's clock, in milliseconds since 1970.
        server_ms: i64,
    },
    /// An answer to [`super::Effect::Snapshot`].
    Began {
        /// To which.
        ticket: Ticket,
        /// Where the order stood in the snapshot that is stored now; none where the server
        /// has none, or none that this version reads.
        head: Option<Head>,
    },
    /// No answer to [`super::Effect::Pull`] or [`super::Effect::Snapshot`].
    PullFailed {
        /// To which.
        ticket: Ticket,
        /// Why.
        failure: Failure,
    },
    /// A transaction has ended.
    Stored {
        /// Which.
        ticket: Ticket,
        /// Whether it is on the disk; if not, nothing of it is.
        ok: bool,
    },
    /// Somebody logged in.
    LoggedIn {
        /// The device that this account is in this browser.
        device: DeviceId,
    },
    /// They logged out.
    LoggedOut,
    /// A person wants it tried again now, or has come back to the app: all pauses end, also what the
    /// browser believes of the network, a broken chain is looked at anew, and
    /// what was held is handed over again.
    TryAgain,
}

/// Why a request came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer came.
    Network,
    /// There is no session, or it has expired.
    Unauthorised,
    /// The request is larger than the server takes.
    TooLarge,
    /// The server could not do it, or wants to be left alone for a while.
    Server {
        /// For how long, in milliseconds.
        retry_after_ms: Option<u64>,
    },
    /// An answer that makes no sense.
    Garbled,
}

/// A page of the city's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The events that follow the place that was asked for, in order.
    pub events: Vec<Arc<Event>>,
    /// Where the order stands after the last of them.
    pub next: Head,
    /// Where the order has come to.
    pub head: Head,
}
