//! What the header shows.

/// From here on a clock's error is shown to the person: five minutes, in milliseconds.
pub const LARGE_SKEW_MS: i64 = 300_000;

/// How syncing stands, in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody has logged in: `n` events are saved on this device only.
    SavedHere {
        /// How many.
        n: usize,
    },
    /// `n` events wait until their account logs in; with none, news cannot be fetched.
    LoginNeeded {
        /// How many.
        n: usize,
    },
    /// The server's history is not the one that was fetched before.
    ChainBroken(super::Break),
    /// `n` events are on their way.
    Sending {
        /// How many.
        n: usize,
    },
    /// `n` events are not sent, or wait on the server for an earlier one.
    Waiting {
        /// How many.
        n: usize,
    },
    /// `n` events came back as refused or held, and all others are sent.
    PutBack {
        /// How many.
        n: usize,
    },
    /// All that is held here counts on the server.
    AllSent {
        /// When it came to be so, by the device's clock, in milliseconds since 1970.
        at: i64,
    },
}

/// All that is shown of syncing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The one line.
    pub status: Status,
    /// How many events have no verdict that could last.
    pub unsent: usize,
    /// How many are refused, held or too large; kept, and to be looked at.
    pub put_back: usize,
    /// The device's clock is wrong by this much (milliseconds to add), where that is
    /// [`LARGE_SKEW_MS`] or more.
    pub skew_ms: Option<i64>,
    /// The last transaction failed: the disk may be full.
    pub storage_failed: bool,
}
