//! How far a task has come.

use serde::{Deserialize, Serialize};

/// What the events that move a task along say. The order is that of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// On the map.
    Open,
    /// Given to a crew.
    Dispatched,
    /// Taken by the crew.
    Accepted,
    /// Being done.
    UnderWay,
    /// Done, says the crew.
    Reported,
    /// Done, says who checked.
    Verified,
    /// Sent back.
    Returned,
    /// Not to be done.
    Cancelled,
}

impl Stage {
    /// True for a decision about the task, false for progress on the way to one.
    /// Different decisions taken without knowledge of each other conflict;
    /// progress joins by its furthest point and yields to any decision.
    pub fn is_decision(self) -> bool {
        self >= Stage::Reported
    }

    /// True where nothing is left to do for a crew.
    pub fn is_closed(self) -> bool {
        matches!(self, Stage::Reported | Stage::Verified | Stage::Cancelled)
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// On the map.
    Open,
    /// Given to a crew.
    Dispatched,
    /// Taken by the crew.
    Accepted,
    /// Being done.
    UnderWay,
    /// Done, says the crew.
    Reported,
    /// Done, says who checked.
    Verified,
    /// Sent back.
    Returned,
    /// Not to be done.
    Cancelled,
    /// Decided differently by people who did not know of each other.
    Conflict,
}

impl State {
    /// True if somebody has still something to do.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Reported | State::Verified | State::Cancelled)
    }
}

impl From<Stage> for State {
    fn from(stage: Stage) -> State {
        match stage {
            Stage::Open => State::Open,
            Stage::Dispatched => State::Dispatched,
            Stage::Accepted => State::Accepted,
            Stage::UnderWay => State::UnderWay,
            Stage::Reported => State::Reported,
            Stage::Verified => State::Verified,
            Stage::Returned => State::Returned,
            Stage::Cancelled => State::Cancelled,
        }
    }
}
