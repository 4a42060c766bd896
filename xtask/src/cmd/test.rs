//! `cargo xtask test`: every check there is.

use super::{
    browsers, lint, server_story, server_test, size, stories, storm, trunk_story, wasm_test,
};
use crate::app;
use crate::error::Result;
use crate::process::{command, run as run_command};
use crate::steps::Steps;
use crate::tools;

/// What `tests/stories/lib/year.mjs` looks for, and makes where it is older than the code.
const YEAR: &str = "target/year/events.ndjson";

/// This program, as the tests leave it: with what makes a city.
const XTASK: &str = "target/debug/xtask";

/// Installs what is missing, then runs everything; the first failure ends it.
pub(crate) fn run() -> Result<()> {
    let mut steps = Steps::new();
    steps.run("build tools", tools::ensure_build_tools_for_app)?;
    steps.run("browser", tools::ensure_browser)?;
    steps.run("database", tools::ensure_postgres)?;
    lint::texts(&mut steps)?;
    let tests = |more: &[&str]| {
        let mut cargo = command(
            "cargo",
            &["test", "--workspace", "--features", "xtask/city"],
        );
        lint::by_clippy(&mut cargo).args(more);
        cargo
    };
    steps.run("clippy, which builds the tests", || {
        run_command(&mut tests(&["--all-targets", "--no-run"]))
    })?;
    steps.run("tests", || {
        let mut cargo = tests(&[]);
        cargo.env(storm::SEEDS_VARIABLE, storm::SEEDS_IN_TEST.to_string());
        cargo.env(storm::RUNS_VARIABLE, storm::RUNS_IN_TEST.to_string());
        server_test::with_postgres(cargo)
    })?;
    // By the program that the tests were built with: asked for alone, it would be compiled again.
    steps.run("a year of work, for the stories", || {
        run_command(&mut command(XTASK, &["city", "--year", YEAR]))
    })?;
    steps.run("tests of the build's own scripts", || {
        run_command(&mut command("node", &["--test", "xtask/node/"]))
    })?;
    // The browser sees other code than the host does: what is behind `cfg(target_arch)`.
    steps.run("WASM tests in a browser, built by clippy", || {
        run_command(lint::by_clippy(&mut wasm_test::tests()?))
    })?;
    steps.run("the release app", app::ensure_built)?;
    steps.run("what a first visit transfers", size::weigh)?;
    steps.run("stories", || stories::against_dist(&[]))?;
    // The server that the tests were built with.
    steps.run("stories of several devices and their server", || {
        server_story::against_server(&[])
    })?;
    steps.run("the core of a day in Firefox and WebKitGTK", || {
        tools::ensure_other_browsers()?;
        browsers::against_server(&[])
    })?;
    steps.run("stories against `trunk serve`", trunk_story::against_trunk)?;
    steps.summary();
    println!("\nAll is well.");
    Ok(())
}
