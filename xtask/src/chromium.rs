//! Where the browser and its driver lie.

use std::env;
use std::path::PathBuf;

use crate::process::which;

/// The browser: `CHROMIUM`, or the first known name on the path.
pub(crate) fn browser() -> Option<PathBuf> {
    named(
        "CHROMIUM",
        &["chromium", "chromium-browser", "google-chrome"],
    )
}

/// The browser without its windows, or none.
pub(crate) fn shell() -> Option<PathBuf> {
    which("chromium-headless-shell")
}

/// What stories are told in: `CHROMIUM`, or the lightest there is.
pub(crate) fn for_stories() -> Option<PathBuf> {
    match env::var_os("CHROMIUM") {
        Some(named) => Some(PathBuf::from(named)),
        None => shell().or_else(browser),
    }
}

/// Its driver: `CHROMEDRIVER`, or the first known name on the path.
pub(crate) fn driver() -> Option<PathBuf> {
    named("CHROMEDRIVER", &["chromedriver"])
}

fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .or_else(|| names.iter().find_map(|name| which(name)))
}
