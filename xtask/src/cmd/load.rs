//! `cargo xtask load`: what the server bears on this machine, beside what its database bears.

use super::server_test;
use crate::error::Result;
use crate::process::command;
use crate::tools;

/// Installs what is missing, builds the server as it is run, and loads it; fails where a bar
/// is missed.
pub(crate) fn run() -> Result<()> {
    tools::ensure_postgres()?;
    let bench = ["bench", "-p", "mendmap-server", "--bench", "load"];
    server_test::with_postgres(command("cargo", &bench))
}
