//! The ledger: what the tasks of a city add up to. Completion says where a kind of work was
//! done in a period and where it was not, and a season the same day by day; what falls due follows
//! from when it was last done; totals say how much of each kind was done, apart for each crew or
//! place, beside other periods, as a table, as a workbook and in print. Indicators say how far tasks have come and
//! how long they took.

mod along;
mod behind;
mod book;
mod cell;
mod compare;
mod completion;
mod counted;
mod counting;
pub mod due;
mod features;
mod group;
mod held;
mod imported;
pub mod indicators;
mod journal;
mod line;
mod listed;
mod paragraph;
mod plan;
mod scope;
pub mod season;
mod spots;
mod table;
mod tally;
mod totals;

pub use crate::ingest::begins_like_a_formula;
pub use behind::{Behind, behind};
pub use book::{
    Asked, Book, Column, Monthly, MonthlyLine, NoFile, Sheet, ledger_sheet, list_sheet, monthly,
    monthly_sheet, paragraph_sheet,
};
pub use cell::{Cell, What};
pub use compare::{Compared, Source, compared};
pub use completion::{Completion, Period, Ratio, Status, completion};
pub use counted::{Counted, Done, concerning, counted};
pub use features::{Completed, mark_features, task_features};
pub use group::{By, Group, before, grouped, months, year_before};
pub use held::{Holding, Holdings, Split};
pub use imported::{ImportProblem, Imported, read_totals};
pub use journal::Journal;
pub use listed::{Listed, list};
pub use paragraph::paragraph;
pub use plan::Plan;
pub use scope::{Scope, Wanted};
pub use table::{Entry, Table, table};
pub use totals::{Pending, TotalLine, Totals, WithinTotal, totals};

#[cfg(test)]
mod tests;
