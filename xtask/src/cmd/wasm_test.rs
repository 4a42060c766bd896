//! `cargo xtask wasm-test`: the app's tests that need a browser.

use crate::chromium;
use crate::error::{Error, Result};
use crate::process::{command, run as run_command};
use crate::tools;
use std::process::Command;

/// Installs what is missing, then runs them; `args` go to `cargo test`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    tools::ensure_build_tools()?;
    tools::ensure_browser()?;
    run_command(tests()?.args(args))
}

/// The tests alone.
pub(crate) fn tests() -> Result<Command> {
    // All files in tests/, and not the app once more with the tests that it has not.
    in_a_browser("mendmap", 120, &["--test", "*"])
}

/// A package's tests in a browser, whose own options are in `webdriver.json`; each file may take so
/// many seconds. `args` go to `cargo test`.
pub(crate) fn in_a_browser(package: &str, seconds: u32, args: &[&str]) -> Result<Command> {
    let driver = chromium::driver().ok_or_else(|| Error::Missing {
        what: "chromedriver".to_owned(),
        how: "`cargo xtask tools` installs it.".to_owned(),
    })?;
    let mut cargo = command(
        "cargo",
        &["test", "-p", package, "--target", "wasm32-unknown-unknown"],
    );
    cargo
        .args(args)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", seconds.to_string())
        .env("CHROMEDRIVER", driver);
    Ok(cargo)
}
