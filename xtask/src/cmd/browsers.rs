//! `cargo xtask browsers`: the core of a day in Firefox and in WebKitGTK.

use std::path::Path;

use super::server_story::{self, SERVER};
use crate::app;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::tools;

const STORIES: &str = "tests/stories/browsers";

/// Installs and builds what is missing, then tells the stories whose file name contains the given
/// words, against a `mendmap-server`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    tools::ensure_build_tools_for_app()?;
    tools::ensure_other_browsers()?;
    app::ensure_built()?;
    run_command(&mut command("cargo", &["build", "-p", "mendmap-server"]))?;
    against_server(words)
}

/// Tells them against the app and the server as they are built.
pub(crate) fn against_server(words: &[String]) -> Result<()> {
    server_story::against(SERVER, Path::new(STORIES), words)
}
