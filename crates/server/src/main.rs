//! The program `mendmap-server`.

use lexopt::{Arg, Parser, ValueExt};
use mendmap_server::serve::{Log, Options, Server};
use mendmap_server::store::AddressError;
use std::ffi::OsString;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

const HELP: &str = "\
mendmap-server serve --dist FOLDER [--data FOLDER] [--host ADDRESS] [--port N]

  Serves the built app and the city's log at one address, until it is told to end
  (Ctrl-C, SIGTERM). Prints the address once it listens.

  --dist FOLDER    the built app (`cargo xtask build` makes one in dist)
  --data FOLDER    where the log lies; made where there is none. One server works in it
  --host ADDRESS   an address of this machine alone; 127.0.0.1 if not given
  --port N         8080 if not given; 0 takes any that is free

  DATABASE_URL takes the place of --data: the log lies in that PostgreSQL database
  (postgres://user:password@host:port/name), and any number of servers work on it. Both
  at once are an error: a log lies in one place. The connection is not encrypted, so the
  database is on this machine or in a network that is trusted.

  RUST_LOG sets what is logged, to standard error (info if not set).
";

/// Not an option: what stands on a command line is read by everybody on the machine.
const DATABASE: &str = "DATABASE_URL";

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mendmap-server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = parse()? else {
        std::io::stdout().write_all(HELP.as_bytes())?;
        return Ok(());
    };
    let end = told_to_end()?;
    let server = Server::open(&options).await?;
    writeln!(std::io::stdout(), "http://{}", server.address()?)?;
    server.run(end).await?;
    Ok(())
}

/// `None` asks for help.
fn parse() -> Result<Option<Options>, lexopt::Error> {
    let mut parser = Parser::from_env();
    let (mut dist, mut data) = (None, None);
    let mut host = IpAddr::from(Ipv4Addr::LOCALHOST);
    let mut port = 8080;
    let mut command = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(None),
            Arg::Long("dist") => dist = Some(PathBuf::from(parser.value()?)),
            Arg::Long("data") => data = Some(PathBuf::from(parser.value()?)),
            Arg::Long("host") => host = parser.value()?.parse()?,
            Arg::Long("port") => port = parser.value()?.parse()?,
            Arg::Value(value) if command.is_none() => command = Some(value.string()?),
            other => return Err(other.unexpected()),
        }
    }
    match command.as_deref() {
        Some("serve") => {}
        Some(other) => return Err(format!("there is no command `{other}`").into()),
        None => return Ok(None),
    }
    Ok(Some(Options {
        dist: dist.ok_or("--dist is missing: the folder of the built app")?,
        log: log(data, std::env::var_os(DATABASE))?,
        host,
        port,
    }))
}

/// Where the log lies. Neither has the last word: a server that writes to another place
/// than the one its keeper thinks of is noticed weeks later.
fn log(data: Option<PathBuf>, database: Option<OsString>) -> Result<Log, String> {
    match (data, database.filter(|address| !address.is_empty())) {
        (Some(data), None) => Ok(Log::Folder(data)),
        (None, Some(address)) => {
            let address = address.to_str().ok_or("it is no text".to_owned());
            let address = address.and_then(|a| a.parse().map_err(|e: AddressError| e.to_string()));
            address
                .map(Log::Database)
                .map_err(|why| format!("{DATABASE} cannot be read: {why}"))
        }
        (None, None) => Err(format!(
            "there is no place for the city's log: give a folder with --data, or a PostgreSQL \
             database in {DATABASE}"
        )),
        (Some(_), Some(_)) => Err(format!(
            "--data and {DATABASE} both say where the log lies: leave --data out to use the \
             database, or unset {DATABASE} to use the folder"
        )),
    }
}

/// Ends when the process is asked to. Listening begins with the call, not with the waiting.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends when the process is asked to.
#[cfg(not(unix))]
fn told_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a signal to wait for there is nothing to be told by.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
