//! Why there is no workbook.

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

/// Why there is no workbook.
#[derive(Debug, Error)]
pub enum SheetError {
    /// More rows than a sheet holds.
    #[error(
        "the sheet “{sheet}” would have {rows} rows, and a workbook holds {most}: ask for a shorter period"
    )]
    Rows {
        /// Its name.
        sheet: String,
        /// How many it would have, with its title and heads.
        rows: usize,
        /// The most.
        most: usize,
    },
    /// More columns than a sheet holds.
    #[error("the sheet “{sheet}” would have {columns} columns, and a workbook holds {most}")]
    Columns {
        /// Its name.
        sheet: String,
        /// How many it would have.
        columns: usize,
        /// The most.
        most: usize,
    },
    /// It cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Writing(#[from] XlsxError),
}
