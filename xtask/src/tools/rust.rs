//! The compiler's target for the browser.

use std::path::Path;

use crate::error::{Error, Result};
use crate::process::{answer, command, run, which};

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target when the toolchain lacks it: rustup does not do so by itself where automatic
/// installs are switched off.
pub(crate) fn ensure_target() -> Result<()> {
    if has_target() {
        return Ok(());
    }
    println!("  adding the target {TARGET}");
    if which("rustup").is_none() {
        return Err(Error::Missing {
            what: format!("Rust's standard library for {TARGET}"),
            how: "There is no rustup to add it with: install Rust by https://rustup.rs, or add the target with your \
                  distribution's packages."
                .to_owned(),
        });
    }
    run(&mut command("rustup", &["target", "add", TARGET]))
}

fn has_target() -> bool {
    answer("rustc", &["--print", "target-libdir", "--target", TARGET]).is_some_and(|dir| {
        Path::new(&dir)
            .read_dir()
            .is_ok_and(|mut files| files.next().is_some())
    })
}
