//! What the configuration says of web push, and the command that makes one.

use super::keys::Keys;
use super::outside;
use mendmap_core::told::{NotQuiet, Quiet};
use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;
use url::Url;

/// The hours in which it is quiet where nothing is said of them.
const NIGHT: &str = "21:00-06:30";

/// How long a push service is waited for: shorter than requests under way are when the server ends,
/// and than a message keeps others back ([`mendmap_core::told::LEASE_MS`]).
const PATIENCE: Duration = Duration::from_secs(8);

/// How phones are told.
pub struct Push {
    pub(super) keys: Keys,
    /// Whom a push service writes to about our messages.
    pub(super) contact: String,
    pub(super) quiet: Quiet,
    pub(super) patience: Duration,
    /// Whether a push service of this machine is asked, too: for tests.
    here: bool,
}

/// Why no phone is told. What could be a secret is not repeated.
#[derive(Debug, Error)]
pub enum PushError {
    /// The file cannot be read, or made.
    #[error("the file of web push {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// It is not what it should be.
    #[error(
        "the file of web push cannot be read at line {line}, column {column}: docs/operations.md \
         says what stands in it"
    )]
    Form {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// No key.
    #[error("the key of web push is none: `mendmap-server push-keys FILE` makes one")]
    Key,
    /// Nobody to write to.
    #[error(
        "{0:?} is nobody whom a push service can write to: give an address as \
         mailto:it@city.example or https://city.example"
    )]
    Contact(String),
    /// No hours of the day.
    #[error("the quiet hours of web push: {0}")]
    Quiet(#[from] NotQuiet),
    /// Its clocks are not known here.
    #[error(
        "the quiet hours of web push are those of the city's clocks, and nothing is known here of \
         the time zone {0}: install the system's time zones (tzdata)"
    )]
    Zone(String),
    /// There is no way to ask anybody.
    #[error("no client for web push: the system's certificates cannot be read")]
    Client,
    /// The system gave no random number.
    #[error("no key was made: the system gave no random number")]
    Random,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quiet: Option<String>,
    key: String,
}

impl Push {
    /// Reads the file.
    ///
    /// # Errors
    /// All but [`PushError::Zone`], [`PushError::Client`] and [`PushError::Random`].
    pub fn read(path: &Path) -> Result<Push, PushError> {
        let bytes = std::fs::read(path).map_err(|source| PushError::File {
            path: path.to_path_buf(),
            source,
        })?;
        if crate::robots::is_open_to_all(path) {
            let path = path.display();
            tracing::warn!(%path, "everybody on this machine can read the key of web push");
        }
        Push::parse(&bytes)
    }

    /// Reads what stands in it.
    ///
    /// # Errors
    /// As [`Push::read`].
    pub fn parse(bytes: &[u8]) -> Result<Push, PushError> {
        // Its own words may quote the key.
        let file: File = serde_json::from_slice(bytes).map_err(|error| PushError::Form {
            line: error.line(),
            column: error.column(),
        })?;
        Ok(Push {
            contact: contact(&file.contact)?,
            quiet: file.quiet.as_deref().unwrap_or(NIGHT).parse()?,
            keys: Keys::read(&file.key).map_err(|_| PushError::Key)?,
            patience: PATIENCE,
            here: false,
        })
    }

    /// The public key, in base64url: what browsers are told, and what subscriptions are for.
    pub fn public_key(&self) -> &str {
        &self.keys.public
    }

    /// The same, for tests: a push service is given up after this time, and may be one of this
    /// machine, without https.
    #[must_use]
    pub fn with_services_here(self, patience: Duration) -> Push {
        Push {
            patience,
            here: true,
            ..self
        }
    }

    /// Where a phone's push service takes messages; none where that is nothing that is asked.
    pub(crate) fn endpoint(&self, text: &str) -> Option<Url> {
        outside::endpoint(text, self.here)
    }

    /// Whether its push services may be on this machine.
    pub(super) fn is_here(&self) -> bool {
        self.here
    }
}

/// Makes a key and writes it into a new file, which its owner alone can read; the public key.
///
/// # Errors
/// [`PushError::Contact`], [`PushError::Random`], and [`PushError::File`] also where there is one
/// already: with another key no phone is told any more until it has asked anew.
pub fn make_keys(path: &Path, whom: &str) -> Result<String, PushError> {
    let contact = contact(whom)?;
    let key = Keys::make().map_err(|_| PushError::Random)?;
    let public = Keys::read(&key).map_err(|_| PushError::Key)?.public;
    let file = File {
        contact,
        quiet: Some(NIGHT.into()),
        key,
    };
    let failed = |source| PushError::File {
        path: path.to_path_buf(),
        source,
    };
    let mut text = serde_json::to_string_pretty(&file).map_err(|error| failed(error.into()))?;
    text.push('\n');
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    Ok(public)
}

/// Somebody to write to, as RFC 8292 has it.
fn contact(text: &str) -> Result<String, PushError> {
    let wrong = || PushError::Contact(text.to_owned());
    let url = Url::parse(text).map_err(|_| wrong())?;
    let is_one = match url.scheme() {
        "mailto" => url.path().contains('@'),
        "https" => url.has_host(),
        _ => false,
    };
    is_one.then(|| text.to_owned()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const CONTACT: &str = "mailto:it@city.example";

    #[test]
    fn a_file_that_was_made_is_read_and_not_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("push.json");
        let public = make_keys(&path, CONTACT).unwrap();
        let push = Push::read(&path).ok().unwrap();
        assert_eq!(push.public_key(), public);
        assert_eq!(public.len(), 87, "65 bytes");
        assert_eq!(push.quiet.to_string(), NIGHT);
        let again = make_keys(&path, CONTACT).unwrap_err();
        assert!(again.to_string().contains("push.json"), "{again}");
        assert_eq!(Push::read(&path).ok().unwrap().public_key(), public);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_no_key_is_repeated() {
        for (file, said) in [
            (json!({ "contact": CONTACT, "key": "hush" }), "push-keys"),
            (json!({ "contact": "it", "key": "hush" }), "mailto:"),
            (json!({ "contact": "mailto:it", "key": "hush" }), "mailto:"),
            (
                json!({ "contact": "http://a.example", "key": "hush" }),
                "mailto:",
            ),
            (json!({ "contact": CONTACT, "key": ["hush"] }), "line 1"),
            (json!({ "contact": CONTACT, "hush": 1 }), "line 1"),
            (
                json!({ "contact": CONTACT, "key": "hush", "quiet": "night" }),
                "21:00-06:30",
            ),
        ] {
            let error = Push::parse(&serde_json::to_vec(&file).unwrap());
            let error = error.err().unwrap().to_string();
            assert!(error.contains(said) && !error.contains("hush"), "{error}");
        }
    }
}
