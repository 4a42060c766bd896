//! Chromium, its driver and a Chinese font, for everything that is tested in a browser.

use super::apt;
use crate::chromium;
use crate::error::Result;
use crate::process::{answer, which};

const FONT: &str = "fonts-noto-cjk";
/// The browser without its windows: half of what stories take goes into those otherwise.
const SHELL: &str = "chromium-headless-shell";

/// Installs what is missing with apt where that is possible, else says how to.
pub(crate) fn ensure_browser() -> Result<()> {
    apt::install(&missing_packages(), ELSEWHERE)?;
    match chromium::shell().is_none() && apt::offers(SHELL) {
        true => apt::install(&[SHELL], ELSEWHERE),
        // Not every system has it; the browser does as well, and takes its time.
        false => Ok(()),
    }
}

const ELSEWHERE: &str =
    "Where a browser lies elsewhere, name it and its driver in CHROMIUM and CHROMEDRIVER.";

fn missing_packages() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if chromium::browser().is_none() {
        missing.push("chromium");
    }
    if chromium::driver().is_none() {
        missing.push("chromium-driver");
    }
    // Without it Chinese text has no width, and screens show boxes. Elsewhere than on Debian the
    // machine is taken to have a font of its own.
    let font = answer("dpkg-query", &["--show", "--showformat=${Status}", FONT]);
    if which("dpkg-query").is_some() && !font.is_some_and(|status| status.ends_with(" installed")) {
        missing.push(FONT);
    }
    missing
}
