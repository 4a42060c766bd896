//! How syncing with a server stands, and what came back from it.

use crate::sync::remote::Person;
use mendmap_core::{
    ids::TaskUid,
    sync::{
        Held, Refused, Verdict,
        device::{Shown, Status},
    },
};
use serde::{Deserialize, Serialize};

/// How syncing with a server stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Syncing {
    /// The one line; none before the first word of the tab that speaks with the server.
    pub status: Option<SyncStatus>,
    /// How many events the line is about.
    pub n: usize,
    /// How many events came back as refused or held.
    pub put_back: usize,
    /// How wrong the device's clock is, in milliseconds to add, where that is much.
    pub skew_ms: Option<i64>,
    /// The last transaction failed.
    pub storage_failed: bool,
    /// Who is logged in.
    pub person: Option<Person>,
    /// How many photos wait for the server.
    pub photos: usize,
    /// How many it refused.
    pub photos_refused: usize,
}

/// The one line; see [`Status`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncStatus {
    /// Nobody has logged in.
    SavedHere,
    /// Somebody has, and nothing was to be sent yet.
    NothingYet,
    /// Some wait until their account logs in.
    LoginNeeded,
    /// The server's history is not the one that was fetched before.
    ChainBroken,
    /// Some are on their way.
    Sending,
    /// Some are not sent.
    Waiting,
    /// Some came back.
    PutBack,
    /// All is sent.
    AllSent {
        /// Since when, in milliseconds since 1970 by this device's clock.
        at: i64,
    },
}

/// Something that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutBack {
    /// The task it is about.
    pub task: Option<TaskUid>,
    /// When it was written, RFC 3339.
    pub at: Option<String>,
    /// Why.
    pub why: BackWhy,
}

/// Why something came back; see [`Held`] and [`Refused`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the verdicts say what each means")]
pub enum BackWhy {
    OtherContent,
    Locked,
    Role,
    Carried,
    Newer,
    Form,
    Size,
    City,
    Permission,
}

impl BackWhy {
    /// Why a verdict keeps an event from counting; none where it counts, or will.
    pub fn of(verdict: &Verdict) -> Option<BackWhy> {
        Some(match verdict {
            Verdict::Accepted { .. } | Verdict::Waiting { .. } => return None,
            Verdict::Held(held) => match held {
                Held::OtherContent { .. } => BackWhy::OtherContent,
                Held::Locked => BackWhy::Locked,
                Held::Role { .. } => BackWhy::Role,
                Held::Carried => BackWhy::Carried,
                Held::Newer => BackWhy::Newer,
            },
            Verdict::Refused(refused) => match refused {
                Refused::Form { .. } => BackWhy::Form,
                Refused::Size { .. } => BackWhy::Size,
                Refused::City { .. } => BackWhy::City,
                Refused::Permission { .. } => BackWhy::Permission,
            },
        })
    }
}

impl Syncing {
    /// What the machine shows, and who is here.
    pub fn new(shown: Option<Shown>, person: Option<Person>) -> Syncing {
        let Some(shown) = shown else {
            return Syncing {
                person,
                ..Syncing::default()
            };
        };
        let (status, n) = match shown.status {
            Status::SavedHere { n: 0 } if person.is_some() => (SyncStatus::NothingYet, 0),
            Status::SavedHere { n } => (SyncStatus::SavedHere, n),
            Status::LoginNeeded { n } => (SyncStatus::LoginNeeded, n),
            Status::ChainBroken(_) => (SyncStatus::ChainBroken, shown.unsent),
            Status::Sending { n } => (SyncStatus::Sending, n),
            Status::Waiting { n } => (SyncStatus::Waiting, n),
            Status::PutBack { n } => (SyncStatus::PutBack, n),
            Status::AllSent { at } => (SyncStatus::AllSent { at }, 0),
        };
        Syncing {
            status: Some(status),
            n,
            put_back: shown.put_back,
            skew_ms: shown.skew_ms,
            storage_failed: shown.storage_failed,
            person,
            ..Syncing::default()
        }
    }
}
