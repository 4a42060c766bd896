//! `cargo xtask server-test`: the server's tests, with a PostgreSQL for those that need one.

use crate::error::Result;
use crate::postgres::{Postgres, VARIABLE, programs};
use crate::process::{command, first_on_path, run as run_command};
use crate::tools;
use std::process::Command;

/// Installs what is missing, then runs them; `args` go to `cargo test`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    tools::ensure_postgres()?;
    let mut cargo = command("cargo", &["test", "-p", "mendmap-server"]);
    cargo.args(args);
    with_postgres(cargo)
}

/// Runs tests beside a PostgreSQL that is thrown away.
pub(crate) fn with_postgres(mut cargo: Command) -> Result<()> {
    let postgres = Postgres::start()?;
    cargo.env(VARIABLE, &postgres.address);
    if let Some(programs) = programs() {
        // Backups are tried with the server's own pg_dump: an older one refuses.
        cargo.env("PATH", first_on_path(programs));
    }
    run_command(&mut cargo)
}
