//! `cargo xtask bench`: what a worker bears in a browser, beside its bars.

use super::wasm_test;
use crate::error::Result;
use crate::process::run as run_command;
use crate::tools;

/// As the app is built, but for what wasm-opt does to it.
const BENCHES: [&str; 4] = ["--release", "--no-fail-fast", "--test", "*"];
/// A million events are made before the first of them is folded.
const SECONDS: u32 = 1800;

/// Installs what is missing and measures. A bar that is missed is printed and is no error: timings
/// are benches. A count that is wrong is one.
pub(crate) fn run() -> Result<()> {
    tools::ensure_build_tools()?;
    tools::ensure_browser()?;
    let mut cargo = wasm_test::in_a_browser("mendmap-bench", SECONDS, &BENCHES)?;
    run_command(cargo.args(["--", "--nocapture"]))
}
