//! `cargo xtask size`: what a first view waits for, and what comes behind it.

use crate::app;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::tools;

/// Builds the app if need be and weighs it; fails above the budget.
pub(crate) fn run() -> Result<()> {
    tools::ensure_build_tools_for_app()?;
    app::ensure_built()?;
    weigh()
}

/// Weighs `dist/` as it is.
pub(crate) fn weigh() -> Result<()> {
    run_command(&mut command("node", &["xtask/node/size.mjs", app::DIST]))
}
