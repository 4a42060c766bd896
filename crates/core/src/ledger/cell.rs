//! What a closed task adds to a ledger, without its events.

use super::counting::targets;
use crate::catalog::WorkKindId;
use crate::ids::{AssetUid, TaskUid};
use crate::log::WorkLine;
use crate::task::{State, Task};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is left of a task that is closed by a report, for whoever has not its events: a new
/// device begins with the open tasks and with these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The task. Whoever has its events takes no account of this.
    pub task: TaskUid,
    /// The day on which the work was done.
    pub done_on: Date,
    /// The assets that a line was done to which names none itself.
    pub assets: Vec<AssetUid>,
    /// What was done. In a year thousands of tasks say the same.
    pub what: Arc<What>,
}

/// What a closed task asked for, and what was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct What {
    /// Whether the report was checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verified: bool,
    /// The kind of work that it asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<WorkKindId>,
    /// What was done.
    pub lines: Vec<WorkLine>,
}

impl Cell {
    /// That of a task; none where no report stands.
    pub fn of(task: &Task) -> Option<Cell> {
        let report = task.standing_report()?;
        Some(Cell {
            task: task.uid,
            done_on: report.done_on,
            assets: targets(task),
            what: Arc::new(What {
                verified: task.state == State::Verified,
                work: task.work.any().cloned(),
                lines: report.lines.clone(),
            }),
        })
    }
}
