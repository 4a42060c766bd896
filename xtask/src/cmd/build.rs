//! `cargo xtask build`: the release app in `dist/`.

use crate::app;
use crate::error::Result;
use crate::steps::Steps;
use crate::tools;

/// Builds it if anything has changed.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new();
    steps.run("tools", tools::ensure_build_tools_for_app)?;
    steps.run("the app", app::ensure_built)?;
    steps.summary();
    Ok(())
}
