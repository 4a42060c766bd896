//! The seven steps of 数字城管, and how many tasks stand at each.

use super::facts::Facts;
use serde::{Deserialize, Serialize};

/// A step of the 数字城管 workflow, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 信息采集: something is on the map, and nobody has said yet what is to be done.
    Found,
    /// 案卷建立: it is said what is to be done.
    Filed,
    /// 任务派遣: it was given to a crew.
    Dispatched,
    /// 任务处理: the crew has taken it or begun, or has it again after a report was sent back.
    UnderWay,
    /// 处理反馈: reported done, and still to be checked.
    Reported,
    /// 核查结案: verified, or reported where nothing asks for more.
    Closed,
    /// 综合评价: not told in Mendmap.
    Evaluated,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 7] = [
        Step::Found,
        Step::Filed,
        Step::Dispatched,
        Step::UnderWay,
        Step::Reported,
        Step::Closed,
        Step::Evaluated,
    ];
}

/// How many tasks stand at each step: each at one, or it was called off, or is in conflict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// From found to closed.
    standing: [u64; 6],
    /// Not to be done.
    pub cancelled: u64,
    /// Decided differently by people who did not know of each other.
    pub conflicts: u64,
}

impl Steps {
    pub(super) fn of<'a>(facts: impl Iterator<Item = &'a Facts>) -> Steps {
        let mut steps = Steps::default();
        for facts in facts {
            match facts.step {
                Some(step) => steps.standing[step as usize] += 1,
                None if facts.is_cancelled => steps.cancelled += 1,
                None => steps.conflicts += 1,
            }
        }
        steps
    }

    /// How many stand at a step; none where nobody can tell, which is for [`Step::Evaluated`].
    pub fn at(&self, step: Step) -> Option<u64> {
        self.standing.get(step as usize).copied()
    }

    /// How many have come to a step or past it, also where they left it out: what is reported has
    /// passed the dispatch, whether anybody dispatched it or not.
    pub fn reached(&self, step: Step) -> Option<u64> {
        self.at(step)?;
        self.standing.get(step as usize..).map(|s| s.iter().sum())
    }
}
