//! Which numbers of a device are known.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The numbers of one device that are known, kept as runs: a device that never
/// lost anything is one run, however long its history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// First → last of each run; runs neither touch nor overlap.
    runs: BTreeMap<u64, u64>,
}

impl Numbers {
    /// Adds a number; false if it was known.
    pub fn insert(&mut self, n: u64) -> bool {
        let before = self.runs.range(..=n).next_back().map(|(&a, &b)| (a, b));
        if before.is_some_and(|(_, last)| n <= last) {
            return false;
        }
        let first = match before {
            Some((first, last)) if last + 1 == n => first,
            _ => n,
        };
        let last = match n.checked_add(1) {
            Some(next) => self.runs.remove(&next).unwrap_or(n),
            None => n,
        };
        self.runs.insert(first, last);
        true
    }

    /// Whether a number is known.
    pub fn contains(&self, n: u64) -> bool {
        let run = self.runs.range(..=n).next_back();
        run.is_some_and(|(_, &last)| n <= last)
    }

    /// The number after the last known one; 1 if none is known.
    pub fn next(&self) -> u64 {
        let last = self.runs.last_key_value().map_or(0, |(_, &last)| last);
        last.saturating_add(1)
    }

    /// The unknown numbers between 1 and the last known one.
    pub fn gaps(&self) -> impl Iterator<Item = RangeInclusive<u64>> + '_ {
        let ends = std::iter::once(0).chain(self.runs.values().copied());
        ends.zip(self.runs.keys().copied())
            .filter(|(end, begin)| end + 1 < *begin)
            .map(|(end, begin)| end + 1..=begin - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_history_without_gaps_is_one_run() {
        let mut numbers = Numbers::default();
        for n in (1..500).chain((501..1000).rev()).chain([500]) {
            assert!(numbers.insert(n));
        }
        assert_eq!(
            numbers.runs.len(),
            1,
            "or a million events cost a million runs"
        );
    }
}
