//! A snapshot: what a new device begins with, so that it need not wait for the whole history.
//!
//! A header line; a line for each event; one with the assets that closed tasks were done to; one
//! for each different thing that was done; and one for each [`Cell`]: its task, its day, which of
//! those things (from 0), and its assets.
//!
//! ```text
//! {"format":"mendmap-snapshot","v":2,"city":"220382","count":2,"crc32":"9f2c01aa","fold":1,"whats":1,"cells":1,"place":41,"chain":"60303a…"}
//! {"v":1,"id":…
//! {"v":1,"id":…
//! ["8a5b…"]
//! {"work":"drain-clear","lines":[…
//! ["0190…","2024-05-03",0,["8a5b…"]]
//! ```
//!
//! What a device needs to work stands first, and can be had without the cells; they are many,
//! and can be had without the events (the line of assets is empty there). A device may add the
//! cells of a later snapshot to an earlier one: of tasks whose events it has, cells say nothing.
//!
//! It holds the events of every task that is not closed, or was closed lately, of each other one
//! what it adds to a ledger, and all events about assets. It says nothing that the history does not say, and may
//! be thrown away: whoever has the events up to its place has no use for it. So a device that
//! kept one which its program cannot read any more fetches those.

use super::{Digest, Head};
use crate::ids::{AssetUid, TaskUid};
use crate::ledger::{Cell, What};
use crate::log::{Event, Header as Read, checksum, header, line};
use crate::order::distinct;
use crate::task::{State, Task};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use thiserror::Error;

/// What the fold makes of events, by a number that rises with each change of it: the cells of
/// another fold are not to be added to what this one says.
pub const FOLD: u32 = 1;

const FORMAT: &str = "mendmap-snapshot";
/// The first had each cell in full, and made new devices wait for them.
const VERSION: u32 = 2;

/// What a new device begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Where the order stood.
    pub head: Head,
    /// All events about the tasks that are still of interest, and about assets.
    pub events: Vec<Event>,
    /// The assets that tasks were done to of which there are only cells; none where another
    /// fold made them.
    pub done: Vec<AssetUid>,
    /// Whether its cells are of this fold, so that with the events they are all there is.
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
    whats: u64,
    cells: u64,
    place: u64,
    chain: Digest,
}

/// A cell's line.
#[derive(Serialize, Deserialize)]
struct Row(
    TaskUid,
    #[serde(with = "crate::log::day")] Date,
    usize,
    Vec<AssetUid>,
);

/// Whether a new device needs the events of a task: it is not closed, or people decided
/// differently.
pub fn is_of_interest(task: &Task) -> bool {
    task.is_open() || (task.state != State::Cancelled && task.standing_report().is_none())
}

/// What is wanted of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// What a device needs to work: all but what closed tasks add to a ledger.
    Work,
    /// What closed tasks add to a ledger.
    Cells,
}

/// A snapshot as it is written.
#[derive(Debug)]
pub struct Written {
    city: String,
    head: Head,
    count: u64,
    /// Events, and the assets that are done.
    work: Vec<u8>,
    whats: u64,
    rows: u64,
    cells: Vec<u8>,
}

/// Writes a snapshot of the order up to `head`: the events of what is of interest, and the
/// cells of the rest.
///
/// # Errors
/// None that these could bring about.
pub fn write_snapshot<'a>(
    city: &str,
    head: Head,
    events: impl IntoIterator<Item = &'a Event>,
    cells: impl IntoIterator<Item = Cell>,
) -> serde_json::Result<Written> {
    let (mut work, mut count) = (Vec::new(), 0);
    for event in events {
        line::write(event.raw(), &mut work);
        count += 1;
    }
    let all: Vec<Cell> = cells.into_iter().collect();
    let done = all.iter().flat_map(|cell| &cell.assets);
    write_line(&distinct(done.copied()), &mut work)?;
    let (mut numbers, mut cells, mut rows) = (HashMap::new(), Vec::new(), Vec::new());
    for cell in &all {
        let next = numbers.len();
        let number = *numbers
            .entry(serde_json::to_vec(&cell.what)?)
            .or_insert(next);
        if number == next {
            write_line(&cell.what, &mut cells)?;
        }
        let row = Row(cell.task, cell.done_on, number, cell.assets.clone());
        write_line(&row, &mut rows)?;
    }
    cells.append(&mut rows);
    Ok(Written {
        city: city.to_owned(),
        head,
        count,
        work,
        whats: numbers.len() as u64,
        rows: all.len() as u64,
        cells,
    })
}

impl Written {
    /// A part of it, with a header of its own.
    ///
    /// # Errors
    /// None that a header could bring about.
    pub fn part(&self, part: Part) -> serde_json::Result<Vec<u8>> {
        // Where no events are, nothing is said to be done.
        let (count, work) = match part {
            Part::Cells => (0, &b"[]\n"[..]),
            _ => (self.count, &*self.work),
        };
        let (whats, rows, cells) = match part {
            Part::Work => (0, 0, &[][..]),
            _ => (self.whats, self.rows, &*self.cells),
        };
        let body = [work, cells].concat();
        let mut out = Vec::new();
        let header = Header {
            format: FORMAT,
            v: VERSION,
            city: &self.city,
            count,
            crc32: checksum(&body),
            fold: FOLD,
            whats,
            cells: rows,
            place: self.head.place,
            chain: self.head.chain,
        };
        write_line(&header, &mut out)?;
        out.extend(body);
        Ok(out)
    }
}

fn write_line(value: &impl Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.push(b'\n');
    Ok(())
}

/// Reads what a device needs of a snapshot of a city to work.
///
/// # Errors
/// [`SnapshotError`]: then nothing of it is to be believed.
pub fn read_snapshot(city: &str, bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    let (header, mut lines) = opened(city, bytes)?;
    let place = header.place;
    let chain = header.chain.parse().map_err(|_| SnapshotError::Header)?;
    let mut events = Vec::new();
    for _ in 0..header.count {
        let (broken, text) = lines.next()?;
        let raw = line::read(text).map_err(|_| broken)?;
        events.push(Event::read(raw.into_owned()));
    }
    let mut done = lines.read()?;
    let is_whole = header.fold == FOLD;
    if !is_whole {
        done = Vec::new();
    }
    Ok(Snapshot {
        head: Head { place, chain },
        events,
        done,
        is_whole,
    })
}

/// Reads what closed tasks add to a ledger; none where another fold made it.
///
/// # Errors
/// [`SnapshotError`], as for [`read_snapshot`].
pub fn read_cells(city: &str, bytes: &[u8]) -> Result<Option<Vec<Cell>>, SnapshotError> {
    let (header, mut lines) = opened(city, bytes)?;
    if header.fold != FOLD {
        return Ok(None);
    }
    for _ in 0..=header.count {
        lines.next()?;
    }
    let mut whats: Vec<Arc<What>> = Vec::new();
    for _ in 0..header.whats {
        whats.push(Arc::new(lines.read()?));
    }
    let mut cells = Vec::new();
    for _ in 0..header.cells {
        let Row(task, done_on, number, assets) = lines.read()?;
        let what = whats.get(number).cloned();
        cells.push(Cell {
            task,
            done_on,
            assets,
            what: what.ok_or(SnapshotError::Line(lines.at))?,
        });
    }
    Ok(Some(cells))
}

struct Lines<'a> {
    rest: &'a [u8],
    /// The line that was read last, from 1.
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<(SnapshotError, &'a [u8]), SnapshotError> {
        self.at += 1;
        let broken = SnapshotError::Line(self.at);
        let end = self.rest.iter().position(|b| *b == b'\n').ok_or(broken)?;
        let (text, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        self.rest = rest;
        Ok((broken, text))
    }

    fn read<T: Deserialize<'a>>(&mut self) -> Result<T, SnapshotError> {
        let (broken, text) = self.next()?;
        serde_json::from_slice(text).map_err(|_| broken)
    }
}

/// The header, and the lines under it, where they are what was written.
fn opened<'a>(city: &str, bytes: &'a [u8]) -> Result<(Read, Lines<'a>), SnapshotError> {
    let mut lines = Lines { rest: bytes, at: 0 };
    let first = lines.next().map_err(|_| SnapshotError::Header)?.1;
    let header = header(first, FORMAT, VERSION).ok_or(SnapshotError::Header)?;
    if header.city != city {
        return Err(SnapshotError::City);
    }
    if checksum(lines.rest) != header.crc32 {
        return Err(SnapshotError::Checksum);
    }
    Ok((header, lines))
}
