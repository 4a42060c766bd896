//! How long it took, and how long it has been.

use super::facts::{Facts, ms};
use serde::{Deserialize, Serialize};

const HOUR_MS: i64 = 3_600_000;

/// Where classes of time end, in milliseconds: 2 h, 6 h, 24 h, 3 d (of 24 h) and 7 d, each with its
/// end; what is longer is the sixth. 2 h, 6 h and 24 h are limits of the catalogue (a lid is guarded
/// within 2 h and mended within 6 h, CJJ 68-2016 §3.3.4; a lamp within 24 h), 3 d and 7 d those of
/// cables and of plain defects; they do not move with it, so that two years can be laid side by side.
pub const BOUNDS_MS: [i64; 5] = [
    2 * HOUR_MS,
    6 * HOUR_MS,
    24 * HOUR_MS,
    72 * HOUR_MS,
    168 * HOUR_MS,
];

/// Tasks by classes of time, as [`BOUNDS_MS`] has them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classes(pub [u64; 6]);

impl Classes {
    fn of(times: impl Iterator<Item = i64>) -> Classes {
        let mut classes = Classes::default();
        for time in times {
            let class = BOUNDS_MS.iter().take_while(|bound| **bound < time).count();
            classes.0[class] += 1;
        }
        classes
    }

    /// All of them.
    pub fn sum(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// A mean, with how many it is the mean of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mean {
    /// In whole milliseconds, rounded down; none of nothing.
    pub ms: Option<u64>,
    /// Tasks that it is of: handled ones whose clock is known to have started. One that a clock that
    /// was put right late would have handled before that took no time.
    pub tasks: u64,
}

impl Mean {
    pub(super) fn of(times: impl Iterator<Item = i64>) -> Mean {
        let (mut sum, mut tasks) = (0u128, 0u64);
        for time in times {
            sum += u128::from(time.unsigned_abs());
            tasks += 1;
        }
        let mean = sum.checked_div(u128::from(tasks));
        Mean {
            ms: mean.and_then(|mean| u64::try_from(mean).ok()),
            tasks,
        }
    }
}

/// How times are spread. The median and the 90th percentile are times that there were, by the
/// nearest rank: the smallest of them that at least so many percent are not longer than.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// How many there are of each class.
    pub classes: Classes,
    /// 50th percentile in milliseconds; none of nothing.
    pub median_ms: Option<i64>,
    /// 90th percentile in milliseconds; none of nothing.
    pub p90_ms: Option<i64>,
    /// Tasks that are in no class, since nobody knows when their clock started.
    pub unclocked: u64,
}

impl Spread {
    pub(super) fn of(mut times: Vec<i64>, unclocked: u64) -> Spread {
        crate::order::sort(&mut times);
        let rank = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100);
            times.get(rank.checked_sub(1)?).copied()
        };
        Spread {
            classes: Classes::of(times.iter().copied()),
            median_ms: rank(50),
            p90_ms: rank(90),
            unclocked,
        }
    }
}

/// How old open tasks are. What is in conflict is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ageing {
    /// How many are open.
    pub tasks: u64,
    /// By how long they have been there since they came to be.
    pub open_for: Classes,
    /// Of which nobody knows since when: their beginning has not arrived yet.
    pub unknown: u64,
    /// By how long their deadline has been over.
    pub overdue: Classes,
    /// Whose deadline is not over.
    pub in_time: u64,
    /// That have no deadline.
    pub undated: u64,
}

impl Ageing {
    pub(super) fn of(all: &[Facts]) -> Ageing {
        let open = || all.iter().filter(|facts| facts.is_open);
        let since = open().filter_map(|f| Some(f.now.saturating_sub(ms(f.created?)).max(0)));
        // By how much the deadline is over; below 1 it is not.
        let over = || open().filter_map(|f| Some(f.now.saturating_sub(ms(f.due?))));
        let tasks = open().count() as u64;
        let open_for = Classes::of(since);
        Ageing {
            tasks,
            open_for,
            unknown: tasks - open_for.sum(),
            overdue: Classes::of(over().filter(|over| *over > 0)),
            in_time: over().filter(|over| *over <= 0).count() as u64,
            undated: tasks - over().count() as u64,
        }
    }
}
