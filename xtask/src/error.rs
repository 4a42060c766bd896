//! What can go wrong, said so that the reader knows what to do.

use std::path::{Path, PathBuf};

/// Shorthand for this program's results.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Something that this program does not install by itself is not there.
    #[error("{what} is missing. {how}")]
    Missing { what: String, how: String },

    /// A program ran and said no; it has said why itself.
    #[error("`{command}` failed ({status})")]
    Failed {
        command: String,
        status: std::process::ExitStatus,
    },

    /// A program could not be started at all.
    #[error("`{command}` could not be started: {source}")]
    NotStarted {
        command: String,
        source: std::io::Error,
    },

    /// A file or directory could not be used.
    #[error("could not {doing} {}: {source}", path.display())]
    Io {
        doing: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },

    /// No address to listen on.
    #[error("the app could not be served")]
    Listen,

    /// No database to test with.
    #[error("no PostgreSQL could be started for the tests")]
    Database,

    /// A server that was started did not answer.
    #[error("{what} did not answer within {seconds} s")]
    NoAnswer { what: String, seconds: u64 },

    /// The command line could not be understood.
    #[error("{0}")]
    Usage(String),

    /// The demonstration city could not be written, or is not current.
    #[cfg(feature = "city")]
    #[error(transparent)]
    City(#[from] crate::city::CityError),

    /// A city's layers could not be packed.
    #[cfg(feature = "city")]
    #[error(transparent)]
    Pack(#[from] crate::pack::PackError),
}

impl Error {
    /// An [`Error::Io`]; `doing` is a verb: "read", "write".
    pub(crate) fn io(doing: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            doing,
            path: path.to_path_buf(),
            source,
        }
    }
}
