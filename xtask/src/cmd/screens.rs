//! `cargo xtask screens`: pictures of every screen, as they are today.

use std::path::Path;

use crate::app::{self, DIST};
use crate::chromium;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::{http, tools};

/// Takes the screens whose name contains the given words into `docs/screens`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    tools::ensure_build_tools_for_app()?;
    tools::ensure_browser()?;
    app::ensure_built()?;
    let listening = http::serve(Path::new(DIST), "127.0.0.1", Some(0))?;
    let mut node = command("node", &["tests/stories/screens.mjs"]);
    node.args(words).env("MENDMAP_URL", &listening.address);
    if let Some(browser) = chromium::browser() {
        node.env("CHROMIUM", browser);
    }
    run_command(&mut node)
}
