//! Firefox and WebKitGTK with their drivers, and a screen for them that nobody sees.

use super::{apt, cargo_tool};
use crate::error::Result;
use crate::process::which;

/// Program, the package that has it, and the variable that names one elsewhere.
const NEEDED: [(&str, &str, &str); 3] = [
    ("firefox-esr", "firefox-esr", "FIREFOX"),
    ("WebKitWebDriver", "webkit2gtk-driver", "WEBKIT_DRIVER"),
    ("Xvfb", "xvfb", ""),
];

/// Installs what is missing with apt where that is possible, else says how to.
pub(crate) fn ensure_other_browsers() -> Result<()> {
    let missing: Vec<&str> = NEEDED
        .iter()
        .filter(|(program, _, variable)| {
            which(program).is_none() && std::env::var_os(variable).is_none()
        })
        .map(|(_, package, _)| *package)
        .collect();
    apt::install(
        &missing,
        "Where they lie elsewhere, name them in FIREFOX, WEBKIT_DRIVER and WEBKIT_BROWSER.",
    )?;
    cargo_tool::ensure_geckodriver()
}
