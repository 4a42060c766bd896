//! Workbooks, read back: by another library, and by LibreOffice where it is on the machine.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod cells;
mod office;
mod pages;
mod year;

use calamine::{Data, Range, Reader, Xlsx};
use mendmap_core::ledger::{Book, Column, Entry, Sheet};
use std::io::Cursor;

fn read(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// The sheet of a name, in a file.
fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    read(bytes).worksheet_range(name).unwrap()
}

/// A book of one sheet with a column `Cells`.
fn book(cells: Vec<Entry>) -> Book {
    let column = Column {
        head: "Cells".into(),
        width: 12,
    };
    let sheet = Sheet {
        name: "One".into(),
        title: "A title".into(),
        about: vec!["what is said of it".into()],
        columns: vec![column],
        rows: cells.into_iter().map(|cell| vec![cell]).collect(),
    };
    Book {
        title: "A book".into(),
        made_on: jiff::civil::date(2024, 11, 4),
        sheets: vec![sheet],
    }
}

fn figure(value: &str, decimals: u32) -> Entry {
    Entry::Figure {
        value: value.parse().unwrap(),
        decimals,
    }
}
