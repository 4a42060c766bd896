//! The repository's own commands. `cargo xtask` lists them.
#![allow(
    clippy::print_stdout,
    reason = "a command-line tool speaks on its standard output"
)]

mod app;
mod chromium;
#[cfg(feature = "city")]
mod city;
mod cmd;
mod error;
mod http;
#[cfg(feature = "city")]
mod pack;
mod postgres;
mod process;
mod steps;
mod tools;

use std::process::ExitCode;

use error::{Error, Result};

const HELP: &str = "\
cargo xtask <command>

  serve [--host H] [--port N]  install what is missing, build the app, serve it with the demonstration city
  test                         install what is missing, then run every check there is (what CI runs)

  build                        the release app, in dist/
  stories [part of a name]     stories in headless Chromium, against dist/
  server-story [part of a name]
                               stories of several devices, against a mendmap-server
  browsers [part of a name]    the core of a day in Firefox and in WebKitGTK, against a mendmap-server
  trunk-story                  the stories that run against a plain `trunk serve`
  wasm-test [cargo test args]  the app's WASM tests, in a browser
  server-test [cargo test args]
                               the server's tests, with a PostgreSQL that is started for them
  storm [--seeds N] [--from S] devices and the server under every fault, from seeds
  load                         what the server bears, beside its database; fails where a bar is missed
  bench [part of a name] …      what a worker bears in a browser, beside its bars and beside what others use for the same
  audit                        advisories, licences and sources of what we depend on (needs the network)
  lint                         formatting, tidiness, and clippy for the host and for the browser
  tidy                         what ARCHITECTURE.md says is absent, is absent
  size                         what a first visit transfers; fails above the budget
  phone [part of a name]       what a phone bears on a slow processor and a slow line, beside its bars
  screens [part of a name]     take docs/screens anew
  city [--check]               write the demonstration city to public/city, or check that it is current
  city --year FILE             write the demonstration's year of work, for the app to take in
  pack CITY OUT                write the layers of a city's folder in columns, which the app takes in without parsing
  tools                        install what the other commands need, and nothing else
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    enter_workspace()?;
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    match command.as_str() {
        "serve" => cmd::serve::run(&rest),
        "test" => cmd::test::run(),
        "build" => cmd::build::run(),
        "stories" => cmd::stories::run(&rest),
        "server-story" => cmd::server_story::run(&rest),
        "browsers" => cmd::browsers::run(&rest),
        "trunk-story" => cmd::trunk_story::run(),
        "wasm-test" => cmd::wasm_test::run(&rest),
        "server-test" => cmd::server_test::run(&rest),
        "storm" => cmd::storm::run(&rest),
        "load" => cmd::load::run(),
        "bench" => cmd::bench::run(&rest),
        "audit" => cmd::audit::run(),
        "lint" => cmd::lint::run(),
        "tidy" => cmd::tidy::run(),
        "size" => cmd::size::run(),
        "phone" => cmd::phone::run(&rest),
        "screens" => cmd::screens::run(&rest),
        "city" => cmd::city::run(&rest),
        "pack" => cmd::pack::run(&rest),
        "tools" => cmd::tools::run(),
        "" | "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Error::Usage(format!(
            "there is no command `{other}`; `cargo xtask` lists them"
        ))),
    }
}

/// Every path in this program is relative to the workspace's root.
fn enter_workspace() -> Result<()> {
    // Set by `cargo run`; without it the program is taken to be started in the root.
    let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return Ok(());
    };
    let root = std::path::Path::new(&package).join("..");
    std::env::set_current_dir(&root)
        .map_err(|source| Error::io("enter the workspace", &root, source))
}
