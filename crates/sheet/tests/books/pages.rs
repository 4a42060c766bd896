//! How sheets lie on a screen and on paper, as the file says it.

use super::{book, figure};
use mendmap_core::ledger::{Book, Entry};
use mendmap_sheet::workbook;
use std::io::{Cursor, Read};
use std::time::Duration;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

fn holds(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn heads_stay_in_sight_and_are_filtered_and_repeated() {
    let bytes = workbook(&book(vec![figure("1", 2), figure("1395.8", 2)])).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let frozen = r#"<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>"#;
    holds(&sheet, &[frozen, r#"<autoFilter ref="A3:A5"/>"#]);
    let paper = [
        "<pageSetUpPr fitToPage=\"1\"/>",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
    ];
    holds(&sheet, &paper);
    let names = part(&bytes, "xl/workbook.xml");
    holds(&names, &["_xlnm.Print_Titles", "One!$3:$3"]);
    holds(&part(&bytes, "xl/styles.xml"), &["#,##0.00"]);
}

#[test]
fn what_is_wide_lies_across_the_paper_and_prose_has_no_heads() {
    let mut wide = book(vec![Entry::Count(1)]);
    let is_across = |book: &Book| {
        let sheet = part(&workbook(book).unwrap(), "xl/worksheets/sheet1.xml");
        sheet.contains("orientation=\"landscape\"")
    };
    assert!(!is_across(&wide));
    wide.sheets[0].columns[0].width = 150;
    assert!(is_across(&wide));
    let mut prose = book(vec![Entry::Text("words".into())]);
    prose.sheets[0].columns[0].head.clear();
    let sheet = part(&workbook(&prose).unwrap(), "xl/worksheets/sheet1.xml");
    assert!(
        !sheet.contains("autoFilter") && !sheet.contains("<pane"),
        "{sheet}"
    );
    holds(&sheet, &[r#"<c r="A3""#]);
}

#[test]
fn a_row_is_as_high_as_its_text() {
    let long = Entry::Text("清掏雨漏".repeat(9));
    let bytes = workbook(&book(vec![Entry::Text("清掏".into()), long])).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    // Six wide characters in a line.
    holds(
        &sheet,
        &[r#"<row r="5" spans="1:1" ht="96" customHeight="1">"#],
    );
    holds(&sheet, &[r#"<row r="4" spans="1:1">"#]);
}

#[test]
fn no_clock_is_in_it() {
    let book = book(vec![figure("820.5", 2), Entry::Text("=1".into())]);
    let first = workbook(&book).unwrap();
    let made = "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2024-11-04T00:00:00Z<";
    holds(&part(&first, "docProps/core.xml"), &[made, "A book"]);
    // Its times are in whole seconds.
    std::thread::sleep(Duration::from_millis(1100));
    assert!(
        workbook(&book).unwrap() == first,
        "another second, other bytes"
    );
}

#[test]
fn two_sheets_of_one_name_have_two() {
    let mut book = book(vec![Entry::Count(1)]);
    let mut other = book.sheets[0].clone();
    other.name = "one".into();
    book.sheets.push(other);
    let names = part(&workbook(&book).unwrap(), "xl/workbook.xml");
    holds(&names, &["name=\"One\"", "name=\"one 2\""]);
}
