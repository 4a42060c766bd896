//! Shares, each with what it is a share of.

use super::facts::Facts;
use crate::ledger::Ratio;
use serde::{Deserialize, Serialize};

/// What a rate is a share of: always of tasks that lie in the period and were not called off. A
/// share counts only what is in its denominator, so it is never more than all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// All of them.
    All,
    /// Those that have a deadline, over or not.
    Dated,
    /// 应处置: those whose deadline is over by now, handled or not. What is handled before its
    /// deadline comes in when that is over: else a running month would look better than it is.
    Due,
    /// 应结案: those that should be closed by now: the deadline is over, and where a check is asked
    /// for the time for it as well.
    DueToClose,
    /// 应核查: those with a report that asks for a check, for which there was time until now at the
    /// latest.
    DueToCheck,
    /// Those that a report stands for.
    Handled,
    /// Those that are closed.
    Closed,
}

/// Something for each of the rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Each<T> {
    /// 处置率: a report stands.
    pub handled: T,
    /// 按期处置率: it was written by the deadline.
    pub handled_in_time: T,
    /// 结案率: it is closed.
    pub closed: T,
    /// 按期结案率: it was closed by the deadline, or where a check is asked for, so much later as
    /// there is time for it.
    pub closed_in_time: T,
    /// 返工率: a report of it was sent back.
    pub reworked: T,
    /// 按期核查率: its last report was verified or sent back in time.
    pub checked_in_time: T,
}

impl Default for Each<Denominator> {
    /// The usual ones: due, for what is handled or closed; due to close, for what had to be closed
    /// in time or was sent back; due to be checked.
    fn default() -> Self {
        Each {
            handled: Denominator::Due,
            handled_in_time: Denominator::Due,
            closed: Denominator::Due,
            closed_in_time: Denominator::DueToClose,
            reworked: Denominator::DueToClose,
            checked_in_time: Denominator::DueToCheck,
        }
    }
}

impl Each<Denominator> {
    pub(super) fn map<T>(&self, to: impl Fn(Denominator, fn(&Facts) -> bool) -> T) -> Each<T> {
        Each {
            handled: to(self.handled, Facts::is_handled),
            handled_in_time: to(self.handled_in_time, Facts::is_handled_in_time),
            closed: to(self.closed, Facts::is_closed),
            closed_in_time: to(self.closed_in_time, Facts::is_closed_in_time),
            reworked: to(self.reworked, |f| f.is_reworked),
            checked_in_time: to(self.checked_in_time, Facts::is_checked_in_time),
        }
    }
}

/// A share, and what it is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// So many tasks of so many; of none where none was to be.
    pub share: Ratio,
    /// What those are.
    pub of: Denominator,
}

impl Rate {
    pub(super) fn of(facts: &[&Facts], of: Denominator, is: fn(&Facts) -> bool) -> Rate {
        let whole = || facts.iter().filter(|f| f.is_among(of));
        let share = Ratio {
            part: whole().filter(|f| is(f)).count() as u64,
            whole: whole().count() as u64,
        };
        Rate { share, of }
    }
}
