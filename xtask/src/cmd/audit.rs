//! `cargo xtask audit`: advisories, licences and sources of what we depend on, by deny.toml.
//!
//! Not a part of `cargo xtask test`: the list of advisories is fetched from the network, and
//! changes without anything of ours having changed.

use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::tools;

/// All that is in the workspace: without being told so it looks at the app alone.
const ALL: [&str; 4] = ["deny", "--workspace", "--locked", "check"];

/// Installs what is missing, then looks through them; fails on what deny.toml makes no
/// exception for.
pub(crate) fn run() -> Result<()> {
    tools::ensure_deny()?;
    // What needs no network first: where there is none, its answer is there all the same.
    run_command(&mut command(
        "cargo",
        &[&ALL[..], &["bans", "licenses", "sources"]].concat(),
    ))?;
    run_command(&mut command("cargo", &[&ALL[..], &["advisories"]].concat()))
}
