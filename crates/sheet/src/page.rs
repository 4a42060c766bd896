//! A sheet as it stands on a screen and on paper.

use crate::cell;
use crate::error::SheetError;
use mendmap_core::ledger::{Column, Entry, Sheet};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

/// The most rows of a sheet, and the most columns.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;

/// ISO 216 A4, by its number in the format.
const A4: u8 = 9;
/// What is wider, in digits, lies across the paper.
const UPRIGHT: usize = 110;

/// How high a line is, and the highest row there is, in points.
const LINE: usize = 16;
const HIGHEST: usize = 409;

/// Writes a sheet: its title, what is said of it, its heads and its rows.
pub(crate) fn write(at: &mut Worksheet, sheet: &Sheet) -> Result<(), SheetError> {
    let heads = 1 + sheet.about.len();
    let first = heads + usize::from(sheet.has_heads());
    let no_row = || SheetError::Rows {
        sheet: sheet.name.clone(),
        rows: first + sheet.rows.len(),
        most: ROWS,
    };
    let no_column = || SheetError::Columns {
        sheet: sheet.name.clone(),
        columns: sheet.columns.len(),
        most: COLUMNS,
    };
    if first + sheet.rows.len() > ROWS {
        return Err(no_row());
    }
    if sheet.columns.len() > COLUMNS {
        return Err(no_column());
    }
    let row_of = |row: usize| u32::try_from(row).map_err(|_| no_row());
    let column_of = |column: usize| u16::try_from(column).map_err(|_| no_column());
    let title = Format::new().set_bold().set_font_size(14);
    at.write_string_with_format(0, 0, &sheet.title, &title)?;
    let small = Format::new()
        .set_font_size(9)
        .set_font_color(Color::RGB(0x59_59_59));
    for (row, line) in sheet.about.iter().enumerate() {
        at.write_string_with_format(row_of(1 + row)?, 0, line, &small)?;
    }
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xE7_EC_F0))
        .set_border_bottom(FormatBorder::Thin);
    for (number, column) in sheet.columns.iter().enumerate() {
        // Room for the filter's button.
        let width = u8::try_from(column.width + 2).unwrap_or(u8::MAX);
        at.set_column_width(column_of(number)?, f64::from(width))?;
        if sheet.has_heads() {
            at.write_string_with_format(row_of(heads)?, column_of(number)?, &column.head, &head)?;
        }
    }
    at.set_row_height(0, 22)?;
    if sheet.has_heads() {
        let names = sheet
            .columns
            .iter()
            .map(|column| Entry::Text(column.head.clone()));
        set_height(
            at,
            row_of(heads)?,
            &sheet.columns,
            &names.collect::<Vec<_>>(),
        )?;
    }
    for (row, cells) in sheet.rows.iter().enumerate() {
        set_height(at, row_of(first + row)?, &sheet.columns, cells)?;
        for (number, entry) in cells.iter().enumerate() {
            cell::write(at, row_of(first + row)?, column_of(number)?, entry)?;
        }
    }
    if sheet.has_heads() {
        let (heads, last) = (row_of(heads)?, row_of(first + sheet.rows.len().max(1) - 1)?);
        at.set_freeze_panes(heads + 1, 0)?;
        at.autofilter(heads, 0, last, column_of(sheet.columns.len() - 1)?)?;
        at.set_repeat_rows(heads, heads)?;
        at.set_print_gridlines(true);
    }
    on_paper(at, sheet);
    Ok(())
}

/// Makes a row as high as its cells need it. One of one line is as high as any.
fn set_height(
    at: &mut Worksheet,
    row: u32,
    columns: &[Column],
    cells: &[Entry],
) -> Result<(), SheetError> {
    let lines = columns
        .iter()
        .zip(cells)
        .map(|(column, cell)| column.lines(cell));
    let lines = lines.max().unwrap_or(1);
    if lines > 1 {
        let height = u16::try_from((lines * LINE).min(HIGHEST)).unwrap_or(u16::MAX);
        at.set_row_height(row, height)?;
    }
    Ok(())
}

fn on_paper(at: &mut Worksheet, sheet: &Sheet) {
    let width: usize = sheet.columns.iter().map(|column| column.width + 2).sum();
    at.set_paper_size(A4);
    if width > UPRIGHT {
        at.set_landscape();
    }
    // As wide as one page, and as many pages as it takes.
    at.set_print_fit_to_pages(1, 0);
    at.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    at.set_footer("&C&P / &N");
}
