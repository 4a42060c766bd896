//! What can go wrong with a store.

use thiserror::Error;

/// Why a store cannot do what was asked. It is logged, and never told to a caller.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database said no.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Its tables could not be brought to this version.
    #[error("the database's tables: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// It is the log of another city.
    #[error("this data folder holds the log of city {holds}, the app is of {wanted}")]
    City {
        /// The city whose log it is.
        holds: String,
        /// The city that was asked for.
        wanted: String,
    },
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
        // SQLITE_BUSY and SQLITE_LOCKED, with whatever stands in their upper bits.
        let locked = |code: &str| {
            let code = code.parse::<u32>().map(|code| code & 0xff);
            matches!(code, Ok(5 | 6))
        };
        match self {
            StoreError::Database(sqlx::Error::PoolTimedOut) => true,
            StoreError::Database(sqlx::Error::Database(e)) => e.code().is_some_and(|c| locked(&c)),
            _ => false,
        }
    }
}
