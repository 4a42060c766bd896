//! `cargo xtask server-test`: the server's tests, with a PostgreSQL for those that need one.

use crate::error::Result;
use crate::postgres::{Postgres, VARIABLE};
use crate::process::{command, run as run_command};
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
    run_command(cargo.env(VARIABLE, &postgres.address))
}
