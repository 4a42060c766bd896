//! `cargo xtask tools`: installs what the other commands need.

use crate::error::Result;
use crate::steps::Steps;
use crate::tools;

/// Installs what is missing, the browser and the database included.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new();
    steps.run("build tools", tools::ensure_build_tools)?;
    steps.run("browser", tools::ensure_browser)?;
    steps.run("database", tools::ensure_postgres)?;
    steps.summary();
    Ok(())
}
