//! What makes workbooks in a browser, as a program of its own: the app's would be larger by all of it for
//! everybody, and few take a workbook out. Page and worker hand it a [`Book`] as postcard, and it gives
//! the bytes of the file.

#[cfg(target_arch = "wasm32")]
pub mod surface;

use mendmap_core::ledger::{Book, NoFile};
use mendmap_sheet::{SheetError, workbook};

/// The bytes of the file of a [`Book`], which comes as postcard.
///
/// # Errors
/// Why there is none. What is no book was written by another build of the app.
pub fn file(book: &[u8]) -> Result<Vec<u8>, NoFile> {
    let book: Book = postcard::from_bytes(book).map_err(|error| unwritten(&error))?;
    workbook(&book).map_err(|error| match error {
        SheetError::Rows { sheet, rows, most } => NoFile::TooLong { sheet, rows, most },
        error => unwritten(&error),
    })
}

fn unwritten(error: &impl ToString) -> NoFile {
    NoFile::Unwritten {
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use mendmap_core::ledger::{Column, Entry, Sheet};

    /// A workbook whose only sheet has these rows.
    fn book(rows: Vec<Vec<Entry>>) -> Book {
        let column = |head: &str| Column {
            head: head.to_owned(),
            width: 8,
        };
        Book {
            title: "台账".into(),
            made_on: date(2024, 10, 31),
            sheets: vec![Sheet {
                name: "台账".into(),
                title: "梅河口市养护台账".into(),
                about: vec!["按目录的规则计入".into()],
                columns: ["工作", "数量", "完成日期"].map(column).into(),
                rows,
            }],
        }
    }

    fn sent(book: &Book) -> Result<Vec<u8>, NoFile> {
        file(&postcard::to_allocvec(book).unwrap())
    }

    #[test]
    fn the_file_is_that_of_the_same_book_which_was_not_sent() {
        let book = book(vec![
            vec![
                Entry::Text("补坑槽".into()),
                Entry::Figure {
                    value: "1395.84".parse().unwrap(),
                    decimals: 2,
                },
                Entry::Day(date(2024, 5, 3)),
            ],
            vec![
                Entry::Count(3846),
                Entry::Percent("162.5".parse().unwrap()),
                Entry::Year(2024),
            ],
            vec![Entry::Blank],
        ]);
        assert_eq!(sent(&book).unwrap(), workbook(&book).unwrap());
    }

    #[test]
    fn a_sheet_that_is_too_long_says_by_how_much() {
        let told = sent(&book(vec![Vec::new(); 1_048_576]));
        let too_long = NoFile::TooLong {
            sheet: "台账".into(),
            rows: 1_048_579,
            most: 1_048_576,
        };
        assert_eq!(told, Err(too_long));
    }

    #[test]
    fn what_is_no_book_is_no_file() {
        for bytes in [&b""[..], b"\xff\xff\xff\xff", b"no book"] {
            assert!(matches!(file(bytes), Err(NoFile::Unwritten { .. })));
        }
    }
}
