//! What can go wrong with a store.

use mendmap_core::log::ActorId;
use sqlx::postgres::PgDatabaseError;
use thiserror::Error;

/// Why a store cannot do what was asked. It is logged, and never told to a caller.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database said no.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Nobody answers there, or says no at once.
    #[error(
        "there is no way into PostgreSQL at {at}: {source}. Look whether it runs, and whether \
         DATABASE_URL names the right host, user, password and database"
    )]
    Unreachable {
        /// Host, port and database.
        at: String,
        /// What was said.
        source: sqlx::Error,
    },
    /// It could not store every text; PostgreSQL's name of its encoding.
    #[error(
        "the database is in {0}, in which the log cannot be written: make one with ENCODING \
         'UTF8' and name it in DATABASE_URL"
    )]
    Encoding(String),
    /// The database answered before, and no longer does.
    #[error("the connection to the database is lost")]
    Silent,
    /// Its tables could not be brought to this version.
    #[error("the database's tables: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// It is the log of another city.
    #[error(
        "this is the log of city {holds}, and the app is of {wanted}: each city has a data \
         folder or a database of its own"
    )]
    City {
        /// The city whose log it is.
        holds: String,
        /// The city that was asked for.
        wanted: String,
    },
    /// Events were handed over for an account that there is not.
    #[error("there is no account {0}")]
    NoAccount(ActorId),
    /// A row says what no row can say: somebody else wrote it.
    #[error("a row that cannot be: {0}")]
    Row(&'static str),
    /// The reason of a verdict cannot be written or read.
    #[error("the reason of a verdict: {0}")]
    Why(#[from] serde_json::Error),
    /// The chain of hashes does not hold: bytes were changed, removed or put in.
    #[error("the chain of hashes breaks at place {0}")]
    Chain(u64),
}

impl StoreError {
    /// Whether the same may well succeed a little later.
    pub fn is_busy(&self) -> bool {
        match self {
            StoreError::Silent => true,
            StoreError::Database(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) => true,
            StoreError::Database(sqlx::Error::Database(error)) => {
                let code = error.code().unwrap_or_default();
                match error.try_downcast_ref::<PgDatabaseError>() {
                    Some(_) => is_busy_postgres(&code),
                    None => is_busy_sqlite(&code),
                }
            }
            _ => false,
        }
    }
}

/// SQLITE_BUSY and SQLITE_LOCKED, with whatever stands in their upper bits.
fn is_busy_sqlite(code: &str) -> bool {
    let code = code.parse::<u32>().map(|code| code & 0xff);
    matches!(code, Ok(5 | 6))
}

/// By PostgreSQL's list of codes (appendix A of its manual): the connection, its number,
/// locks, and a database that stops or starts.
fn is_busy_postgres(code: &str) -> bool {
    let codes = [
        "25P03", "40001", "40P01", "53300", "55P03", "57P01", "57P02", "57P03",
    ];
    code.starts_with("08") || codes.contains(&code)
}
