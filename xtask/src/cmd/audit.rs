//! `cargo xtask audit`: advisories, licences and sources of what we depend on, by deny.toml.
//!
//! Not a part of `cargo xtask test`: the list of advisories is fetched from the network, and
//! changes without anything of ours having changed.

use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::tools;

/// Installs what is missing, then looks through them; fails on what deny.toml makes no
/// exception for.
pub(crate) fn run() -> Result<()> {
    tools::ensure_deny()?;
    // What needs no network first: where there is none, its answer is there all the same.
    run_command(&mut command(
        "cargo",
        &["deny", "--locked", "check", "bans", "licenses", "sources"],
    ))?;
    run_command(&mut command(
        "cargo",
        &["deny", "--locked", "check", "advisories"],
    ))
}
