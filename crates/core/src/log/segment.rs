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
use std::borrow::Cow;
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
    let (header, body) = parted(bytes);
    let (events, broken) = lines(body);
    let fault = match (checked(header, body), broken) {
        (Ok(header), None) => {
            let city = header.city;
            return Ok(Segment { city, events });
        }
        (Ok(_), Some(fault)) | (Err(fault), _) => fault,
    };
    Err(SegmentError {
        salvaged: salvaged(header, events, &fault),
        fault,
    })
}

/// The bytes of each event of a segment, as received, for whoever wants to know no more of them
/// than that they are whole.
///
/// # Errors
/// What is wrong with the segment.
pub fn segment_bytes(bytes: &[u8]) -> Result<Vec<Cow<'_, [u8]>>, SegmentFault> {
    let (header, body) = parted(bytes);
    checked(header, body)?;
    let texts = body.split_inclusive(|b| *b == b'\n');
    let raws = texts.enumerate().map(|(n, text)| {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        line::read(text).map_err(|_| SegmentFault::Line(n + 2))
    });
    raws.collect()
}

/// The events of a segment, whatever is wrong with it.
pub fn salvage_segment(bytes: &[u8]) -> Vec<Event> {
    let (header, body) = parted(bytes);
    let (events, _) = lines(body);
    match checked(header, body) {
        Err(fault) => salvaged(header, events, &fault),
        Ok(_) => events,
    }
}

/// Whatever stands in the header's place may be an event.
fn salvaged(header: &[u8], mut events: Vec<Event>, fault: &SegmentFault) -> Vec<Event> {
    if *fault == SegmentFault::Header && !header.is_empty() {
        events.insert(0, Event::read(header));
    }
    events
}

/// The header line, and what is under it.
fn parted(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|b| *b == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &bytes[bytes.len()..]),
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

/// The header, where what is under it is what it says.
fn checked(header: &[u8], body: &[u8]) -> Result<Header, SegmentFault> {
    if let Some(v) = frame::version(header, FORMAT)
        && v > VERSION
    {
        return Err(SegmentFault::Newer(v));
    }
    let header = frame::header(header, FORMAT, VERSION).ok_or(SegmentFault::Header)?;
    let count = body.split_inclusive(|b| *b == b'\n').count();
    match fault(&header, body, count) {
        Some(fault) => Err(fault),
        None => Ok(header),
    }
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
