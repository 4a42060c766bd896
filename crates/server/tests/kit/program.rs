//! The real program, as a child process.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub(crate) struct Program {
    child: Child,
    pub(crate) at: SocketAddr,
}

/// Where it is told that the log lies.
#[derive(Clone)]
pub(crate) enum Log {
    Folder(PathBuf),
    Database(String),
}

/// `mendmap-server serve` with more arguments, not yet started.
pub(crate) fn command(dist: &Path, log: &Log, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command.arg("serve").arg("--dist").arg(dist);
    match log {
        Log::Folder(data) => command.arg("--data").arg(data).env_remove("DATABASE_URL"),
        // In the app's folder, which servers on one database share in these tests.
        Log::Database(url) => command
            .arg("--photos")
            .arg(format!("file://{}", dist.join("photos").display()))
            .env("DATABASE_URL", url),
    };
    command
        .args(more)
        .stdin(Stdio::null())
        .env("RUST_LOG", "warn");
    command
}

impl Program {
    /// Starts it on a free port and waits until it listens.
    pub(crate) fn start(dist: &Path, log: &Log) -> Program {
        Program::start_with(dist, log, &[])
    }

    /// The same, told more.
    pub(crate) fn start_with(dist: &Path, log: &Log, more: &[&str]) -> Program {
        let mut command = command(dist, log, &["--port", "0"]);
        command.args(more);
        Program::run(command)
    }

    /// The same, by a command that ends with a free port.
    pub(crate) fn run(mut command: Command) -> Program {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let at = line
            .trim()
            .strip_prefix("http://")
            .and_then(|at| at.parse().ok());
        match at {
            Some(at) => Program { child, at },
            None => panic!("it did not start: {:?}", child.wait()),
        }
    }

    /// Memory that it takes, in megabytes, as Linux tells it.
    pub(crate) fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.unwrap().trim().trim_end_matches(" kB"); // of 1024 bytes
        kilobytes.parse::<f64>().unwrap() * 1024.0 / 1e6
    }

    /// SIGKILL: no handler runs, nothing is tidied up.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and how it ended.
    pub(crate) fn terminate(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(sent.success());
        ended(&mut self.child)
    }
}

/// `mendmap-server user …`: what it prints, or why it did not do it.
pub(crate) fn user(dist: &Path, log: &Log, words: &[&str], input: &str) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command.arg("user").args(words).arg("--dist").arg(dist);
    match log {
        Log::Folder(data) => command.arg("--data").arg(data).env_remove("DATABASE_URL"),
        Log::Database(url) => command.env("DATABASE_URL", url),
    };
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("RUST_LOG", "warn");
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    ended(&mut child);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    match output.status.success() {
        true => Ok(text(output.stdout)),
        false => Err(text(output.stderr)),
    }
}

/// What a program says that ends by itself.
pub(crate) fn output(mut command: Command) -> Output {
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let stdout = read(child.stdout.take().unwrap());
    let stderr = read(child.stderr.take().unwrap());
    Output {
        status: ended(&mut child),
        stdout: stdout.join().unwrap(),
        stderr: stderr.join().unwrap(),
    }
}

/// Reads along: a pipe holds 64 kB, and who says more waits until somebody has read it.
fn read(mut from: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// Waits for the end, but not for ever.
fn ended(child: &mut Child) -> ExitStatus {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if began.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
