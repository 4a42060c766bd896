//! PostgreSQL, for the tests of the server.

use super::apt;
use crate::error::{Error, Result};
use crate::postgres::{OLDEST, VARIABLE, programs};

/// Installs it with apt where that is possible, else says how to.
pub(crate) fn ensure_postgres() -> Result<()> {
    if std::env::var_os(VARIABLE).is_some() || programs().is_some() {
        return Ok(());
    }
    let otherwise = format!(
        "Where a PostgreSQL {OLDEST} or newer runs elsewhere, name it in {VARIABLE}, as \
         postgres://user:password@host/database: tests make databases of their own there."
    );
    apt::install(&["postgresql"], &otherwise)?;
    if programs().is_some() {
        return Ok(());
    }
    Err(Error::Missing {
        what: format!("PostgreSQL {OLDEST} (the packages of this system are older)"),
        how: otherwise,
    })
}
