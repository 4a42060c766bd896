//! Accounts, made and kept by whoever runs the server.

use crate::app::App;
use crate::auth::{hash, known_as, strong_enough};
use crate::demo::is_demo;
use crate::store::{Ended, Store, StoreError};
use mendmap_core::account::act::{OPERATOR, SHORTEST_PASSWORD, is_id};
use mendmap_core::account::{Account, Role};
use mendmap_core::catalog::CrewId;
use mendmap_core::ids::{DeviceId, EventId, Uuid, uuid_v7};
use mendmap_core::log::{
    AccountAdded, AccountChanged, AccountLocked, ActorId, Draft, Event, Kind, Log, Moment, Outcome,
    SealError, Stamp, Subject,
};
use mendmap_core::sync::Verdict;
use std::sync::Arc;
use thiserror::Error;

/// What is to be done with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Make it.
    Add {
        /// The person's name.
        name: String,
        /// Its role.
        role: Role,
        /// Its crews.
        crews: Vec<CrewId>,
        /// Its password.
        password: String,
    },
    /// Give it another password, which ends its sessions and has none of its phones told any more.
    Password(String),
    /// Give it another role or other crews.
    Change {
        /// The role.
        role: Option<Role>,
        /// All its crews.
        crews: Option<Vec<CrewId>>,
    },
    /// Lock it, or unlock it.
    Lock(bool),
    /// Make a key for a program that acts for it.
    Token {
        /// What the key is for.
        name: String,
    },
    /// Take all its programs' keys away.
    DropTokens,
}

/// Why it was not done.
#[derive(Debug, Error)]
pub enum UserError {
    /// An id that cannot stand in a cookie, an address or a log.
    #[error("{0:?} is no id of an account: letters, digits, - and _, at most 32")]
    Id(String),
    /// An id of a demonstration's accounts, whose password everybody knows.
    #[error("{0}: ids that begin so are for demonstrations (`serve --demo` makes their accounts)")]
    Demo(String),
    /// There is one already.
    #[error("there is an account {0} already: `user change` changes it")]
    Exists(String),
    /// There is none.
    #[error("there is no account {0}: `user add` makes one")]
    Unknown(String),
    /// A password that is too short.
    #[error("the password has fewer than {SHORTEST_PASSWORD} characters")]
    Weak,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gave no random number.
    #[error("no random number: {0}")]
    Random(#[from] getrandom::Error),
    /// The event could not be written.
    #[error("the event: {0}")]
    Seal(#[from] SealError),
    /// The store did not take the event.
    #[error("the event was not accepted: {0:?}")]
    Verdict(Verdict),
    /// The password could not be hashed.
    #[error("the password could not be hashed")]
    Hash,
}

/// Does it; what to print, if anything.
///
/// # Errors
/// Anything that kept it from being done whole; then nothing is changed, or, where only the
/// password is missing, `user passwd` sets it.
pub async fn act(app: &App, id: &str, deed: Deed) -> Result<Option<String>, UserError> {
    match deed {
        Deed::Add { .. } if is_demo(id) => Err(UserError::Demo(id.into())),
        deed => carry_out(app, id, deed).await,
    }
}

/// The same, also for a demonstration.
pub(crate) async fn carry_out(
    app: &App,
    id: &str,
    deed: Deed,
) -> Result<Option<String>, UserError> {
    if !is_id(id) {
        return Err(UserError::Id(id.into()));
    }
    let store = app.store();
    let account = ActorId::from(id);
    let known = store.account(&account).await?;
    if let Deed::Add { .. } = deed {
        if known.is_some() {
            return Err(UserError::Exists(id.into()));
        }
    } else if known.is_none() {
        return Err(UserError::Unknown(id.into()));
    }
    match deed {
        Deed::Add {
            name,
            role,
            crews,
            password,
        } => {
            let hash = hashed(password).await?;
            let role = role.name().into();
            say(app, &account, AccountAdded { name, role, crews }).await?;
            store.set_secret(&account, &hash).await?;
        }
        Deed::Password(password) => {
            let hash = hashed(password).await?;
            store.set_secret(&account, &hash).await?;
            store.unsubscribe(Ended::Account(&account)).await?;
        }
        Deed::Change { role, crews } => {
            let role = role.map(|role| role.name().into());
            let change = AccountChanged {
                name: None,
                role,
                crews,
            };
            say(app, &account, change).await?;
        }
        Deed::Lock(locked) => {
            let reason = None;
            say(app, &account, AccountLocked { locked, reason }).await?;
        }
        Deed::Token { name } => {
            let mut key = [0; 32];
            getrandom::fill(&mut key)?;
            let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            store.add_token(&known_as(&key), &account, &name).await?;
            return Ok(Some(key));
        }
        Deed::DropTokens => store.drop_tokens(&account).await?,
    }
    Ok(None)
}

/// All accounts, by id.
///
/// # Errors
/// Those of the store.
pub async fn all(store: &Arc<dyn Store>) -> Result<Vec<Account>, StoreError> {
    let mut accounts = Vec::new();
    for id in store.known().await? {
        accounts.extend(store.account(&id).await?);
    }
    Ok(accounts)
}

async fn hashed(password: String) -> Result<String, UserError> {
    if !strong_enough(&password) {
        return Err(UserError::Weak);
    }
    hash(password).await.map_err(|_| UserError::Hash)
}

/// Writes an event about an account, on top of all that is known of it, on the device that
/// stands for the server's keeper.
async fn say(app: &App, account: &ActorId, kind: impl Into<Kind>) -> Result<(), UserError> {
    let store = app.store();
    let mut log = Log::new(store.city());
    for event in store.about(account).await? {
        let put = log.insert(Event::read(event.raw().to_vec()));
        debug_assert_eq!(put.outcome, Outcome::Inserted);
    }
    let name = format!("operator of {}", store.city());
    let device = DeviceId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()));
    let receipts = store.receipts(device, 1..=u64::from(u32::MAX)).await?;
    let seq = receipts.iter().filter_map(|r| r.seq).max().unwrap_or(0) + 1;
    let mut random = [0; 10];
    getrandom::fill(&mut random)?;
    let ms = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let ms = ms.map_or(0, |since| since.as_millis() as u64);
    let at = Moment::from_millis(ms as i64, 0).ok_or(StoreError::Row("no time"))?;
    let stamp = Stamp {
        id: EventId(uuid_v7(ms, random)),
        device,
        seq,
        actor: OPERATOR.into(),
        at,
        offset_ms: 0,
    };
    let event = log.seal(Draft::new(Subject::Account(account.clone()), kind), stamp)?;
    let appended = app.append(vec![event]).await?;
    match appended.answers.into_iter().next() {
        Some(answer) => match answer.receipt.verdict {
            Verdict::Accepted { .. } => Ok(()),
            other => Err(UserError::Verdict(other)),
        },
        None => Err(StoreError::Row("no answer").into()),
    }
}
