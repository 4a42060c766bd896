//! What is set of the catalogue, as the page says it and shows it.

use mendmap_core::{
    account::{
        Account,
        act::{self, Deed, Done},
    },
    catalog::Fault,
    ids::EventId,
    log::Moment,
    settings::{Refusal, Standing, What},
};
use serde::{Deserialize, Serialize};

/// Something to set, or to take back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Configuring {
    /// What stands at a place of the catalogue.
    Set {
        /// The place.
        what: What,
        /// What stands there, as JSON; `null` for nothing.
        json: String,
    },
    /// What stood there before stands there again.
    TakeBack {
        /// The event that set it.
        event: EventId,
    },
    /// Something with an account.
    Account {
        /// Its id.
        id: String,
        /// What.
        deed: Deed,
    },
    /// What was done with an account counts no more.
    TakeBackDeed {
        /// The event that did it.
        event: EventId,
    },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Configured {
    /// It is on the disk: the event, which undo names.
    Kept(EventId),
    /// It makes no sense.
    Refused(Unset),
}

/// Why something is not set, as the page words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unset {
    /// It stands there as it is.
    NoChange,
    /// A newer version set something.
    ReadOnly,
    /// A number that is too small.
    TooSmall,
    /// A number that is more than can be.
    TooLarge {
        /// The most that can be.
        most: String,
    },
    /// More decimals than the unit has.
    TooFine {
        /// How many it has.
        decimals: u32,
    },
    /// A name is blank.
    Blank,
    /// Nothing would ever fall due, or have a time limit.
    NoRhythm,
    /// An id that is none, or is there already.
    BadId,
    /// It makes no sense of an account.
    Account(act::Refusal),
    /// Anything else.
    Other {
        /// In the core's words, in English.
        detail: String,
    },
}

impl From<Refusal> for Unset {
    fn from(refusal: Refusal) -> Self {
        match &refusal {
            Refusal::NoChange => Unset::NoChange,
            Refusal::ReadOnly => Unset::ReadOnly,
            Refusal::Unsound { problem } => match &problem.fault {
                Fault::TooSmall { .. } => Unset::TooSmall,
                Fault::TooLarge { most, .. } => Unset::TooLarge {
                    most: most.to_string(),
                },
                Fault::TooFine { decimals, .. } => Unset::TooFine {
                    decimals: *decimals,
                },
                Fault::BlankLabel => Unset::Blank,
                Fault::NoRhythm | Fault::NoTime | Fault::NoMonth => Unset::NoRhythm,
                Fault::BadId { .. } | Fault::DuplicateId { .. } => Unset::BadId,
                _ => Unset::Other {
                    detail: refusal.to_string(),
                },
            },
            _ => Unset::Other {
                detail: refusal.to_string(),
            },
        }
    }
}

impl From<act::Refusal> for Unset {
    fn from(refusal: act::Refusal) -> Self {
        match refusal {
            act::Refusal::NoChange => Unset::NoChange,
            _ => Unset::Account(refusal),
        }
    }
}

/// The accounts, for who may do something with them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AccountList {
    /// All accounts, by id; none for who may not.
    pub accounts: Vec<Account>,
    /// What was done with them, the last first.
    pub done: Vec<Done>,
    /// The account of who is here; none where nobody may do anything with accounts.
    pub me: Option<String>,
}

/// All that was set, the last first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SettingsList {
    /// The settings.
    pub rows: Vec<SettingRow>,
    /// Whether who is here may set something.
    pub may_set: bool,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingRow {
    /// The event.
    pub event: EventId,
    /// What it is about.
    pub what: What,
    /// What stood there before, as JSON; none where nothing did.
    pub was: Option<String>,
    /// What was set, as JSON.
    pub is: String,
    /// Who set it.
    pub by: String,
    /// When, by the corrected clock.
    pub at: Moment,
    /// What became of it.
    pub standing: Standing,
    /// Whether it counts and cannot be laid over the catalogue's file as that is now.
    pub is_idle: bool,
}
