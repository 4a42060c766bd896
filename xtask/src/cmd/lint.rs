//! `cargo xtask lint`: formatting, and clippy with warnings as errors.

use super::tidy;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::steps::Steps;
use crate::tools;
use std::process::Command;

/// All of it.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new();
    steps.run("wasm target", tools::ensure_target)?;
    all(&mut steps)?;
    steps.summary();
    Ok(())
}

/// Formatting, and what must be absent.
pub(crate) fn texts(steps: &mut Steps) -> Result<()> {
    steps.run("formatting", || cargo(&["fmt", "--all", "--check"]))?;
    steps.run("what must be absent is absent", tidy::run)
}

/// Has cargo compile the workspace by clippy, which is the compiler and lints besides; each
/// warning is an error. So what is built anyway is linted on the way, and a bare machine
/// compiles nothing twice: `cargo clippy` looks through every dependency once more. The two
/// variables are those by which `cargo clippy` itself does it.
pub(crate) fn by_clippy(cargo: &mut Command) -> &mut Command {
    cargo
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__")
}

fn all(steps: &mut Steps) -> Result<()> {
    texts(steps)?;
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
            "mendmap-catalog",
            "-p",
            "mendmap-core",
            "-p",
            "mendmap-layers",
            "-p",
            "mendmap-sheet",
            "-p",
            "mendmap-sheet-web",
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
