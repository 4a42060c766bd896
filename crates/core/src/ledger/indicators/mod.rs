//! Indicators: how far the tasks of a period have come by the seven steps of 数字城管, which share
//! of what was due was handled and closed and in time, how long it took, and how old what is open
//! is.
//!
//! The steps and the names of the rates are those of the 数字城管 workflow (信息采集 … 综合评价;
//! 处置率, 结案率, 返工率 …). It leaves to each city what a share is a share *of*, so every rate
//! here carries its [`Denominator`] and takes another one where it is told to. Two of its figures
//! are absent, since no event says them: 综合评价 (nobody evaluates in Mendmap) and 准确派遣率 (a
//! task that another crew gets is not said to have been given to a wrong one).
//!
//! All times are counted by the corrected clocks of who wrote the events, and not by the days that
//! reports name: a deadline has an hour. The clock starts at the first dispatch
//! ([`crate::task::clock_start`]).

mod apart;
mod facts;
mod rates;
mod steps;
mod times;

#[cfg(test)]
pub(crate) mod tests;

pub use apart::{Apart, Part, apart};
pub use rates::{Denominator, Each, Rate};
pub use steps::{Step, Steps};
pub use times::{Ageing, BOUNDS_MS, Classes, Mean, Spread};

use super::{Period, Wanted};
use crate::account::Members;
use crate::catalog::{Catalog, CrewId, WorkKindId};
use crate::log::Moment;
use crate::task::{Crewed, Task, crew_of};
use facts::Facts;
use serde::{Deserialize, Serialize};

/// One day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// What indicators are asked of. An empty list narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The days, on the clocks of who said the times.
    pub period: Period,
    /// Which of its days has to lie in the period for a task to be looked at.
    pub by: Day,
    /// Who is of which crew, for work that nobody gave out ([`crate::task::crew_of`]).
    pub members: Members,
    /// Crews whose work it is. A task of which that is in conflict is of none of them.
    pub crews: Vec<CrewId>,
    /// Kinds of work it asks for; what is in conflict is of none of them.
    pub works: Vec<WorkKindId>,
    /// Which reports close a task.
    pub state: Wanted,
    /// Whether reports are checked here at all, as for [`super::totals`].
    pub verification: bool,
    /// Milliseconds from a report until it is to be checked. No norm names a limit and the catalogue
    /// has none, so it is a day if nobody says otherwise.
    pub check_within_ms: i64,
    /// What each rate is a share of.
    pub of: Each<Denominator>,
}

/// A day of a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// The day of its deadline ([`crate::task::deadline`]); what has none is not looked at.
    #[default]
    Due,
    /// The day on which it came to be, whether it has a deadline or not.
    Found,
}

impl Asked {
    /// All that falls due in a period, with the usual denominators; closed is what counts by the
    /// catalogue.
    pub fn of(period: Period) -> Asked {
        Asked {
            period,
            by: Day::Due,
            members: Members::default(),
            crews: Vec::new(),
            works: Vec::new(),
            state: Wanted::Counted,
            verification: true,
            check_within_ms: DAY_MS,
            of: Each::default(),
        }
    }

    /// Whose work a task is.
    fn crew_of<'a>(&'a self, task: &'a Task, catalog: &'a Catalog) -> Crewed<'a> {
        crew_of(task, catalog, &self.members)
    }

    /// Whether a task is of a crew and of a kind that are asked for.
    fn is_of(&self, task: &Task, catalog: &Catalog) -> bool {
        let work = task.work.one();
        let is_theirs = || self.crew_of(task, catalog).is_among(&self.crews) == Some(true);
        (self.crews.is_empty() || is_theirs())
            && (self.works.is_empty() || work.is_some_and(|work| self.works.contains(work)))
    }
}

/// What the tasks of a period come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicators {
    /// Tasks of which the asked day lies in the period, also those that were called off.
    pub tasks: u64,
    /// How far they have come.
    pub steps: Steps,
    /// What share of them was handled, closed, sent back and checked.
    pub rates: Each<Rate>,
    /// 平均处置时长: from the clock's start to the report that stands.
    pub handling: Mean,
    /// From the clock's start to when it was closed, of those that are closed.
    pub closing: Spread,
    /// How old what is open now is: all of the crews and kinds asked for, of whichever period. What
    /// was left from the year before is the oldest, and no period would show it.
    pub open: Ageing,
}

/// Works out the indicators as of `now`, of tasks as they are known. What is called off is counted
/// among the steps and nowhere else; what is in conflict is handled by nobody until that ends.
pub fn indicators<'a>(
    catalog: &Catalog,
    asked: &Asked,
    tasks: impl IntoIterator<Item = &'a Task>,
    now: Moment,
) -> Indicators {
    let facts = |task: &Task| Facts::of(task, catalog, asked, now);
    let all = tasks.into_iter().filter(|task| asked.is_of(task, catalog));
    let all: Vec<Facts> = all.map(facts).collect();
    let here: Vec<&Facts> = all.iter().filter(|f| f.lies_in(asked)).collect();
    let of = |what: fn(&Facts) -> Option<i64>| {
        let that = here.iter().filter(|f| f.is_kept());
        that.filter_map(move |f| what(f)).map(|at| at.max(0))
    };
    let unclocked = here.iter().filter(|f| f.is_kept() && f.is_unclocked());
    Indicators {
        tasks: here.len() as u64,
        steps: Steps::of(here.iter().copied()),
        rates: asked.of.map(|of, what| Rate::of(&here, of, what)),
        handling: Mean::of(of(Facts::handling_ms)),
        closing: Spread::of(of(Facts::closing_ms).collect(), unclocked.count() as u64),
        open: Ageing::of(&all),
    }
}
