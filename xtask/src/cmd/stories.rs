//! `cargo xtask stories`: what people do with the app, in headless Chromium.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::{self, DIST};
use crate::chromium;
use crate::error::{Error, Result};
use crate::process::{command, run as run_command};
use crate::{http, tools};

const STORIES: &str = "tests/stories";
const TELLER: &str = "tests/stories/tell.mjs";

/// Builds the app if need be and runs the stories whose file name contains the given words.
pub(crate) fn run(words: &[String]) -> Result<()> {
    tools::ensure_build_tools_for_app()?;
    tools::ensure_browser()?;
    app::ensure_built()?;
    against_dist(words)
}

/// The stories against `dist/` as it is.
pub(crate) fn against_dist(words: &[String]) -> Result<()> {
    let listening = http::serve(Path::new(DIST), "127.0.0.1", Some(0))?;
    against(&listening.address, Path::new(STORIES), words)
}

/// The stories in `folder` (not below it) against the app at `address`.
pub(crate) fn against(address: &str, folder: &Path, words: &[String]) -> Result<()> {
    let files = files(folder, words)?;
    if files.is_empty() {
        return Err(Error::Usage(format!(
            "no story in {} is called {}",
            folder.display(),
            words.join(" ")
        )));
    }
    // One after the other: a browser draws with all cores there are, so that two at once took a
    // tenth longer than one, and twice as long over each story. And in one process, which has one
    // browser: starting both takes as long as a short story.
    let mut node = command("node", &["--test-reporter=spec", TELLER]);
    node.args(&files).env("MENDMAP_URL", address);
    // Without windows a browser shows nobody what a server says.
    let browser = match folder == Path::new(STORIES) {
        true => chromium::for_stories(),
        false => chromium::browser(),
    };
    if let Some(browser) = browser {
        node.env("CHROMIUM", browser);
    }
    run_command(&mut node)
}

fn files(folder: &Path, words: &[String]) -> Result<Vec<PathBuf>> {
    let listed =
        fs::read_dir(folder).and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>());
    let mut files: Vec<PathBuf> = listed
        .map_err(|source| Error::io("read", folder, source))?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy())
                .unwrap_or_default();
            name.ends_with(".story.mjs") && words.iter().all(|word| name.contains(word.as_str()))
        })
        .collect();
    files.sort();
    Ok(files)
}
