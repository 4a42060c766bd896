//! Event files: how devices exchange events without a server.
//!
//! A header line that says what the file is, then a line for each event. Whoever
//! opens it in a text editor sees plain NDJSON.

use super::frame::Header;
use super::{Event, View, frame, line};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Which events a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// All that the device has.
    All,
    /// Those that no server has confirmed.
    Unsent,
}

/// What a file held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// The city it says it is of.
    pub city: Option<String>,
    /// Every line, readable or not.
    pub events: Vec<Event>,
    /// What was wrong, for people.
    pub problems: Vec<FileProblem>,
    /// False where neither a header nor a single event was found: it is something else.
    pub is_records: bool,
}

/// Something wrong in a file. The line it is about is among the events all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// The first line is not the header of an event file; it was taken for an event.
    #[error("this does not begin as an event file does")]
    NoHeader,
    /// A newer version wrote it; what could be understood was read.
    #[error("a file of version {version}, this program knows {VERSION}")]
    NewerFile {
        /// The version it says.
        version: u32,
    },
    /// It holds more or fewer lines than it says: it was cut, or edited.
    #[error("{found} events where the file promises {expected}")]
    Count {
        /// Events promised.
        expected: u64,
        /// Events there.
        found: u64,
    },
    /// Its bytes are not those that were written.
    #[error("the file changed since it was written")]
    Checksum,
    /// A line cannot be read as an event.
    #[error("line {line}: {why}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

const FORMAT: &str = "mendmap-events";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    v: u32,
    city: &'a str,
    scope: Scope,
    count: u64,
    crc32: String,
}

/// Writes an event file.
pub fn export_file<'a>(
    city: &str,
    scope: Scope,
    events: impl IntoIterator<Item = &'a Event>,
) -> Vec<u8> {
    let (body, count) = frame::body(events);
    let header = Written {
        format: FORMAT,
        v: VERSION,
        city,
        scope,
        count,
        crc32: frame::checksum(&body),
    };
    frame::under(serde_json::to_vec(&header), body)
}

/// Reads an event file, or anything that looks like one: a missing header, line
/// ends of another system, a cut end lose nothing but what is not there.
pub fn import_file(bytes: &[u8]) -> Import {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut out = Import::default();
    let mut lines = (1..).zip(bytes.split_inclusive(|b| *b == b'\n'));
    let Some((n, first)) = lines.next() else {
        out.problems.push(FileProblem::NoHeader);
        return out;
    };
    let version = frame::version(first, FORMAT);
    out.is_records = version.is_some();
    if version.is_none() {
        out.problems.push(FileProblem::NoHeader);
        out.line(n, first);
    }
    for (n, text) in lines {
        out.line(n, text);
    }
    let header = version.and_then(|version| frame::header(first, FORMAT, version));
    match (version, header) {
        (Some(version), header) if version > VERSION => {
            out.city = header.map(|h| h.city);
            out.problems.push(FileProblem::NewerFile { version });
        }
        (Some(_), Some(header)) => {
            out.against(&header, &bytes[first.len()..]);
            out.city = Some(header.city);
        }
        (Some(_), None) => out.problems.push(FileProblem::NoHeader),
        (None, _) => {}
    }
    out
}

impl Import {
    fn line(&mut self, n: usize, text: &[u8]) {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.is_empty() {
            return;
        }
        let (event, escape) = match line::read(text) {
            Ok(raw) => (Event::read(raw.into_owned()), None),
            Err(e) => (Event::read(text), Some(e.to_string())),
        };
        let why = match event.view() {
            _ if escape.is_some() => escape,
            View::Unreadable { why, .. } => Some(why.to_string()),
            _ => None,
        };
        self.is_records |= why.is_none();
        if let Some(why) = why {
            self.problems.push(FileProblem::Line { line: n, why });
        }
        self.events.push(event);
    }

    fn against(&mut self, header: &Header, body: &[u8]) {
        let (expected, found) = (header.count, self.events.len() as u64);
        if expected != found {
            self.problems.push(FileProblem::Count { expected, found });
        } else if header.crc32 != frame::checksum(body) {
            self.problems.push(FileProblem::Checksum);
        }
    }
}
