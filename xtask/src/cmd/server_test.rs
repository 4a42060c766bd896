//! `cargo xtask server-test`: the server's tests, with a PostgreSQL for those that need one.

use crate::error::Result;
use crate::postgres::{Postgres, VARIABLE};
use crate::process::{command, run as run_command};
use crate::tools;

/// Installs what is missing, then runs them; `args` go to `cargo test`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    tools::ensure_postgres()?;
    let args = args.iter().map(String::as_str);
    with_postgres(
        &["-p", "mendmap-server"]
            .into_iter()
            .chain(args)
            .collect::<Vec<_>>(),
    )
}

/// `cargo test` with these arguments, beside a PostgreSQL that is thrown away.
pub(crate) fn with_postgres(args: &[&str]) -> Result<()> {
    let postgres = Postgres::start()?;
    let mut cargo = command("cargo", &["test"]);
    cargo.args(args).env(VARIABLE, &postgres.address);
    run_command(&mut cargo)
}
