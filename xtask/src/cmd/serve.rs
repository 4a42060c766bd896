//! `cargo xtask serve`: from a fresh checkout to the app in a browser.

use std::path::Path;

use lexopt::{Arg, Parser, ValueExt};

use crate::app::{self, DIST};
use crate::error::{Error, Result};
use crate::http;
use crate::steps::{Steps, seconds};
use crate::tools;

struct Options {
    host: String,
    port: Option<u16>,
}

/// Installs, builds, serves; returns only when it cannot.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let options = parse(args).map_err(|error| Error::Usage(format!("serve: {error}")))?;
    let mut steps = Steps::new();
    steps.run("tools", tools::ensure_build_tools_for_app)?;
    steps.run("the app with the demonstration city", app::ensure_built)?;
    let listening = http::serve(Path::new(DIST), &options.host, options.port)?;
    steps.summary();
    println!(
        "\nMendmap is at {} (after {}; stop it with Ctrl-C)",
        listening.address,
        seconds(steps.elapsed())
    );
    if options.host != "127.0.0.1" && options.host != "localhost" {
        println!(
            "Over plain http a browser gives no location and no offline use: put https before it for phones."
        );
    }
    listening.forever();
    Ok(())
}

fn parse(args: &[String]) -> std::result::Result<Options, lexopt::Error> {
    let mut options = Options {
        host: "127.0.0.1".to_owned(),
        port: None,
    };
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("host") => options.host = parser.value()?.string()?,
            Arg::Long("port") => options.port = Some(parser.value()?.parse()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}
