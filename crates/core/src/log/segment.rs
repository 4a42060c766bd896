//! Segments: some thousands of events in one record of the storage.
//!
//! A segment is a header line and a line for each event:
//!
//! ```text
//! {"format":"mendmap-segment","v":1,"city":"220382","count":2,"bytes":614,"crc32":"9f2c01aa"}
//! {"v":1,"id":…
//! {"v":1,"id":…
//! ```
//!
//! `bytes` and `crc32` (IEEE) are those of everything after the header line.

use super::frame::Header;
use super::{Event, frame, line};
use serde::Serialize;
use thiserror::Error;

/// A segment that was read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// The city whose log it is part of.
    pub city: String,
    /// Its events, in the order in which they were written.
    pub events: Vec<Event>,
}

/// A segment that cannot be trusted. What could be read of it is not lost.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{fault}")]
pub struct SegmentError {
    /// What is wrong with it.
    pub fault: SegmentFault,
    /// Whatever lines there were; damaged ones are unreadable events.
    pub salvaged: Vec<Event>,
}

/// What is wrong with a segment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SegmentFault {
    /// It does not begin with the header of a segment.
    #[error("not a segment")]
    Header,
    /// A newer version wrote it.
    #[error("a segment of version {0}, this program knows {VERSION}")]
    Newer(u32),
    /// It is shorter or longer than it says.
    #[error("{found} bytes of events where {expected} should be")]
    Length {
        /// Bytes promised.
        expected: u64,
        /// Bytes there.
        found: u64,
    },
    /// Its bytes changed since they were written.
    #[error("the checksum does not agree")]
    Checksum,
    /// It holds more or fewer events than it says.
    #[error("{found} events where {expected} should be")]
    Count {
        /// Events promised.
        expected: u64,
        /// Events there.
        found: u64,
    },
    /// A line's escape is broken.
    #[error("line {0} is not an event's line")]
    Line(usize),
}

const FORMAT: &str = "mendmap-segment";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    v: u32,
    city: &'a str,
    count: u64,
    bytes: u64,
    crc32: String,
}

/// Writes a segment.
pub fn write_segment<'a>(city: &str, events: impl IntoIterator<Item = &'a Event>) -> Vec<u8> {
    let (body, count) = frame::body(events);
    let header = Written {
        format: FORMAT,
        v: VERSION,
        city,
        count,
        bytes: body.len() as u64,
        crc32: frame::checksum(&body),
    };
    frame::under(serde_json::to_vec(&header), body)
}

/// Reads a segment.
///
/// # Errors
/// [`SegmentError`] with everything that could still be read.
pub fn read_segment(bytes: &[u8]) -> Result<Segment, SegmentError> {
    let (header, body) = match bytes.iter().position(|b| *b == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &bytes[bytes.len()..]),
    };
    let (mut events, broken) = lines(body);
    let fault = match (
        frame::version(header, FORMAT),
        frame::header(header, FORMAT, VERSION),
    ) {
        (Some(VERSION), Some(header)) => match fault(&header, body, events.len()).or(broken) {
            Some(fault) => fault,
            None => {
                let city = header.city;
                return Ok(Segment { city, events });
            }
        },
        (Some(v), _) if v > VERSION => SegmentFault::Newer(v),
        _ => {
            // Whatever stands in the header's place may be an event.
            if !header.is_empty() {
                events.insert(0, Event::read(header));
            }
            SegmentFault::Header
        }
    };
    Err(SegmentError {
        fault,
        salvaged: events,
    })
}

/// The events of a segment, whatever is wrong with it.
pub fn salvage_segment(bytes: &[u8]) -> Vec<Event> {
    match read_segment(bytes) {
        Ok(segment) => segment.events,
        Err(damaged) => damaged.salvaged,
    }
}

/// All events, and the first line whose escape is broken.
fn lines(body: &[u8]) -> (Vec<Event>, Option<SegmentFault>) {
    let (mut events, mut broken) = (Vec::new(), None);
    for (n, text) in body.split_inclusive(|b| *b == b'\n').enumerate() {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        events.push(match line::read(text) {
            Ok(raw) => Event::read(raw.into_owned()),
            Err(_) => {
                broken.get_or_insert(SegmentFault::Line(n + 2));
                Event::read(text)
            }
        });
    }
    (events, broken)
}

fn fault(header: &Header, body: &[u8], count: usize) -> Option<SegmentFault> {
    let (bytes, count) = (body.len() as u64, count as u64);
    if header.bytes != bytes {
        return Some(SegmentFault::Length {
            expected: header.bytes,
            found: bytes,
        });
    }
    if header.crc32 != frame::checksum(body) {
        return Some(SegmentFault::Checksum);
    }
    (header.count != count).then_some(SegmentFault::Count {
        expected: header.count,
        found: count,
    })
}
