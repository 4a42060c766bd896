//! How many assets wear which mark.

use crate::ledger::Ratio;
use crate::task::Mark;
use serde::{Deserialize, Serialize};

/// Whether a mark says that the work is done and counts.
pub fn is_done(mark: Mark) -> bool {
    matches!(mark, Mark::Done | Mark::Verified)
}

/// Whether a mark says that there is work that is neither done nor called off.
pub fn is_open(mark: Mark) -> bool {
    matches!(
        mark,
        Mark::Open | Mark::UnderWay | Mark::SentBack | Mark::Conflict | Mark::Reported
    )
}

/// How many assets wear each mark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts([u32; Mark::ALL.len()]);

impl Counts {
    /// How many wear a mark.
    pub fn of(&self, mark: Mark) -> u32 {
        self.0[usize::from(mark.code())]
    }

    /// How many there are.
    pub fn whole(&self) -> u64 {
        self.0.iter().map(|n| u64::from(*n)).sum()
    }

    /// How many are done.
    pub fn done(&self) -> u64 {
        self.share().part
    }

    /// How many have work that is neither done nor called off.
    pub fn open(&self) -> u64 {
        let open = Mark::ALL.into_iter().filter(|mark| is_open(*mark));
        open.map(|mark| u64::from(self.of(mark))).sum()
    }

    /// At how many nothing was done, and nothing is.
    pub fn never(&self) -> u64 {
        self.whole() - self.done() - self.open()
    }

    /// Those that are done, of all.
    pub fn share(&self) -> Ratio {
        let done = Mark::ALL.into_iter().filter(|mark| is_done(*mark));
        Ratio {
            part: done.map(|mark| u64::from(self.of(mark))).sum(),
            whole: self.whole(),
        }
    }

    pub(super) fn put(&mut self, mark: Mark) {
        self.0[usize::from(mark.code())] += 1;
    }

    /// One that wore a mark wears another.
    pub(super) fn change(&mut self, from: Mark, to: Mark) {
        self.0[usize::from(from.code())] -= 1;
        self.put(to);
    }
}
