//! Workbooks as XLSX: bytes from a value of the core, and nothing else. No file, no clock: the same value
//! gives the same bytes.
//!
//! * Numbers are numbers, shown with the decimals of their unit, or with all that they have where these
//!   are more. A spreadsheet holds 15 digits of a number: what has more is written as text, so that
//!   each of its digits stays (`cell`).
//! * Days are days, from 1900 on, with which a spreadsheet begins to count; an earlier one is text.
//! * Text is text, whatever it begins with, also after somebody has edited it.

mod cell;
mod error;
mod name;
mod page;

pub use error::SheetError;

use mendmap_core::ledger::Book;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

/// A workbook as the bytes of its file.
///
/// # Errors
/// [`SheetError`]: more rows or columns than a sheet holds.
pub fn workbook(book: &Book) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    // The library has put its own time there; what the book says stands in its place.
    let mut properties = DocProperties::new().set_title(&book.title);
    properties = match cell::day(book.made_on) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties.set_creation_datetime(&ExcelDateTime::from_ymd(1900, 1, 1)?),
    };
    workbook.set_properties(&properties);
    let mut names = Vec::new();
    for sheet in &book.sheets {
        let name = name::valid(&sheet.name, &names);
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&name)?;
        page::write(worksheet, sheet)?;
        names.push(name);
    }
    Ok(workbook.save_to_buffer()?)
}
