//! PostgreSQL for tests: where its programs lie, and a server that is thrown away.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::error::{Error, Result};
use crate::process::{answer, command, free_port, which};

/// The oldest that the server is tried with.
pub(crate) const OLDEST: u32 = 15;

/// Names a PostgreSQL in which tests may make and drop databases.
pub(crate) const VARIABLE: &str = "MENDMAP_TEST_POSTGRES";

/// Keeps the server, and ends it when its input closes.
const KEEPER: &str = include_str!("../sh/postgres.sh");

/// Who runs it where this program runs as root: PostgreSQL refuses to be root.
const INSTEAD_OF_ROOT: [&str; 2] = ["postgres", "nobody"];

/// Where its programs lie: those that `pg_config` tells of, Debian's, those on the path.
/// The client's alone are not enough, nor are those that are too old.
pub(crate) fn programs() -> Option<PathBuf> {
    let told = answer("pg_config", &["--bindir"]).map(PathBuf::from);
    // Some link one program to the path and not its companions.
    let on_path = which("initdb").and_then(|file| file.canonicalize().ok());
    let on_path = on_path.and_then(|file| Some(file.parent()?.to_path_buf()));
    let mut places: Vec<PathBuf> = told.into_iter().chain(debians()).chain(on_path).collect();
    places.retain(|place| is_whole(place));
    places.into_iter().next()
}

/// Debian has a folder for each version; the newest first.
fn debians() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, place)| place).collect()
}

fn is_whole(place: &Path) -> bool {
    let there = ["initdb", "pg_ctl"].iter().all(|p| place.join(p).is_file());
    let server = place.join("postgres");
    let version = answer(&server.to_string_lossy(), &["--version"]);
    there && version.is_some_and(|line| is_new_enough(&line))
}

/// Whether `postgres (PostgreSQL) 15.18 (Debian …)` is.
fn is_new_enough(line: &str) -> bool {
    let number = line.strip_prefix("postgres (PostgreSQL) ").unwrap_or("");
    let digits = number.split(|c: char| !c.is_ascii_digit()).next();
    let major = digits.and_then(|digits| digits.parse::<u32>().ok());
    major.is_some_and(|major| major >= OLDEST)
}

/// A PostgreSQL for as long as this lives.
pub(crate) struct Postgres {
    /// `postgres://…`, for [`VARIABLE`].
    pub(crate) address: String,
    keeper: Option<Child>,
}

impl Postgres {
    /// The one that the variable names, or else one of our own.
    pub(crate) fn start() -> Result<Self> {
        if let Ok(address) = env::var(VARIABLE) {
            println!("  with the PostgreSQL that {VARIABLE} names");
            let keeper = None;
            return Ok(Self { address, keeper });
        }
        let programs = programs().ok_or_else(|| Error::Missing {
            what: format!("PostgreSQL {OLDEST}"),
            how: "`cargo xtask tools` installs it.".to_owned(),
        })?;
        println!("  with a PostgreSQL from {}", programs.display());
        let mut keeper = keeper()?;
        keeper
            .arg(programs)
            .arg(free_port()?.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let not_started = |source| Error::NotStarted {
            command: "PostgreSQL".to_owned(),
            source,
        };
        let mut child = keeper.spawn().map_err(not_started)?;
        let mut line = String::new();
        let said = child.stdout.take().map(|out| {
            let mut out = BufReader::new(out);
            out.read_line(&mut line)
        });
        said.transpose().map_err(not_started)?;
        let postgres = Self {
            address: line.trim().to_owned(),
            keeper: Some(child),
        };
        // Without an address it has said on its own why not.
        if postgres.address.is_empty() {
            return Err(Error::Database);
        }
        Ok(postgres)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            // Its input closes, and it tidies up. Whether it could is not worth failing for.
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }
}

/// The keeper, as somebody who is not root. As text, from a folder that everybody may
/// enter: the checkout may lie where that somebody cannot look.
fn keeper() -> Result<Command> {
    let mut keeper = match answer("id", &["-u"]).as_deref() {
        Some("0") => {
            let known = |user: &&str| answer("id", &["-u", user]).is_some();
            let user = INSTEAD_OF_ROOT.into_iter().find(known);
            let user = user.ok_or_else(|| Error::Missing {
                what: "a user that is not root, for PostgreSQL".to_owned(),
                how: format!("Run this as somebody else, or name a PostgreSQL in {VARIABLE}."),
            })?;
            let mut keeper = command("setpriv", &["--reuid", user, "--init-groups"]);
            let group = answer("id", &["-g", user]).unwrap_or_default();
            keeper.args(["--regid", &group, "sh"]);
            // It may be root's alone.
            keeper.env_remove("TMPDIR");
            keeper
        }
        _ => command("sh", &[]),
    };
    keeper.args(["-c", KEEPER, "postgres.sh"]).current_dir("/");
    Ok(keeper)
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn an_old_server_is_none() {
        for line in [
            "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)",
            "postgres (PostgreSQL) 17devel",
            "postgres (PostgreSQL) 18.0",
        ] {
            assert!(is_new_enough(line), "{line}");
        }
        for line in ["postgres (PostgreSQL) 14.9", "postgres (Other) 16.1", ""] {
            assert!(!is_new_enough(line), "{line}");
        }
    }
}
