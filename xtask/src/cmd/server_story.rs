//! `cargo xtask server-story`: the app with its server, several devices at once.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::stories;
use crate::app::{self, DIST};
use crate::error::{Error, Result};
use crate::process::{Companion, command, free_port, run as run_command};
use crate::tools;

const STORIES: &str = "tests/stories/server";
const DATA: &str = "target/xtask/server-story";
const LOG: &str = "target/xtask/server-story.log";
const PUSH: &str = "target/xtask/server-story/push.json";
pub(crate) const SERVER: &str = "target/debug/mendmap-server";
const PATIENCE: Duration = Duration::from_secs(30);

/// Accounts of the stories: id, name, role, crew, password.
const ACCOUNTS: [[&str; 5]; 4] = [
    ["wang", "王师傅", "crew", "drain-1", "a long walk in spring"],
    ["li", "李师傅", "crew", "drain-2", "a long walk in autumn"],
    ["zhao", "赵督办", "supervisor", "", "a long look at the map"],
    ["sun", "孙主管", "administrator", "", "all of the lids"],
];

/// Installs and builds what is missing, then tells the stories whose file name contains
/// the given words.
pub(crate) fn run(words: &[String]) -> Result<()> {
    tools::ensure_build_tools_for_app()?;
    tools::ensure_browser()?;
    app::ensure_built()?;
    run_command(&mut command("cargo", &["build", "-p", "mendmap-server"]))?;
    against_server(words)
}

/// Tells them against the app and the server as they are built.
pub(crate) fn against_server(words: &[String]) -> Result<()> {
    against(SERVER, Path::new(STORIES), words)
}

/// Tells the stories in a folder against a server with an empty log and the accounts.
pub(crate) fn against(program: &str, folder: &Path, words: &[String]) -> Result<()> {
    let (_server, address) = start(program)?;
    stories::against(&address, folder, words)
}

/// Starts a server with an empty log and the accounts; it ends when it is dropped. Its address
/// comes with it.
pub(crate) fn start(program: &str) -> Result<(Companion, String)> {
    let data = Path::new(DATA);
    if data.exists() {
        fs::remove_dir_all(data).map_err(|source| Error::io("remove", data, source))?;
    }
    for account in ACCOUNTS {
        add(program, account)?;
    }
    let whom = ["push-keys", PUSH, "--contact", "mailto:nobody@city.example"];
    run_command(&mut command(program, &whom))?;
    let port = free_port()?;
    let port_text = port.to_string();
    let arguments = [
        "serve", "--dist", DIST, "--data", DATA, "--port", &port_text, "--push", PUSH,
    ];
    let mut server = Companion::start(&mut command(program, &arguments), Path::new(LOG))?;
    println!("  mendmap-server, with its output in {LOG}");
    wait(&mut server, port).inspect_err(|_| {
        eprintln!("{}", fs::read_to_string(LOG).unwrap_or_default());
    })?;
    Ok((server, format!("http://127.0.0.1:{port}")))
}

fn add(program: &str, [id, name, role, crew, password]: [&str; 5]) -> Result<()> {
    let mut arguments = vec!["user", "add", id, "--name", name, "--role", role];
    if !crew.is_empty() {
        arguments.extend(["--crew", crew]);
    }
    arguments.extend(["--dist", DIST, "--data", DATA]);
    let failed = |source| Error::io("start", Path::new(program), source);
    let mut child = command(program, &arguments)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "{password}").map_err(failed)?;
    }
    match child.wait().map_err(failed)?.success() {
        true => Ok(()),
        false => Err(Error::Usage(format!("the account {id} was not made"))),
    }
}

fn wait(server: &mut Companion, port: u16) -> Result<()> {
    let began = Instant::now();
    while server.is_running() && began.elapsed() < PATIENCE {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Err(Error::NoAnswer {
        what: "`mendmap-server`".to_owned(),
        seconds: began.elapsed().as_secs(),
    })
}
