//! What an administrator does with accounts, as drafts; each refuses what makes no sense. And what was done
//! with them.

use super::{Account, Role};
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::log::{
    AccountAdded, AccountChanged, AccountLocked, ActorId, Draft, Event, Kind, Log, Moment, Subject,
    Undone, causality, is_back, taken_back,
};
use crate::order::{distinct, sort_by};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most characters of an id.
pub const LONGEST_ID: usize = 32;
/// The most characters of a name.
pub const LONGEST_NAME: usize = 60;
/// The fewest characters of a password: what NIST SP 800-63B §5.1.1.1 asks of one that a person chooses.
pub const SHORTEST_PASSWORD: usize = 8;
/// What the ids of a demonstration's accounts begin with, and no others: everybody knows their password.
pub const DEMO: &str = "demo-";
/// Who acts in the events that the server's keeper writes. No account has this id.
pub const OPERATOR: &str = "operator";

/// Whether this can be an account's id: it stands in cookies, addresses and the log.
pub fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(plain) && id != OPERATOR
}

/// What is done with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// It is made.
    Add {
        /// The person's name.
        name: String,
        /// What it is there for.
        role: Role,
        /// The crews it belongs to.
        crews: Vec<CrewId>,
    },
    /// It is called otherwise.
    Name(String),
    /// It is there for something else.
    Role(Role),
    /// It belongs to these crews, and to no others.
    Crews(Vec<CrewId>),
    /// It is locked, or (false) unlocked.
    Lock(bool),
}

/// Why something is not done with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Letters, digits, - and _, at most [`LONGEST_ID`] of them.
    #[error("no id of an account")]
    BadId,
    /// An id of a demonstration.
    #[error("ids that begin with {DEMO} are for demonstrations")]
    Demo,
    /// There is one already.
    #[error("there is such an account already")]
    Exists,
    /// There is none.
    #[error("there is no such account")]
    Unknown,
    /// A name is blank, or longer than [`LONGEST_NAME`].
    #[error("no name of a person")]
    BadName,
    /// It is so already.
    #[error("nothing would change")]
    NoChange,
    /// Nobody takes from themselves what they need to take it back.
    #[error("an administrator locks and demotes others only")]
    Oneself,
    /// What is to be taken back does not stand.
    #[error("there is nothing to take back")]
    NotStanding,
}

/// Does something with an account. `me` is who does it.
///
/// # Errors
/// Every [`Refusal`] but the last.
pub fn draft(log: &Log, me: &ActorId, id: &str, deed: Deed) -> Result<Draft, Refusal> {
    let about = ActorId::from(id);
    let known = Account::fold(&about, log.about(&Subject::Account(about.clone())));
    let kind: Kind = match (deed, known) {
        (Deed::Add { .. }, Some(_)) => return Err(Refusal::Exists),
        (Deed::Add { name, role, crews }, None) => {
            if !is_id(id) {
                return Err(Refusal::BadId);
            }
            if id.starts_with(DEMO) {
                return Err(Refusal::Demo);
            }
            let (name, role) = (named(&name)?, role.name().into());
            AccountAdded { name, role, crews }.into()
        }
        (_, None) => return Err(Refusal::Unknown),
        (Deed::Name(name), Some(account)) => {
            let name = named(&name)?;
            changes(name != account.name)?;
            AccountChanged {
                name: Some(name),
                ..AccountChanged::default()
            }
            .into()
        }
        (Deed::Role(role), Some(account)) => {
            changes(role != account.role)?;
            not_oneself(me, id)?;
            AccountChanged {
                role: Some(role.name().into()),
                ..AccountChanged::default()
            }
            .into()
        }
        (Deed::Crews(crews), Some(account)) => {
            let crews = distinct(crews);
            changes(crews != account.crews)?;
            AccountChanged {
                crews: Some(crews),
                ..AccountChanged::default()
            }
            .into()
        }
        (Deed::Lock(locked), Some(account)) => {
            changes(locked != account.locked)?;
            not_oneself(me, id)?;
            let reason = None;
            AccountLocked { locked, reason }.into()
        }
    };
    Ok(Draft::new(Subject::Account(about), kind))
}

/// Takes back what was done with an account.
///
/// # Errors
/// [`Refusal::NotStanding`], and [`Refusal::Oneself`].
pub fn take_back(log: &Log, me: &ActorId, event: EventId) -> Result<Draft, Refusal> {
    let said = log.get(event).and_then(|event| event.subject());
    let Some(Subject::Account(id)) = said else {
        return Err(Refusal::NotStanding);
    };
    not_oneself(me, &id.0)?;
    let stands = |done: &Done| done.event == event && !done.is_taken_back;
    if !about(id, log.about(&Subject::Account(id.clone())))
        .iter()
        .any(stands)
    {
        return Err(Refusal::NotStanding);
    }
    let undone = Undone {
        events: vec![event],
        note: None,
    };
    Ok(Draft::new(Subject::Account(id.clone()), undone))
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    match name.is_empty() || name.chars().count() > LONGEST_NAME {
        true => Err(Refusal::BadName),
        false => Ok(name.to_owned()),
    }
}

fn changes(is_other: bool) -> Result<(), Refusal> {
    is_other.then_some(()).ok_or(Refusal::NoChange)
}

fn not_oneself(me: &ActorId, id: &str) -> Result<(), Refusal> {
    match *me.0 == *id {
        true => Err(Refusal::Oneself),
        false => Ok(()),
    }
}

/// That somebody did something with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The event.
    pub event: EventId,
    /// The account.
    pub account: ActorId,
    /// What was done.
    pub deed: Deed,
    /// Who did it.
    pub by: ActorId,
    /// When, by the corrected clock of whoever did. For display only.
    pub at: Moment,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}

/// All accounts of a log, by id; and what was done with them, the last first.
pub fn all(log: &Log) -> (Vec<Account>, Vec<Done>) {
    let (mut accounts, mut done) = (Vec::new(), Vec::new());
    for subject in log.subjects() {
        if let Subject::Account(id) = subject {
            let events = log.about(subject);
            accounts.extend(Account::fold(id, events));
            done.extend(about(id, events));
        }
    }
    sort_by(&mut accounts, |a, b| a.id.0.cmp(&b.id.0));
    // Ids begin with a time: of one moment the later one stays the later one.
    sort_by(&mut done, |a, b| {
        b.at.cmp(&a.at).then_with(|| b.event.cmp(&a.event))
    });
    (accounts, done)
}

/// What was done with one account, in causal order.
fn about(id: &ActorId, events: &[Arc<Event>]) -> Vec<Done> {
    let causality = causality(events);
    let order: Vec<&Arc<Event>> = causality.order().map(|i| &events[i]).collect();
    let back = taken_back(&order, &BTreeSet::new());
    let mut done = Vec::new();
    for event in order {
        let (Some(kind), Some(envelope)) = (event.kind(), event.envelope()) else {
            continue;
        };
        let role = |role: &str| role.parse().unwrap_or(Role::Viewer);
        let deeds = match kind {
            Kind::AccountAdded(said) => vec![Deed::Add {
                name: said.name.clone(),
                role: role(&said.role),
                crews: said.crews.clone(),
            }],
            Kind::AccountChanged(said) => {
                let name = said.name.clone().map(Deed::Name);
                let crews = said.crews.clone().map(Deed::Crews);
                let role = said.role.as_deref().map(|said| Deed::Role(role(said)));
                name.into_iter().chain(role).chain(crews).collect()
            }
            Kind::AccountLocked(said) => vec![Deed::Lock(said.locked)],
            _ => continue,
        };
        done.extend(deeds.into_iter().map(|deed| Done {
            event: envelope.id,
            account: id.clone(),
            deed,
            by: envelope.actor.clone(),
            at: envelope.corrected(),
            is_taken_back: is_back(envelope.id, &back),
        }));
    }
    done
}
