//! What the configuration says of robots.

use super::form::Kind;
use mendmap_core::catalog::CrewId;
use mendmap_core::told::{Audience, Language, NotQuiet, Quiet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;
use url::{Host, Url};

/// The hours in which it is quiet where nothing is said of them.
const NIGHT: &str = "21:00-06:30";

/// How long a robot is waited for: shorter than requests under way are when the server ends, and
/// than a message keeps others back ([`mendmap_core::told::LEASE_MS`]).
const PATIENCE: Duration = Duration::from_secs(8);

/// The robots, and how they speak.
pub struct Robots {
    pub(super) language: Language,
    pub(super) quiet: Quiet,
    pub(super) all: Vec<Robot>,
    pub(super) patience: Duration,
}

/// A robot.
pub(super) struct Robot {
    /// Its name in the configuration, which is no secret.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// A secret.
    pub(super) url: Url,
    /// With which messages are signed, for a robot that wants that.
    pub(super) secret: Option<String>,
    pub(super) audience: Audience,
    /// Whether everybody in the group is called when there is a danger.
    pub(super) calls_all: bool,
}

/// Why there are no robots. What could be a secret is not repeated.
#[derive(Debug, Error)]
pub enum RobotsError {
    /// The file cannot be read.
    #[error("the robots' file {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// It is not what it should be.
    #[error(
        "the robots' file cannot be read at line {line}, column {column}: docs/operations.md says \
         what stands in it"
    )]
    Form {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// No hours of the day.
    #[error("the robots' quiet hours: {0}")]
    Quiet(#[from] NotQuiet),
    /// Two of one name, or none at all.
    #[error("a robot's name is {0:?}: each needs one of its own")]
    Name(String),
    /// Nothing that can be asked.
    #[error("the url of robot {0:?} is no address of a robot: copy it from the group's settings")]
    Address(String),
    /// Whoever listens could speak in the group from then on.
    #[error("the url of robot {0:?} does not begin with https://")]
    NotEncrypted(String),
    /// How often a robot may speak is counted for each.
    #[error("robots {0:?} and {1:?} have one address: name all crews at one of them")]
    OneAddress(String, String),
    /// What no crew has would be told twice.
    #[error("robots {0:?} and {1:?} both name no crews: one may, and is told of all others")]
    TwoRests(String, String),
    /// Only the other kind signs.
    #[error("robot {0:?} has a secret, and WeCom's robots know of none: leave it out")]
    Secret(String),
    /// Its clocks are not known here.
    #[error(
        "the robots' quiet hours are those of the city's clocks, and nothing is known here of the \
         time zone {0}: install the system's time zones (tzdata)"
    )]
    Zone(String),
    /// There is no way to ask anybody.
    #[error("no client for robots: the system's certificates cannot be read")]
    Client,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    language: Language,
    #[serde(default)]
    quiet: Option<String>,
    robots: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    name: String,
    kind: Kind,
    url: String,
    #[serde(default)]
    secret: Option<String>,
    #[serde(default)]
    crews: BTreeSet<CrewId>,
    #[serde(default)]
    call_all_in_danger: bool,
}

impl Robots {
    /// Reads the file.
    ///
    /// # Errors
    /// All but [`RobotsError::Zone`] and [`RobotsError::Client`].
    pub fn read(path: &Path) -> Result<Robots, RobotsError> {
        let bytes = std::fs::read(path).map_err(|source| RobotsError::File {
            path: path.to_path_buf(),
            source,
        })?;
        if is_open_to_all(path) {
            let path = path.display();
            tracing::warn!(%path, "everybody on this machine can read the robots' addresses");
        }
        Robots::parse(&bytes)
    }

    /// Reads what stands in it.
    ///
    /// # Errors
    /// As [`Robots::read`].
    pub fn parse(bytes: &[u8]) -> Result<Robots, RobotsError> {
        // Its own words may quote the address.
        let file: File = serde_json::from_slice(bytes).map_err(|error| RobotsError::Form {
            line: error.line(),
            column: error.column(),
        })?;
        let theirs = file.robots.iter().flat_map(|said| said.crews.iter());
        let theirs: BTreeSet<CrewId> = theirs.cloned().collect();
        let mut robots = Robots {
            language: file.language,
            quiet: file.quiet.as_deref().unwrap_or(NIGHT).parse()?,
            all: Vec::new(),
            patience: PATIENCE,
        };
        for said in file.robots {
            let robot = said.robot(&theirs)?;
            robots.fits(&robot)?;
            robots.all.push(robot);
        }
        Ok(robots)
    }

    /// The same, for tests: a robot is given up after this time.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Robots {
        Robots { patience, ..self }
    }

    /// The crews that are named, and the robots that name them.
    pub(crate) fn crews(&self) -> BTreeMap<&CrewId, &str> {
        let named = self.all.iter().filter_map(|robot| match &robot.audience {
            Audience::Crews(crews) => Some(crews.iter().map(|crew| (crew, &*robot.name))),
            Audience::Rest { .. } => None,
        });
        named.flatten().collect()
    }

    fn fits(&self, robot: &Robot) -> Result<(), RobotsError> {
        let is_rest = |robot: &Robot| matches!(robot.audience, Audience::Rest { .. });
        for other in &self.all {
            let names = || (other.name.clone(), robot.name.clone());
            if other.name == robot.name {
                return Err(RobotsError::Name(robot.name.clone()));
            }
            if other.url == robot.url {
                let (one, other) = names();
                return Err(RobotsError::OneAddress(one, other));
            }
            if is_rest(other) && is_rest(robot) {
                let (one, other) = names();
                return Err(RobotsError::TwoRests(one, other));
            }
        }
        Ok(())
    }
}

impl Said {
    fn robot(self, theirs: &BTreeSet<CrewId>) -> Result<Robot, RobotsError> {
        let Said { name, kind, .. } = self;
        if name.trim().is_empty() {
            return Err(RobotsError::Name(name));
        }
        if kind == Kind::WeCom && self.secret.is_some() {
            return Err(RobotsError::Secret(name));
        }
        let url = match address(&self.url) {
            Ok(url) => url,
            Err(Wrong::NoAddress) => return Err(RobotsError::Address(name)),
            Err(Wrong::NotEncrypted) => return Err(RobotsError::NotEncrypted(name)),
        };
        Ok(Robot {
            name,
            kind,
            url,
            secret: self.secret,
            audience: match self.crews.is_empty() {
                true => Audience::Rest {
                    but: theirs.clone(),
                },
                false => Audience::Crews(self.crews),
            },
            calls_all: self.call_all_in_danger,
        })
    }
}

enum Wrong {
    NoAddress,
    NotEncrypted,
}

/// An https address; or one of this machine, where nobody listens in between.
fn address(text: &str) -> Result<Url, Wrong> {
    let url = Url::parse(text).map_err(|_| Wrong::NoAddress)?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    if url.host().is_none() || !is_plain || url.fragment().is_some() {
        return Err(Wrong::NoAddress);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_here(&url) => Ok(url),
        _ => Err(Wrong::NotEncrypted),
    }
}

/// Whether it is an address of this machine.
pub(super) fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(unix)]
pub(crate) fn is_open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_all(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(robots: Value) -> Result<Robots, RobotsError> {
        Robots::parse(&serde_json::to_vec(&json!({ "robots": robots })).unwrap())
    }

    fn robot(name: &str, url: &str, crews: &[&str]) -> Value {
        json!({ "name": name, "kind": "wecom", "url": url, "crews": crews })
    }

    const WECOM: &str = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hush";

    #[test]
    fn one_robot_tells_of_what_no_other_tells() {
        let other = "https://oapi.dingtalk.com/robot/send?access_token=hush";
        let robots = read(json!([
            robot("a", WECOM, &[]),
            { "name": "b", "kind": "dingtalk", "url": other, "secret": "SEC", "crews": ["road-1"] },
        ]));
        let robots = robots.ok().unwrap();
        let but = BTreeSet::from(["road-1".into()]);
        assert_eq!(robots.all[0].audience, Audience::Rest { but: but.clone() });
        assert_eq!(robots.all[1].audience, Audience::Crews(but));
        assert_eq!(robots.quiet.to_string(), NIGHT);
        assert_eq!(robots.language, Language::Zh, "Chinese first");
        let said = br#"{"robots":[],"language":"en","quiet":"00:00-00:00"}"#;
        assert_eq!(Robots::parse(said).ok().unwrap().language, Language::En);
    }

    #[test]
    fn what_is_wrong_is_named_and_no_address_is_repeated() {
        let elsewhere = "http://elsewhere.example/hush";
        let signed = json!({ "name": "a", "kind": "wecom", "url": WECOM, "secret": "hush" });
        for (robots, said) in [
            (
                json!([robot("a", elsewhere, &[])]),
                "does not begin with https",
            ),
            (
                json!([robot("a", "http://127.0.0.1.example/hush", &[])]),
                "does not begin with https",
            ),
            (
                json!([robot("a", "ftp://localhost/hush", &[])]),
                "does not begin with https",
            ),
            (json!([robot("a", "hush", &[])]), "no address"),
            (
                json!([robot("a", "https://me:hush@city.example/", &[])]),
                "no address",
            ),
            (json!([robot(" ", WECOM, &[])]), "name"),
            (
                json!([robot("a", WECOM, &[]), robot("a", elsewhere, &[])]),
                "https",
            ),
            (
                json!([robot("a", WECOM, &["x"]), robot("b", WECOM, &[])]),
                "one address",
            ),
            (
                json!([
                    robot("a", WECOM, &[]),
                    robot("b", "https://b.example/hush", &[])
                ]),
                "both name no crews",
            ),
            (
                json!([
                    robot("a", WECOM, &["x"]),
                    robot("a", "https://b.example/hush", &[])
                ]),
                "name of its own",
            ),
            (json!([signed]), "leave it out"),
            (
                json!([{ "name": "a", "kind": "hush", "url": WECOM }]),
                "line 1",
            ),
            (
                json!([{ "name": "a", "kind": "wecom", "url": WECOM, "hush": 1 }]),
                "line 1",
            ),
            (
                json!([{ "name": "a", "kind": "wecom", "url": ["hush"] }]),
                "line 1",
            ),
        ] {
            let error = read(robots).err().unwrap().to_string();
            let said = said.replace("name of its own", "one of its own");
            assert!(error.contains(&said) && !error.contains("hush"), "{error}");
        }
        for here in [
            "http://127.0.0.1:9/a",
            "http://[::1]:9/a",
            "http://localhost:9/a",
        ] {
            assert!(read(json!([robot("a", here, &[])])).is_ok(), "{here}");
        }
        let quiet = Robots::parse(br#"{"robots":[],"quiet":"night"}"#)
            .err()
            .unwrap();
        assert!(quiet.to_string().contains("21:00-06:30"), "{quiet}");
    }
}
