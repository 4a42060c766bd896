//! Cells, one by one.

use super::{book, figure, read, sheet};
use calamine::{Data, Reader};
use mendmap_core::ledger::Entry;
use mendmap_sheet::{SheetError, workbook};

/// The first row of cells: below the title, a line about it and the head.
const FIRST: u32 = 3;

fn cells(entries: Vec<Entry>) -> Vec<Data> {
    let count = u32::try_from(entries.len()).unwrap();
    let range = sheet(&workbook(&book(entries)).unwrap(), "One");
    let cell = |n| range.get_value((FIRST + n, 0)).cloned().unwrap_or_default();
    (0..count).map(cell).collect()
}

#[test]
fn numbers_are_numbers_and_days_are_days() {
    let day = Entry::Day(jiff::civil::date(2024, 10, 31));
    let long_ago = Entry::Day(jiff::civil::date(1899, 12, 31));
    let percent = Entry::Percent("162.5".parse().unwrap());
    let found = cells(vec![
        figure("1395.84", 2),
        Entry::Count(3258),
        percent,
        Entry::Year(2024),
        Entry::Blank,
        long_ago,
        day,
    ]);
    assert_eq!(
        found[..6],
        [
            Data::Float(1395.84),
            Data::Float(3258.0),
            Data::Float(1.625),
            Data::Float(2024.0),
            Data::Empty,
            Data::String("1899-12-31".into()),
        ]
    );
    let Data::DateTime(day) = &found[6] else {
        panic!("{:?}", found[6]);
    };
    assert_eq!(day.as_f64(), 45596.0, "days since the end of 1899");
}

#[test]
fn a_number_with_more_digits_than_a_spreadsheet_holds_keeps_them_as_text() {
    let found = cells(vec![
        figure("9007199254740993", 0),
        figure("12345678901234.5678", 2),
        figure("0.1234567890123456", 2),
        figure("123456789012.345", 2),
    ]);
    let text = |text: &str| Data::String(text.into());
    assert_eq!(
        found,
        [
            text("9007199254740993"),
            text("12345678901234.5678"),
            text("0.1234567890123456"),
            Data::Float(123_456_789_012.345),
        ]
    );
}

#[test]
fn text_that_begins_like_a_formula_stays_text() {
    let formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "http://city.example"];
    let bytes = workbook(&book(
        formulas.map(|text| Entry::Text(text.into())).to_vec(),
    ))
    .unwrap();
    let range = sheet(&bytes, "One");
    for (row, text) in (FIRST..).zip(formulas) {
        let cell = range.get_value((row, 0));
        assert_eq!(cell, Some(&Data::String(text.into())));
    }
    let formulas = read(&bytes).worksheet_formula("One").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
}

#[test]
fn a_text_is_as_long_as_a_cell_holds() {
    let of = |length: usize| {
        let cell = cells(vec![Entry::Text("补".repeat(length))]).remove(0);
        let Data::String(text) = cell else {
            panic!("{cell:?}");
        };
        (text.chars().count(), text.ends_with('…'))
    };
    assert_eq!(of(32_767), (32_767, false));
    assert_eq!(of(32_768), (32_767, true));
}

#[test]
fn more_rows_than_a_sheet_holds_are_refused() {
    let mut too_many = book(Vec::new());
    too_many.sheets[0].rows = vec![Vec::new(); 1_048_576 - 3];
    assert!(workbook(&too_many).is_ok());
    too_many.sheets[0].rows.push(Vec::new());
    match workbook(&too_many) {
        Err(SheetError::Rows { sheet, rows, most }) => {
            assert_eq!((&*sheet, rows, most), ("One", 1_048_577, 1_048_576));
        }
        other => panic!("{other:?}"),
    }
}
