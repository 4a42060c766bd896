//! Other programs: found, started with the checkout's tools first on their path, and waited for.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::error::{Error, Result};
use crate::tools;

/// Where tools live inside the checkout, before anything the machine has.
const OWN_TOOLS: &str = "node_modules/.bin";

/// A command that finds the checkout's own tools first.
pub(crate) fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).env("PATH", path());
    command
}

/// Runs to the end with its output shown.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|source| not_started(command, source))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed {
            command: shown(command),
            status,
        })
    }
}

/// Runs to the end with its output in `log`, which is printed if it fails.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Result<()> {
    let open = || -> std::io::Result<(File, File)> {
        if let Some(parent) = log.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let file = File::create(log)?;
        Ok((file.try_clone()?, file))
    };
    let (out, err) = open().map_err(|source| Error::io("write", log, source))?;
    let result = run(command.stdin(Stdio::null()).stdout(out).stderr(err));
    if result.is_err() {
        eprintln!("{}", std::fs::read_to_string(log).unwrap_or_default());
    }
    result
}

/// What a program prints on its standard output, trimmed; `None` if it is not there or fails.
pub(crate) fn answer(program: &str, args: &[&str]) -> Option<String> {
    let output = command(program, args).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first program of this name on the path.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    env::split_paths(&path())
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}

/// A program that runs beside this one and ends with it.
pub(crate) struct Companion(Child);

impl Companion {
    /// Starts it with its output in `log`.
    pub(crate) fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let out = File::create(log).map_err(|source| Error::io("write", log, source))?;
        let err = out
            .try_clone()
            .map_err(|source| Error::io("write", log, source))?;
        let child = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn();
        child
            .map(Self)
            .map_err(|source| not_started(command, source))
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about that here.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a program in the place of this one; returns only where it cannot.
#[cfg(unix)]
pub(crate) fn become_(command: &mut Command) -> Result<()> {
    let source = std::os::unix::process::CommandExt::exec(command);
    Err(not_started(command, source))
}

/// Runs a program to its end, where none can take the place of this one.
#[cfg(not(unix))]
pub(crate) fn become_(command: &mut Command) -> Result<()> {
    run(command)
}

/// A port of the loopback interface that is free, for a program that is about to take it.
pub(crate) fn free_port() -> Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|source| Error::io("listen on", Path::new("127.0.0.1"), source))
}

fn path() -> OsString {
    path_after(None)
}

/// The path of [`command`]s, with another folder before all of it.
pub(crate) fn first_on_path(folder: PathBuf) -> OsString {
    path_after(Some(folder))
}

fn path_after(first: Option<PathBuf>) -> OsString {
    let here = env::current_dir().unwrap_or_default();
    let compiled = tools::compiled().map(|dir| here.join(dir));
    let own = first
        .into_iter()
        .chain(compiled)
        .chain([here.join(OWN_TOOLS)]);
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all: Vec<PathBuf> = own.chain(env::split_paths(&inherited)).collect();
    env::join_paths(all).unwrap_or(inherited)
}

fn not_started(command: &Command, source: std::io::Error) -> Error {
    Error::NotStarted {
        command: shown(command),
        source,
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
