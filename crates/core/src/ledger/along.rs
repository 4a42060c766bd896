//! How much was done along one asset, where reports say along which stretches: each part of a
//! street is swept once, however the machines divided it among themselves.

use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

/// An amount along a stretch of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Along {
    /// Where the stretch begins, in millimetres.
    pub(super) from_mm: u64,
    /// Where it ends; behind its beginning.
    pub(super) to_mm: u64,
    /// How much was done along all of it.
    pub(super) amount: Decimal,
}

impl Along {
    fn length(&self) -> Decimal {
        (self.to_mm - self.from_mm).into()
    }

    /// Compares how much there is to a millimetre.
    fn denser(&self, other: &Along) -> Ordering {
        let own = self.amount.saturating_mul(other.length());
        own.cmp(&other.amount.saturating_mul(self.length()))
    }
}

/// What is taken first where several lie: the densest, and of equals that which sorts first.
struct Best<'a>(&'a Along, usize);

impl Ord for Best<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_place = || Reverse(self.1).cmp(&Reverse(other.1));
        self.0.denser(other.0).then_with(by_place)
    }
}

impl PartialOrd for Best<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Best<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Best<'_> {}

/// What amounts along one asset come to, each millimetre of it once: by the densest of those that
/// lie there. An amount of which every millimetre counts is taken as it was written; of another
/// the part by length, rounded half up to so many decimals.
pub(super) fn once(all: &BTreeSet<Along>, decimals: u32) -> Decimal {
    let cuts: BTreeSet<u64> = all.iter().flat_map(|a| [a.from_mm, a.to_mm]).collect();
    let mut coming = all.iter().enumerate().peekable();
    let mut counted = vec![0_u64; all.len()];
    let mut here: BinaryHeap<Best<'_>> = BinaryHeap::new();
    for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
        while let Some((n, along)) = coming.next_if(|(_, along)| along.from_mm <= *from) {
            here.push(Best(along, n));
        }
        while here.peek().is_some_and(|best| best.0.to_mm <= *from) {
            here.pop();
        }
        if let Some(count) = here.peek().and_then(|best| counted.get_mut(best.1)) {
            *count += to - from;
        }
    }
    let parts = all.iter().zip(counted).map(|(along, mm)| {
        let (mm, length) = (Decimal::from(mm), along.length());
        if mm == length {
            return along.amount;
        }
        let part = along.amount.saturating_mul(mm).checked_div(length);
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        part.unwrap_or_default()
            .round_dp_with_strategy(decimals, half_up)
    });
    parts.fold(Decimal::ZERO, |sum, more| sum.saturating_add(more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn along(from_mm: u64, to_mm: u64, cents: i64) -> Along {
        let amount = Decimal::new(cents, 2);
        Along {
            from_mm,
            to_mm,
            amount,
        }
    }

    fn said(all: &[(u64, u64, i64)]) -> String {
        let all = all.iter().map(|&(from, to, cents)| along(from, to, cents));
        once(&all.collect(), 2).normalize().to_string()
    }

    #[test]
    fn halves_are_a_whole_and_twice_is_once() {
        assert_eq!(said(&[]), "0");
        assert_eq!(said(&[(0, 300, 3333), (300, 1000, 7778)]), "111.11");
        assert_eq!(said(&[(0, 300, 3333), (0, 300, 3333)]), "33.33");
        assert_eq!(said(&[(0, 1000, 10_000), (400, 600, 2000)]), "100");
        assert_eq!(said(&[(0, 1000, 10_000), (500, 1500, 10_000)]), "150");
        assert_eq!(said(&[(0, 1000, 10_000), (500, 1500, 20_000)]), "250");
        assert_eq!(said(&[(0, 300, 100), (200, 1000, 200)]), "2.75");
        assert_eq!(said(&[(0, u64::MAX, 100)]), "1");
    }

    proptest! {
        /// Against each millimetre on its own, with what is exact in hundredths of it.
        #[test]
        fn it_is_what_each_millimetre_says(
            all in prop::collection::vec((0u64..30, 1u64..12, 0i64..9), 0..10),
        ) {
            let all = all.iter().map(|&(from, long, each)| {
                along(from, from + long, each * long as i64)
            });
            let all: Vec<_> = all.collect();
            let plain: i64 = (0..50).map(|mm| {
                let there = all.iter().filter(|a| a.from_mm <= mm && mm < a.to_mm);
                there.map(|a| (a.amount * Decimal::ONE_HUNDRED / a.length()).try_into().unwrap())
                    .max().unwrap_or(0)
            }).sum();
            let told = once(&all.iter().copied().collect(), 2);
            prop_assert_eq!(told, Decimal::new(plain, 2));
        }
    }
}
