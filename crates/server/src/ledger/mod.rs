//! The ledger as it goes out: JSON, a table, a workbook, or one paragraph; on request, and on the command line.

mod answer;
mod kept;
mod print;

pub use print::{Format, LedgerError, Question, of_demonstration, of_log};

pub(crate) use answer::{Book, Ledger, members, today};
pub(crate) use kept::Kept;
