//! `cargo xtask phone`: what a crew's phone bears, on a slow processor and a slow line.

use std::path::Path;

use super::server_story::{self, SERVER};
use crate::app::{self, DIST};
use crate::chromium;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::{http, tools};

const BENCH: &str = "tests/stories/phone/bench.mjs";

/// Builds what is missing and measures what has the given words in its name. A bar that is missed
/// is printed and is no error: timings are benches. What could not be measured is one.
pub(crate) fn run(words: &[String]) -> Result<()> {
    tools::ensure_build_tools_for_app()?;
    tools::ensure_browser()?;
    app::ensure_built()?;
    // What it sends is counted and nothing of it is timed, so one that is there is as good as new.
    if !Path::new(SERVER).exists() {
        run_command(&mut command("cargo", &["build", "-p", "mendmap-server"]))?;
    }
    let listening = http::serve(Path::new(DIST), "127.0.0.1", Some(0))?;
    let (_server, address) = server_story::start(SERVER)?;
    let mut node = command("node", &[BENCH]);
    node.args(words)
        .env("MENDMAP_URL", &listening.address)
        .env("MENDMAP_SERVER", address);
    if let Some(browser) = chromium::browser() {
        node.env("CHROMIUM", browser);
    }
    run_command(&mut node)
}
