//! The ledger: what the tasks of a city add up to. Completion says where a kind of work was
//! done in a period and where it was not; totals say how much of each kind was done.

mod along;
mod cell;
mod completion;
mod counting;
mod plan;
mod spots;
mod tally;
mod totals;

pub use cell::{Cell, What};
pub use completion::{Completion, Period, Ratio, Status, completion};
pub use plan::Plan;
pub use totals::{Pending, Scope, TotalLine, Totals, Wanted, WithinTotal, totals};

#[cfg(test)]
mod tests;
