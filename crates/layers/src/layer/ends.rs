//! Where pieces of a run end that lie behind one another.

use std::ops::Range;

/// Ends, ascending.
#[derive(Debug)]
pub(super) enum Ends {
    /// All pieces are as long, as those of many columns are.
    Even { each: u32, count: u32 },
    /// Each by itself.
    Odd(Vec<u32>),
}

impl Default for Ends {
    fn default() -> Self {
        Ends::Even { each: 0, count: 0 }
    }
}

impl Ends {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Ends::Even { count, .. } => *count as usize,
            Ends::Odd(all) => all.len(),
        }
    }

    /// Adds the end of the next piece. `expected`: how many there will be, as far as is known.
    #[inline]
    pub(super) fn push(&mut self, end: u32, expected: usize) {
        match self {
            Ends::Odd(all) => all.push(end),
            Ends::Even { each, count } => {
                if *count == 0 {
                    *each = end;
                }
                if u64::from(end) == u64::from(*each) * (u64::from(*count) + 1) {
                    *count += 1;
                } else {
                    *self = Ends::Odd(odd(*each, *count, end, expected));
                }
            }
        }
    }

    /// Where one begins.
    #[inline]
    pub(super) fn start(&self, n: usize) -> usize {
        match (self, n) {
            (_, 0) => 0,
            (Ends::Even { each, count }, n) => *each as usize * n.min(*count as usize),
            (Ends::Odd(all), n) => all.get(n - 1).or(all.last()).map_or(0, |&end| end as usize),
        }
    }

    /// Where in the run one is; nowhere if there is none.
    #[inline]
    pub(super) fn range(&self, n: usize) -> Range<usize> {
        self.start(n)..self.start(n + 1)
    }

    /// Makes room for so many altogether.
    pub(super) fn expect(&mut self, expected: usize) {
        if let Ends::Odd(all) = self {
            all.reserve_exact(expected.saturating_sub(all.len()));
        }
    }

    /// Gives back what growing took too much.
    pub(super) fn shrink(&mut self) {
        if let Ends::Odd(all) = self {
            all.shrink_to_fit();
        }
    }
}

/// Even ones, and one that is not.
#[cold]
fn odd(each: u32, count: u32, end: u32, expected: usize) -> Vec<u32> {
    let mut all = Vec::with_capacity(expected.max(count as usize + 1));
    all.extend((1..=count).map(|n| each * n));
    all.push(end);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_are_where_they_were_put(
            even in (0..3_u32, 0..9_usize),
            more in prop::collection::vec(0..4_u32, 0..9),
        ) {
            let lengths = std::iter::repeat_n(even.0, even.1).chain(more);
            let (mut ends, mut end) = (Ends::default(), 0);
            let mut ranges = Vec::new();
            for length in lengths {
                ranges.push(end as usize..(end + length) as usize);
                end += length;
                ends.push(end, 5);
            }
            prop_assert_eq!(ends.len(), ranges.len());
            let ours: Vec<_> = (0..ranges.len()).map(|n| ends.range(n)).collect();
            prop_assert_eq!(ours, ranges);
            prop_assert!(ends.range(ends.len()).is_empty());
        }
    }
}
