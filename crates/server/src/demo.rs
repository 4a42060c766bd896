//! Demonstration accounts. Everybody may know their password, so they are marked by their
//! ids and are nowhere but in a demonstration: a city's own log never has one that may log
//! in, and none of this is reached from outside the machine.

use crate::app::App;
use crate::auth::is_hash_of;
use crate::store::{Store, StoreError};
use crate::user::{self, Deed, UserError};
use mendmap_core::account::Role;
use mendmap_core::account::act::DEMO;
use mendmap_core::catalog::CrewId;
use mendmap_core::log::ActorId;
use std::sync::Arc;
use thiserror::Error;

/// The one password of them all.
pub const PASSWORD: &str = "demonstration";

/// One of the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demo {
    /// Its id.
    pub id: &'static str,
    /// Who it stands for; says that it is a demonstration.
    pub name: &'static str,
    /// What it may do.
    pub role: Role,
    /// Its crew in the demonstration city.
    pub crew: Option<&'static str>,
}

/// All of them: one for each role, and a crew for each family of work at the heart.
pub const ACCOUNTS: [Demo; 6] = [
    demo(
        "demo-road",
        "道路养护员（演示）",
        Role::Crew,
        Some("road-1"),
    ),
    demo(
        "demo-drain",
        "排水养护员（演示）",
        Role::Crew,
        Some("drain-1"),
    ),
    demo(
        "demo-lamp",
        "路灯养护员（演示）",
        Role::Crew,
        Some("lamp-1"),
    ),
    demo("demo-supervisor", "督办员（演示）", Role::Supervisor, None),
    demo("demo-admin", "管理员（演示）", Role::Administrator, None),
    demo("demo-viewer", "查看者（演示）", Role::Viewer, None),
];

const fn demo(
    id: &'static str,
    name: &'static str,
    role: Role,
    crew: Option<&'static str>,
) -> Demo {
    Demo {
        id,
        name,
        role,
        crew,
    }
}

/// Why a log is not what the server was told it is.
#[derive(Debug, Error)]
pub enum DemoError {
    /// A city's own log would get accounts with a password that everybody knows.
    #[error(
        "{0} is an account of a city's own log: a demonstration (--demo) needs a --data folder \
         of its own"
    )]
    Real(ActorId),
    /// A demonstration's log would be a city's own.
    #[error(
        "the log was made by a demonstration: everybody knows the password of {}. Serve it with \
         --demo, begin with another --data folder, or lock each (`mendmap-server user lock {}`)",
        list(.0),
        .0[0]
    )]
    Left(Vec<ActorId>),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An account could not be made.
    #[error("a demonstration account: {0}")]
    User(#[from] UserError),
}

fn list(accounts: &[ActorId]) -> String {
    let ids: Vec<&str> = accounts.iter().map(|id| &*id.0).collect();
    ids.join(", ")
}

/// Whether an account is one of a demonstration, by its id.
pub fn is_demo(id: &str) -> bool {
    id.starts_with(DEMO)
}

/// The accounts and their password, as they are told to whoever began the demonstration.
pub fn told() -> String {
    let mut told =
        "Demonstration accounts, known to everybody and for this machine alone:\n".to_owned();
    for Demo { id, name, role, .. } in ACCOUNTS {
        told += &format!("  {id:<16}{:<15}{name}\n", role.name());
    }
    told + "The password of each is " + PASSWORD
}

/// Makes the accounts that are not there yet, and gives those that are their password back:
/// somebody may have changed it, or locked one, who tried what can be done.
///
/// # Errors
/// Where there are accounts of people already; those of the store.
pub(crate) async fn settle(app: &App) -> Result<(), DemoError> {
    let known = user::all(app.store()).await?;
    if let Some(real) = known.iter().find(|account| !is_demo(&account.id.0)) {
        return Err(DemoError::Real(real.id.clone()));
    }
    for Demo {
        id,
        name,
        role,
        crew,
    } in ACCOUNTS
    {
        let account = ActorId::from(id);
        let password = PASSWORD.into();
        let Some(known) = known.iter().find(|known| known.id == account) else {
            let deed = Deed::Add {
                name: name.into(),
                role,
                crews: crew.map(|crew| CrewId(crew.into())).into_iter().collect(),
                password,
            };
            user::carry_out(app, id, deed).await?;
            continue;
        };
        if known.locked {
            user::carry_out(app, id, Deed::Lock(false)).await?;
        }
        // Another hash of the same password would end who is logged in.
        let hash = app.store().secret(&account).await?;
        if !hash.is_some_and(|hash| is_hash_of(&hash, PASSWORD)) {
            user::carry_out(app, id, Deed::Password(password)).await?;
        }
    }
    Ok(())
}

/// Finds no demonstration account that may log in.
///
/// # Errors
/// Where there is one; those of the store.
pub(crate) async fn forbid(store: &Arc<dyn Store>) -> Result<(), DemoError> {
    let mut left = Vec::new();
    for account in user::all(store).await? {
        // One without a password came in as an event, and lets nobody in.
        if is_demo(&account.id.0) && !account.locked && store.secret(&account.id).await?.is_some() {
            left.push(account.id);
        }
    }
    match left.is_empty() {
        true => Ok(()),
        false => Err(DemoError::Left(left)),
    }
}
