//! What the other commands need and a fresh machine does not have. Everything is pinned and kept
//! in the checkout (`node_modules`), in the user's cache (`mendmap`), or in the usual caches of
//! rustup, cargo and npm.

mod apt;
mod browser;
mod cargo_tool;
mod node;
mod other_browsers;
mod postgres;
mod rust;

pub(crate) use browser::ensure_browser;
pub(crate) use cargo_tool::{ensure_deny, folders as compiled};
use node::ensure_packages;
pub(crate) use other_browsers::ensure_other_browsers;
pub(crate) use postgres::ensure_postgres;
pub(crate) use rust::ensure_target;

use std::thread;

use crate::app;
use crate::error::Result;

/// Everything a build of the app needs.
///
/// Packages are fetched while tools are compiled: the one waits for the network, the other for
/// the processor.
pub(crate) fn ensure_build_tools() -> Result<()> {
    ensure_with(|| Ok(()))
}

/// The same, and where tools have to be compiled the app is compiled beside them: the last crates
/// of either keep one core busy only.
pub(crate) fn ensure_build_tools_for_app() -> Result<()> {
    if cargo_tool::all_there() {
        ensure_with(|| Ok(()))
    } else {
        ensure_with(app::compile_ahead)
    }
}

fn ensure_with(beside: fn() -> Result<()>) -> Result<()> {
    node::check()?;
    ensure_target()?;
    thread::scope(|scope| {
        let packages = scope.spawn(ensure_packages);
        let beside = scope.spawn(beside);
        let tools = cargo_tool::ensure_all();
        let rest = [packages, beside].map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        rest.into_iter().fold(tools, Result::and)
    })
}
