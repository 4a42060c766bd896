//! The mark that says on the map how an asset stands.

use super::{State, Task};
use crate::ids::AssetUid;
use serde::{Deserialize, Serialize};

/// How an asset or a task stands, as the map shows it. The codes are stable: they
/// travel as feature state and in tiles.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Mark {
    /// Nothing to say.
    #[default]
    None = 0,
    /// A task is waiting.
    Open = 1,
    /// Work falls due.
    Due = 2,
    /// Work is overdue.
    Overdue = 3,
    /// Work is under way.
    UnderWay = 4,
    /// Done, says the crew.
    Reported = 5,
    /// Done, says who checked.
    Verified = 6,
    /// Sent back to the crew.
    SentBack = 7,
    /// Decided differently by people who did not know of each other.
    Conflict = 8,
    /// Completion: not done in the period, nothing plotted.
    Never = 9,
    /// Completion: done in the period.
    Done = 10,
}

impl Mark {
    /// All marks, by code.
    pub const ALL: [Mark; 11] = [
        Mark::None,
        Mark::Open,
        Mark::Due,
        Mark::Overdue,
        Mark::UnderWay,
        Mark::Reported,
        Mark::Verified,
        Mark::SentBack,
        Mark::Conflict,
        Mark::Never,
        Mark::Done,
    ];

    /// Its code.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The mark with this code.
    pub fn from_code(code: u8) -> Option<Mark> {
        Mark::ALL.get(usize::from(code)).copied()
    }

    /// The mark of a task by itself.
    pub fn of(state: State) -> Mark {
        match state {
            State::Open | State::Dispatched | State::Accepted => Mark::Open,
            State::UnderWay => Mark::UnderWay,
            State::Reported => Mark::Reported,
            State::Verified => Mark::Verified,
            State::Returned => Mark::SentBack,
            State::Cancelled => Mark::None,
            State::Conflict => Mark::Conflict,
        }
    }

    /// Which of two marks an asset wears: the one somebody should see first.
    fn urgency(self) -> u8 {
        match self {
            Mark::Conflict => 10,
            Mark::Overdue => 9,
            Mark::SentBack => 8,
            Mark::Due => 7,
            Mark::UnderWay => 6,
            Mark::Open => 5,
            Mark::Reported => 4,
            Mark::Verified => 3,
            Mark::Done => 2,
            Mark::Never => 1,
            Mark::None => 0,
        }
    }
}

/// The mark of an asset, by the tasks on it: the most urgent one. An asset that is
/// ticked in a round which is not yet reported is under way; one that was left out of a round
/// which is reported has nothing to show for it, as in the ledger.
pub fn mark_of<'a>(asset: AssetUid, tasks: impl IntoIterator<Item = &'a Task>) -> Mark {
    let marks = tasks.into_iter().map(|task| {
        let ticked = task.ticks.get(&asset).is_some_and(|t| t.done);
        match Mark::of(task.state) {
            Mark::Open if ticked => Mark::UnderWay,
            Mark::Reported | Mark::Verified if !ticked && !task.ticks.is_empty() => Mark::None,
            mark => mark,
        }
    });
    marks.max_by_key(|m| m.urgency()).unwrap_or_default()
}
