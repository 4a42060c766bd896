//! A snapshot: what a new device begins with, so that it need not wait for the whole history.
//!
//! A header line, then a line for each event, then one for each [`Cell`]:
//!
//! ```text
//! {"format":"mendmap-snapshot","v":1,"city":"220382","count":2,"crc32":"9f2c01aa","fold":1,"cells":1,"place":41,"chain":"60303a…"}
//! {"v":1,"id":…
//! {"v":1,"id":…
//! {"task":"…","done_on":"2024-05-03","lines":[…
//! ```
//!
//! Devices keep the snapshot that they began with: every later version has to read this form.
//!
//! It holds the events of every task that is not closed, or was closed lately, and of each
//! other one what it adds to a ledger. It says nothing that the history does not say, and may
//! be thrown away: whoever has the events up to its place has no use for it.

use super::{Digest, Head};
use crate::ledger::Cell;
use crate::log::{Event, checksum, header, line};
use crate::task::{State, Task};
use serde::Serialize;
use thiserror::Error;

/// What the fold makes of events, by a number that rises with each change of it: the cells of
/// another fold are not to be added to what this one says.
pub const FOLD: u32 = 1;

const FORMAT: &str = "mendmap-snapshot";
const VERSION: u32 = 1;

/// What a new device begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Where the order stood.
    pub head: Head,
    /// All events about the tasks that are still of interest.
    pub events: Vec<Event>,
    /// What the others add to a ledger; none where another fold made them.
    pub cells: Vec<Cell>,
    /// Whether the cells are of this fold, so that with the events they are all there is.
    pub is_whole: bool,
}

/// Why a snapshot is of no use. The history is, all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// It does not begin with the header of a snapshot that this version knows.
    #[error("no snapshot that this version reads")]
    Header,
    /// It is another city's.
    #[error("another city's snapshot")]
    City,
    /// Its bytes changed since they were written, or some are missing.
    #[error("the checksum does not agree")]
    Checksum,
    /// A line is not what the header says.
    #[error("line {0} cannot be read")]
    Line(usize),
}

#[derive(Serialize)]
struct Header<'a> {
    format: &'a str,
    v: u32,
    city: &'a str,
    count: u64,
    crc32: String,
    fold: u32,
    cells: u64,
    place: u64,
    chain: Digest,
}

/// Whether a new device needs the events of a task: it is not closed, or people decided
/// differently.
pub fn is_of_interest(task: &Task) -> bool {
    task.is_open() || (task.state != State::Cancelled && task.standing_report().is_none())
}

/// Writes a snapshot of the order up to `head`: the events of what is of interest, and the
/// cells of the rest.
pub fn write_snapshot<'a>(
    city: &str,
    head: Head,
    events: impl IntoIterator<Item = &'a Event>,
    cells: impl IntoIterator<Item = Cell>,
) -> serde_json::Result<Vec<u8>> {
    let (mut body, mut counts) = (Vec::new(), [0, 0]);
    for event in events {
        line::write(event.raw(), &mut body);
        counts[0] += 1;
    }
    for cell in cells {
        serde_json::to_writer(&mut body, &cell)?;
        body.push(b'\n');
        counts[1] += 1;
    }
    let mut out = serde_json::to_vec(&Header {
        format: FORMAT,
        v: VERSION,
        city,
        count: counts[0],
        crc32: checksum(&body),
        fold: FOLD,
        cells: counts[1],
        place: head.place,
        chain: head.chain,
    })?;
    out.push(b'\n');
    out.append(&mut body);
    Ok(out)
}

/// Reads a snapshot of a city.
///
/// # Errors
/// [`SnapshotError`]: then nothing of it is to be believed.
pub fn read_snapshot(city: &str, bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    let mut lines = bytes.split_inclusive(|b| *b == b'\n');
    let first = lines.next().unwrap_or_default();
    let header = header(first, FORMAT, VERSION).ok_or(SnapshotError::Header)?;
    let chain = header.chain.parse().map_err(|_| SnapshotError::Header)?;
    if header.city != city {
        return Err(SnapshotError::City);
    }
    if checksum(&bytes[first.len()..]) != header.crc32 {
        return Err(SnapshotError::Checksum);
    }
    let (mut events, mut cells) = (Vec::new(), Vec::new());
    for (n, text) in lines.enumerate() {
        let broken = SnapshotError::Line(n + 2);
        let text = text.strip_suffix(b"\n").ok_or(broken)?;
        if (events.len() as u64) < header.count {
            let raw = line::read(text).map_err(|_| broken)?;
            events.push(Event::read(raw.into_owned()));
        } else {
            cells.push(serde_json::from_slice(text).map_err(|_| broken)?);
        }
    }
    if (events.len() as u64, cells.len() as u64) != (header.count, header.cells) {
        return Err(SnapshotError::Line(1 + events.len() + cells.len()));
    }
    let is_whole = header.fold == FOLD;
    if !is_whole {
        cells.clear();
    }
    let place = header.place;
    Ok(Snapshot {
        head: Head { place, chain },
        events,
        cells,
        is_whole,
    })
}
