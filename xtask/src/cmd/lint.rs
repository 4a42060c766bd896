//! `cargo xtask lint`: formatting, and clippy with warnings as errors.

use super::tidy;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::steps::Steps;
use crate::tools;

/// All of it.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new();
    steps.run("wasm target", tools::ensure_target)?;
    all(&mut steps)?;
    steps.summary();
    Ok(())
}

/// The steps alone.
pub(crate) fn all(steps: &mut Steps) -> Result<()> {
    steps.run("formatting", || cargo(&["fmt", "--all", "--check"]))?;
    steps.run("what must be absent is absent", tidy::run)?;
    steps.run("clippy", || {
        cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--features",
            "xtask/city",
            "--",
            "-D",
            "warnings",
        ])
    })?;
    // The browser sees other code than the host does: what is behind `cfg(target_arch)`.
    steps.run("clippy for the browser", || {
        cargo(&[
            "clippy",
            "-p",
            "mendmap-core",
            "-p",
            "mendmap",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ])?;
        cargo(&[
            "clippy",
            "-p",
            "mendmap",
            "--tests",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ])
    })
}

fn cargo(args: &[&str]) -> Result<()> {
    run_command(&mut command("cargo", args))
}
