//! `cargo xtask serve`: from a fresh checkout to the app and its server in a browser.

use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use lexopt::{Arg, Parser, ValueExt};

use crate::app::{self, DIST};
use crate::error::{Error, Result};
use crate::http;
use crate::process::{become_, command, run_logged};
use crate::steps::{Steps, seconds};
use crate::tools;

struct Options {
    host: String,
    port: Option<u16>,
}

/// What crews and supervisors do is kept here, of the demonstration and of a city that took
/// its place in `public/city`.
const DEMONSTRATION: &str = "data/demonstration";
const CITY: &str = "data/city";

/// How it is compiled, and where what that says goes.
const BUILD: [&str; 3] = ["build", "-p", "mendmap-server"];
const LOG: &str = "target/xtask/server-build.log";

/// A server that is compiled sooner is waited for.
const AT_ONCE: Duration = Duration::from_secs(5);

/// Where the server is looked for at first, and so many ports after it.
const PORT: u16 = 8080;
const PORTS: u16 = 20;

/// Installs, builds, serves; returns only when it cannot.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let options = parse(args).map_err(|error| Error::Usage(format!("serve: {error}")))?;
    let mut steps = Steps::new();
    steps.run("tools", tools::ensure_build_tools_for_app)?;
    steps.run("the app with the demonstration city", app::ensure_built)?;
    match options.host.as_str() {
        "127.0.0.1" | "localhost" | "::1" => with_server(steps, &options),
        _ => app_alone(steps, &options),
    }
}

/// The app with its server, for this machine: whoever reaches it can log in. While the
/// server is still being compiled the app is there already.
fn with_server(steps: Steps, options: &Options) -> Result<()> {
    let host = match options.host.as_str() {
        "localhost" => "127.0.0.1",
        host => host,
    };
    let build = || run_logged(&mut command("cargo", &BUILD), Path::new(LOG));
    let building = thread::spawn(build);
    let began = Instant::now();
    while !building.is_finished() && began.elapsed() < AT_ONCE {
        thread::sleep(Duration::from_millis(100));
    }
    let port = match options.port {
        Some(port) => port,
        None => (PORT..PORT + PORTS)
            .find(|port| TcpListener::bind((host, *port)).is_ok())
            .unwrap_or(0),
    };
    steps.summary();
    let after = seconds(steps.elapsed());
    let (port, built) = if building.is_finished() {
        println!("\nMendmap is there after {after}; stop it with Ctrl-C.");
        (port, building.join())
    } else {
        let meanwhile = http::stand_in(Path::new(DIST), host, port)?;
        println!(
            "\nMendmap is at {} (after {after}; stop it with Ctrl-C). Its server is being compiled \
             (output in {LOG}); until it is there the app works alone, and keeps what it would send.",
            meanwhile.address
        );
        let built = building.join();
        // Where none was free the system has chosen one.
        let taken = meanwhile.address.rsplit(':').next();
        (
            taken.and_then(|taken| taken.parse().ok()).unwrap_or(port),
            built,
        )
    };
    built.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    println!("The app with its server, for this machine alone:\n");
    let port = port.to_string();
    let mut arguments = vec!["serve", "--dist", DIST, "--host", host, "--port", &port];
    arguments.extend(match is_demonstration()? {
        true => ["--demo", "--data", DEMONSTRATION].as_slice(),
        false => &["--data", CITY],
    });
    let mut server = command("target/debug/mendmap-server", &arguments);
    server.env_remove("DATABASE_URL");
    if std::env::var_os("RUST_LOG").is_none() {
        server.env("RUST_LOG", "warn");
    }
    // What is sent to this process, Ctrl-C too, is the server's from here on.
    become_(&mut server)
}

/// Whether the city that was built says of itself that it is a demonstration. If it is not
/// read rightly here the server refuses, and says why.
fn is_demonstration() -> Result<bool> {
    let catalog = Path::new(DIST).join("city/catalog.json");
    let text = std::fs::read_to_string(&catalog);
    let text = text.map_err(|source| Error::io("read", &catalog, source))?;
    let plain: String = text.split_whitespace().collect();
    Ok(plain.contains("\"demonstration\":true"))
}

/// The app by itself, for other machines: passwords do not cross a network in the clear.
fn app_alone(steps: Steps, options: &Options) -> Result<()> {
    let listening = http::serve(Path::new(DIST), &options.host, options.port)?;
    steps.summary();
    println!(
        "\nMendmap is at {} (after {}; stop it with Ctrl-C)",
        listening.address,
        seconds(steps.elapsed())
    );
    println!(
        "Others reach it there, so it is the app alone, without the server: passwords would \
         cross the network in the clear. Over plain http a browser gives no location and no \
         offline use either: put https before it for phones."
    );
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
