//! `cargo xtask load`: what the server bears on this machine, beside what its database bears,
//! and what a device bears that joins a city of a million events.

use super::{server_story, server_test};
use crate::app;
use crate::error::Result;
use crate::process::command;
use crate::tools;
use std::path::Path;

const STORIES: &str = "tests/stories/load";
/// As the bench has built it.
const SERVER: &str = "target/release/mendmap-server";

/// Installs what is missing, builds the server as it is run, and loads it; fails where a bar
/// is missed.
pub(crate) fn run() -> Result<()> {
    tools::ensure_postgres()?;
    tools::ensure_build_tools_for_app()?;
    tools::ensure_browser()?;
    app::ensure_built()?;
    let bench = ["bench", "-p", "mendmap-server", "--bench", "load"];
    server_test::with_postgres(command("cargo", &bench))?;
    server_story::against(SERVER, Path::new(STORIES), &[])
}
