//! The server for `dist/`: a program in Node, which every build needs anyway.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};

use crate::error::{Error, Result};
use crate::process::command;

const PROGRAM: &str = "xtask/node/serve.mjs";

/// A server that is listening; it stops when this is dropped.
pub(crate) struct Listening {
    node: Child,
    /// Node stops when this closes, so also when this program is ended from outside.
    _held: Option<ChildStdin>,
    /// `http://127.0.0.1:8080`
    pub(crate) address: String,
}

/// Serves the files below `root`. Port 0 takes any that is free; with none given it is 8080 or
/// the next free one.
pub(crate) fn serve(root: &Path, host: &str, port: Option<u16>) -> Result<Listening> {
    listen(root, host, port, &[])
}

/// The same in the place of a `mendmap-server` that is not there yet: a page keeps what it is
/// told, and comes again.
pub(crate) fn stand_in(root: &Path, host: &str, port: u16) -> Result<Listening> {
    listen(root, host, Some(port), &[("SERVE_STANDS_IN", "1")])
}

fn listen(root: &Path, host: &str, port: Option<u16>, more: &[(&str, &str)]) -> Result<Listening> {
    let mut node = command("node", &[PROGRAM]);
    node.arg(root)
        .arg(host)
        .args(port.map(|port| port.to_string()));
    let not_started = |source| Error::NotStarted {
        command: format!("node {PROGRAM}"),
        source,
    };
    node.envs(more.iter().copied())
        .env("SERVE_UNTIL_INPUT_ENDS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = node.spawn().map_err(not_started)?;
    let held = child.stdin.take();
    let mut address = String::new();
    if let Some(out) = child.stdout.take() {
        BufReader::new(out)
            .read_line(&mut address)
            .map_err(not_started)?;
    }
    let listening = Listening {
        node: child,
        _held: held,
        address: address.trim().to_owned(),
    };
    // Without an address it has said on its own why not.
    if listening.address.is_empty() {
        Err(Error::Listen)
    } else {
        Ok(listening)
    }
}

impl Listening {
    /// Serves until the program is stopped.
    pub(crate) fn forever(mut self) {
        let _ = self.node.wait();
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about that here.
        let _ = self.node.kill();
        let _ = self.node.wait();
    }
}
