//! The ledger: what the tasks of a city add up to. So far, completion: where a
//! kind of work was done in a period, and where it was not.

mod completion;

pub use completion::{Completion, Period, Ratio, Status, completion};

#[cfg(test)]
mod tests;
