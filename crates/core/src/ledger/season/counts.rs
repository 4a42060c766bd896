//! How many assets wear which mark.

use crate::ledger::Ratio;
use crate::task::Mark;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

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

    /// Which of two places comes first where the least done do: the one with the smaller share that is
    /// done, of equals the one where most is left. Where there is nothing, nothing is left.
    pub fn least_done_first(&self, other: &Counts) -> Ordering {
        let (one, other) = (self.share(), other.share());
        let is_empty = |of: &Ratio| of.whole == 0;
        let less = (one.part * other.whole).cmp(&(other.part * one.whole));
        (is_empty(&one).cmp(&is_empty(&other)))
            .then(less)
            .then(other.whole.cmp(&one.whole))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(done: u32, left: u32) -> Counts {
        let mut counts = Counts::default();
        (0..done).for_each(|_| counts.put(Mark::Done));
        (0..left).for_each(|_| counts.put(Mark::None));
        counts
    }

    #[test]
    fn the_least_done_comes_first_and_of_equals_where_most_is_left() {
        let mut all = [(1, 1), (0, 0), (3, 0), (0, 2), (2, 2), (1, 3), (0, 9)];
        all.sort_by(|a, b| counts(a.0, a.1).least_done_first(&counts(b.0, b.1)));
        assert_eq!(
            all,
            [(0, 9), (0, 2), (1, 3), (2, 2), (1, 1), (3, 0), (0, 0)]
        );
    }

    proptest! {
        #[test]
        fn it_is_an_order(a in (0..9u32, 0..9u32), b in (0..9u32, 0..9u32), c in (0..9u32, 0..9u32)) {
            let [a, b, c] = [a, b, c].map(|(done, left)| counts(done, left));
            prop_assert_eq!(a.least_done_first(&b), b.least_done_first(&a).reverse());
            if a.least_done_first(&b).is_le() && b.least_done_first(&c).is_le() {
                prop_assert!(a.least_done_first(&c).is_le());
            }
        }
    }
}
