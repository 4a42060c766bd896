//! `cargo xtask tools`: installs what the other commands need.

use crate::error::Result;
use crate::steps::Steps;
use crate::tools;

/// Installs what is missing, the browser included.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new();
    steps.run("build tools", tools::ensure_build_tools)?;
    steps.run("browser", tools::ensure_browser)?;
    steps.summary();
    Ok(())
}
