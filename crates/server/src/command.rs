//! What the command line says.

use lexopt::{Arg, Parser, ValueExt};
use mendmap_core::account::Role;
use mendmap_core::catalog::CrewId;
use mendmap_core::ledger::{Period, Scope, Wanted};
use mendmap_core::log::read_day;
use mendmap_core::sync::Digest;
use mendmap_server::ledger::{Format, Question};
use mendmap_server::log::Log;
use mendmap_server::photos;
use mendmap_server::serve::Options;
use mendmap_server::store::{Address, AddressError};
use mendmap_server::user::Deed;
use mendmap_server::{Language, Origin};
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

pub(crate) const HELP: &str = "\
mendmap-server serve --dist FOLDER [--data FOLDER] [--photos URL] [--host ADDRESS] [--port N]
                     [--origin ADDRESS | --demo] [--robots FILE] [--push FILE]

  Serves the built app and the city's log at one address, until it is told to end
  (Ctrl-C, SIGTERM). Prints the address once it listens.

  --dist FOLDER    the built app (`cargo xtask build` makes one in dist)
  --data FOLDER    where the log lies; made where there is none. One server works in it
  --photos URL     where photos lie: file:///FOLDER, or s3://BUCKET/PREFIX with its access in
                   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT;
                   the folder photos in --data if not given
  --host ADDRESS   an address of this machine alone; 127.0.0.1 if not given
  --port N         8080 if not given; 0 takes any that is free
  --origin ADDRESS the https address (https://city.example) of a proxy on this machine by
                   which others reach the server; everybody logs in then. It passes on the
                   name it was called by: docs/operations.md
  --demo           makes accounts for a demonstration and prints them with their password;
                   for a demonstration city, on this machine alone, in a folder of its own
  --robots FILE    tells crews' group robots in WeCom or DingTalk what is news, as the file says
                   (docs/operations.md); nobody is told anything if not given
  --push FILE      tells phones what is news, also while the app is closed, with the key in the
                   file (`push-keys` makes one); no phone is told anything if not given

  DATABASE_URL takes the place of --data: the log lies in that PostgreSQL database
  (postgres://user:password@host:port/name), and any number of servers work on it. Both
  at once are an error: a log lies in one place. The connection is not encrypted, so the
  database is on this machine or in a network that is trusted. Servers that work on one log
  share its photos, so --photos has to be given with it.

  RUST_LOG sets what is logged, to standard error (info if not set).

mendmap-server push-keys FILE --contact ADDRESS

  Makes a key for --push and writes it into a new file that its owner alone can read.

  --contact ADDRESS  whom a phone's push service writes to about this server: mailto:… or https:…

mendmap-server backup --dist FOLDER --data FOLDER FILE

  Writes the log in the folder into a new file and checks its chain of hashes; the server
  may be running. docs/operations.md says how it comes back, and how PostgreSQL is backed
  up.

mendmap-server verify-log --data FOLDER [--noted HASH]

  Reads the whole log in the folder, or in DATABASE_URL, and computes its chain of hashes anew, from
  the first event to the head. Says that all events hold together by it, with the head's hash,
  or at which place the chain breaks, and ends with an error then. It writes nothing; the server may
  be running.

  --noted HASH     the head's hash as it was said at some time before; an error where the log
                   does not go on from it

mendmap-server move --dist FOLDER --data FOLDER

  Moves the log in the folder into the empty PostgreSQL database that DATABASE_URL names,
  with its accounts and logins. No server may be at work in the folder. It stays as it is,
  and is not served again.

mendmap-server ledger --from DAY --to DAY [--format csv|json|text|xlsx] [--out FILE]
                      [--language zh|en] [--state verified|counted|reported]
                      (--demo | --dist FOLDER --data FOLDER)

  Prints what was done in a period: as a table, as JSON like /api/v1/ledger, as the paragraph of a
  public report, or as a workbook (XLSX) with all of that, the form of the last month beside the year
  so far, and the tasks behind the lines. With --demo of a year of work in the demonstration city, which it makes
  (January to October 2024); else of the log in --data or DATABASE_URL; the server may be running.
  A period that is not over counts up to today.

  DAY              as 2024-01-31; the first and the last
  --format         csv if not given
  --out FILE       a file to write it into, in place of what stands there; a workbook goes to no
                   terminal
  --language       zh if not given
  --state          which reports count: verified ones (if not given), those that count by the
                   catalogue, or all; in the paragraph verified ones, whatever is given

mendmap-server user list
mendmap-server user add ACCOUNT --role ROLE [--name NAME] [--crew CREW]...
mendmap-server user change ACCOUNT [--role ROLE] [--crew CREW]...
mendmap-server user passwd ACCOUNT
mendmap-server user lock ACCOUNT
mendmap-server user unlock ACCOUNT
mendmap-server user token ACCOUNT [--name NAME]
mendmap-server user drop-tokens ACCOUNT

  Keeps the accounts of a city, with --dist, and --data or DATABASE_URL, as above; the
  server may be running. Until the first account is made everybody on this machine may do
  everything; from then on everybody logs in.

  ROLE             viewer, crew, supervisor or administrator
  CREW             a crew's id in the catalogue; given again, one more
  add, passwd      read the password from the first line of standard input
  token            prints a key by which a program acts for the account, as in
                   `Authorization: Bearer KEY`; it is not shown again
";

/// Not an option: what stands on a command line is read by everybody on the machine.
const DATABASE: &str = "DATABASE_URL";

/// What is to be done.
pub(crate) enum Command {
    Help,
    Serve(Options),
    PushKeys {
        file: PathBuf,
        contact: String,
    },
    BackUp {
        dist: PathBuf,
        data: PathBuf,
        to: PathBuf,
    },
    Move {
        dist: PathBuf,
        data: PathBuf,
        to: Address,
    },
    VerifyLog {
        log: Log,
        noted: Option<Digest>,
    },
    /// Of the demonstration where no log is named.
    Ledger {
        of: Option<(PathBuf, Log)>,
        question: Question,
        /// Where it goes, where that is a file.
        out: Option<PathBuf>,
    },
    Users {
        dist: PathBuf,
        log: Log,
    },
    User {
        dist: PathBuf,
        log: Log,
        account: String,
        deed: Deed,
    },
}

#[derive(Default)]
struct Said {
    dist: Option<PathBuf>,
    data: Option<PathBuf>,
    photos: Option<photos::Place>,
    host: Option<IpAddr>,
    port: Option<u16>,
    origin: Option<Origin>,
    demo: bool,
    robots: Option<PathBuf>,
    push: Option<PathBuf>,
    contact: Option<String>,
    role: Option<Role>,
    name: Option<String>,
    crews: Option<Vec<CrewId>>,
    from: Option<String>,
    to: Option<String>,
    format: Option<Format>,
    language: Option<String>,
    state: Option<String>,
    out: Option<PathBuf>,
    noted: Option<Digest>,
    words: Vec<String>,
}

pub(crate) fn parse() -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_env();
    let mut said = Said::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Long("dist") => said.dist = Some(PathBuf::from(parser.value()?)),
            Arg::Long("data") => said.data = Some(PathBuf::from(parser.value()?)),
            Arg::Long("photos") => {
                // Not by lexopt, which repeats what it cannot read: there may be a key in it.
                let place = parser.value()?.string()?.parse();
                said.photos = Some(place.map_err(|e: photos::PlaceError| e.to_string())?);
            }
            Arg::Long("host") => said.host = Some(parser.value()?.parse()?),
            Arg::Long("port") => said.port = Some(parser.value()?.parse()?),
            Arg::Long("origin") => said.origin = Some(parser.value()?.parse()?),
            Arg::Long("demo") => said.demo = true,
            Arg::Long("robots") => said.robots = Some(PathBuf::from(parser.value()?)),
            Arg::Long("push") => said.push = Some(PathBuf::from(parser.value()?)),
            Arg::Long("contact") => said.contact = Some(parser.value()?.string()?),
            Arg::Long("role") => said.role = Some(parser.value()?.parse()?),
            Arg::Long("name") => said.name = Some(parser.value()?.string()?),
            Arg::Long("crew") => {
                let crew = CrewId(parser.value()?.string()?);
                said.crews.get_or_insert_default().push(crew);
            }
            Arg::Long("from") => said.from = Some(parser.value()?.string()?),
            Arg::Long("to") => said.to = Some(parser.value()?.string()?),
            Arg::Long("format") => said.format = Some(parser.value()?.parse()?),
            Arg::Long("language") => said.language = Some(parser.value()?.string()?),
            Arg::Long("state") => said.state = Some(parser.value()?.string()?),
            Arg::Long("out") => said.out = Some(PathBuf::from(parser.value()?)),
            Arg::Long("noted") => said.noted = Some(parser.value()?.parse()?),
            Arg::Value(word) if said.words.len() < 3 => said.words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    let words = std::mem::take(&mut said.words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.is_empty() {
        return Ok(Command::Help);
    }
    if let ["push-keys", file] = words[..] {
        let contact = said.contact.ok_or(
            "--contact is missing: whom a push service writes to, as mailto:it@city.example",
        )?;
        let file = PathBuf::from(file);
        return Ok(Command::PushKeys { file, contact });
    }
    if words == ["ledger"] && said.demo {
        if said.data.is_some() || said.dist.is_some() {
            return Err(
                "--demo makes a city and its log by itself: leave --dist and --data out to print \
                 its ledger, or leave --demo out to print that of the log in --data"
                    .into(),
            );
        }
        return Ok(Command::Ledger {
            of: None,
            question: said.question()?,
            out: said.out,
        });
    }
    if words == ["verify-log"] {
        // Asks for no app: whoever proves a log may have nothing but the log.
        let log = log(said.data.take(), std::env::var_os(DATABASE)).map_err(|e| e.to_string())?;
        let noted = said.noted;
        return Ok(Command::VerifyLog { log, noted });
    }
    let dist = said.dist.take();
    let dist = dist.ok_or("--dist is missing: the folder of the built app")?;
    if words == ["move"] {
        let (data, to) = said.way()?;
        return Ok(Command::Move { dist, data, to });
    }
    let log = log(said.data.take(), std::env::var_os(DATABASE)).map_err(|e| e.to_string())?;
    match words[..] {
        ["backup", to] => match log {
            Log::Folder(data) => Ok(Command::BackUp {
                dist,
                data,
                to: PathBuf::from(to),
            }),
            Log::Database(_) => Err("a log in PostgreSQL is backed up with pg_dump: \
                                     docs/operations.md says how"
                .into()),
        },
        ["serve"] => {
            let host = said.host.unwrap_or(IpAddr::from(Ipv4Addr::LOCALHOST));
            let port = said.port.unwrap_or(8080);
            let (origin, demo, photos) = (said.origin, said.demo, said.photos);
            let (robots, push) = (said.robots, said.push);
            Ok(Command::Serve(Options {
                dist,
                log,
                photos,
                host,
                port,
                origin,
                demo,
                robots,
                push,
            }))
        }
        ["ledger"] => Ok(Command::Ledger {
            of: Some((dist, log)),
            question: said.question()?,
            out: said.out,
        }),
        ["user", "list"] => Ok(Command::Users { dist, log }),
        ["user", what, account] => Ok(Command::User {
            dist,
            log,
            account: account.to_owned(),
            deed: said.deed(what, account)?,
        }),
        _ => Err(format!(
            "there is no command `{}`; --help lists them",
            words.join(" ")
        )
        .into()),
    }
}

impl Said {
    /// From where to where a log moves.
    fn way(&mut self) -> Result<(PathBuf, Address), lexopt::Error> {
        let data = self.data.take();
        let data = data.ok_or("--data is missing: the folder that the log moves out of")?;
        match log(None, std::env::var_os(DATABASE)) {
            Ok(Log::Database(to)) => Ok((data, to)),
            Ok(Log::Folder(_)) | Err(Place::Missing) => Err(format!(
                "{DATABASE} is missing: the PostgreSQL database that the log moves into"
            )
            .into()),
            Err(wrong) => Err(wrong.to_string().into()),
        }
    }

    /// What a ledger is asked.
    fn question(&self) -> Result<Question, lexopt::Error> {
        let day = |name: &str, text: &Option<String>| {
            let text = text.as_deref().ok_or(format!("--{name} is missing"))?;
            read_day(text).ok_or(format!("--{name}: `{text}` is no day such as 2024-01-31"))
        };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        if from > to {
            return Err("--from is the first day and --to the last one".into());
        }
        let state = match self.state.as_deref() {
            None | Some("verified") => Wanted::Verified,
            Some("counted") => Wanted::Counted,
            Some("reported") => Wanted::Reported,
            Some(other) => return Err(format!("--state does not know `{other}`").into()),
        };
        let language = match self.language.as_deref() {
            None | Some("zh") => Language::Zh,
            Some("en") => Language::En,
            Some(other) => return Err(format!("--language does not know `{other}`").into()),
        };
        Ok(Question {
            scope: Scope {
                state,
                ..Scope::of(Period { from, to })
            },
            format: self.format.unwrap_or(Format::Csv),
            language,
        })
    }

    fn deed(self, what: &str, account: &str) -> Result<Deed, lexopt::Error> {
        Ok(match what {
            "add" => Deed::Add {
                name: self.name.unwrap_or_else(|| account.to_owned()),
                role: self.role.ok_or("--role is missing")?,
                crews: self.crews.unwrap_or_default(),
                password: password()?,
            },
            "change" => Deed::Change {
                role: self.role,
                crews: self.crews,
            },
            "passwd" => Deed::Password(password()?),
            "lock" => Deed::Lock(true),
            "unlock" => Deed::Lock(false),
            "token" => Deed::Token {
                name: self.name.unwrap_or_default(),
            },
            "drop-tokens" => Deed::DropTokens,
            other => return Err(format!("`user` does not know `{other}`; --help").into()),
        })
    }
}

/// The first line of standard input: on a command line everybody on the machine reads it.
fn password() -> Result<String, lexopt::Error> {
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|e| format!("no password on standard input: {e}"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Why it is not known where a log lies.
#[derive(Debug, thiserror::Error)]
enum Place {
    #[error(
        "there is no place for the city's log: give a folder with --data, or a PostgreSQL \
         database in {DATABASE}"
    )]
    Missing,
    #[error(
        "--data and {DATABASE} both say where the log lies: leave --data out to use the \
         database, or unset {DATABASE} to use the folder"
    )]
    Both,
    #[error("{DATABASE} cannot be read: it is no text")]
    NoText,
    #[error("{DATABASE} cannot be read: {0}")]
    Address(#[from] AddressError),
}

/// Where the log lies. Neither has the last word: a server that writes to another place
/// than the one its keeper thinks of is noticed weeks later.
fn log(data: Option<PathBuf>, database: Option<OsString>) -> Result<Log, Place> {
    match (data, database.filter(|address| !address.is_empty())) {
        (Some(data), None) => Ok(Log::Folder(data)),
        (None, Some(address)) => {
            let address = address.to_str().ok_or(Place::NoText)?;
            Ok(Log::Database(address.parse()?))
        }
        (None, None) => Err(Place::Missing),
        (Some(_), Some(_)) => Err(Place::Both),
    }
}
