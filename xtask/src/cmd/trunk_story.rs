//! `cargo xtask trunk-story`: the app as a developer has it, by `trunk serve` alone.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::{lint, stories};
use crate::app::trunk;
use crate::error::{Error, Result};
use crate::process::{Companion, free_port};
use crate::tools;

/// Where it may build without touching what is served elsewhere.
const DIST: &str = "target/trunk-serve";
const LOG: &str = "target/xtask/trunk-serve.log";
const STORIES: &str = "tests/stories/dev";
/// A debug build from nothing, on a slow machine.
const PATIENCE: Duration = Duration::from_secs(900);

/// Installs what is missing, then tells the stories.
pub(crate) fn run() -> Result<()> {
    tools::ensure_build_tools()?;
    tools::ensure_browser()?;
    against_trunk()
}

/// Starts `trunk serve`, waits for its first build and tells the stories against it.
pub(crate) fn against_trunk() -> Result<()> {
    let log = Path::new(LOG);
    for folder in [Path::new(DIST), log.parent().unwrap_or(log)] {
        fs::create_dir_all(folder).map_err(|source| Error::io("create", folder, source))?;
    }
    let port = free_port()?;
    let mut trunk = trunk(&["serve", "--port", &port.to_string(), "--dist", DIST]);
    // What the WASM tests were built from is not compiled once more.
    let mut serve = Companion::start(lint::by_clippy(&mut trunk), log)?;
    println!("  trunk serve, with its output in {LOG}");
    wait_for_page(&mut serve, port).inspect_err(|_| {
        eprintln!("{}", fs::read_to_string(log).unwrap_or_default());
    })?;
    stories::against(&format!("http://127.0.0.1:{port}"), Path::new(STORIES), &[])
}

fn wait_for_page(serve: &mut Companion, port: u16) -> Result<()> {
    let began = Instant::now();
    while serve.is_running() && began.elapsed() < PATIENCE {
        if answers(port) {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(300));
    }
    Err(Error::NoAnswer {
        what: "`trunk serve`".to_owned(),
        seconds: began.elapsed().as_secs(),
    })
}

/// Whether the page is there: trunk listens before it has built anything.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    };
    ask().is_ok_and(|reply| reply.starts_with("HTTP/1.1 200") && reply.contains("mendmap:base"))
}
