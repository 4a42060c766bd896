//! The program `mendmap-server`.

mod command;

use command::Command;
use mendmap_server::App;
use mendmap_server::demo;
use mendmap_server::ledger;
use mendmap_server::log::{back_up, move_log};
use mendmap_server::push;
use mendmap_server::serve::Server;
use mendmap_server::user;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

const NO_TERMINAL: &str = "a workbook is nothing that a terminal shows: name a file for it with --out \
                           ledger.xlsx, or pass it on with > ledger.xlsx";

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
    let mut out = std::io::stdout();
    match command::parse()? {
        Command::Help => out.write_all(command::HELP.as_bytes())?,
        Command::Serve(options) => {
            let end = told_to_end()?;
            let server = Server::open(&options).await?;
            let mut told = format!("http://{}\n", server.address()?);
            if options.demo {
                told += &format!("\n{}\n", demo::told());
            }
            // In one piece: whoever waits for the address may read no further.
            out.write_all(told.as_bytes())?;
            server.run(end).await?;
        }
        Command::Users { dist, log } => {
            let store = log.open(&dist).await?;
            for account in user::all(&store).await? {
                let crews: Vec<&str> = account.crews.iter().map(|crew| &*crew.0).collect();
                let (id, role, locked) = (&account.id, account.role, account.locked);
                let state = if locked { "locked" } else { "" };
                let (crews, name) = (crews.join(","), &account.name);
                writeln!(out, "{id}\t{role}\t{crews}\t{name}\t{state}")?;
            }
            store.close().await;
        }
        Command::Ledger {
            of,
            question,
            out: file,
        } => {
            if file.is_none() && !question.format.is_text() && out.is_terminal() {
                return Err(NO_TERMINAL.into());
            }
            let told = match of {
                Some((dist, log)) => ledger::of_log(&log, &dist, &question).await?,
                None => ledger::of_demonstration(&question)?,
            };
            match file {
                Some(file) => std::fs::write(&file, told)
                    .map_err(|error| format!("{} cannot be written: {error}", file.display()))?,
                None => out.write_all(&told)?,
            }
        }
        Command::PushKeys { file, contact } => {
            let public = push::make_keys(&file, &contact)?;
            let file = file.display();
            writeln!(
                out,
                "{file} holds a new key: serve with `--push {file}`, and keep it secret. Its public \
                 half is {public}"
            )?;
        }
        Command::BackUp { dist, data, to } => {
            let head = back_up(&dist, &data, &to).await?;
            let (to, place) = (to.display(), head.place);
            writeln!(
                out,
                "{to} holds the log up to place {place}, and its chain holds."
            )?;
        }
        Command::VerifyLog { log, noted } => {
            let head = log.prove(noted.as_ref()).await?;
            let next = match noted {
                Some(_) => "Nothing before the hash that was noted has changed since.",
                None => {
                    "Keep this hash somewhere else: given with --noted another time, it shows \
                     whether anything before it was made anew."
                }
            };
            writeln!(
                out,
                "{} events hold together, each in its place from the first one to the head, whose \
                 hash is {}. {next}",
                head.place, head.chain
            )?;
        }
        Command::Move { dist, data, to } => {
            let moved = move_log(&dist, &data, &to).await?;
            writeln!(
                out,
                "{} events, {} of them with a place, are in {to} now, and their chain holds. \
                 Serve them with DATABASE_URL, without --data.",
                moved.events, moved.places
            )?;
        }
        Command::User {
            dist,
            log,
            account,
            deed,
        } => {
            let app = App::new(log.open(&dist).await?);
            let done = user::act(&app, &account, deed).await;
            app.store().close().await;
            if let Some(said) = done? {
                writeln!(out, "{said}")?;
            }
        }
    }
    Ok(())
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
