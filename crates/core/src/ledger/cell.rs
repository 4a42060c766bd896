//! What a closed task adds to a ledger, without its events.

use super::counting::targets;
use crate::catalog::WorkKindId;
use crate::ids::{AssetUid, TaskUid};
use crate::log::WorkLine;
use crate::task::{State, Task};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is left of a task that is closed by a report, for whoever has not its events: a new
/// device begins with the open tasks and with these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The task. Whoever has its events takes no account of this.
    pub task: TaskUid,
    /// Whether the report was checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verified: bool,
    /// The day on which the work was done.
    #[serde(with = "crate::log::day")]
    pub done_on: Date,
    /// The kind of work that it asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<WorkKindId>,
    /// What was done.
    pub lines: Vec<WorkLine>,
    /// The assets that a line was done to which names none itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<AssetUid>,
}

impl Cell {
    /// That of a task; none where no report stands.
    pub fn of(task: &Task) -> Option<Cell> {
        let report = task.standing_report()?;
        Some(Cell {
            task: task.uid,
            verified: task.state == State::Verified,
            done_on: report.done_on,
            work: task.work.any().cloned(),
            lines: report.lines.clone(),
            assets: targets(task),
        })
    }
}
