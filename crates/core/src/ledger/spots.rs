//! Where work was done and how much of it there, for kinds that count an asset, or a stretch
//! of one, once in the period.

use super::counting::{Counting, done_at, targets};
use crate::ids::{AssetUid, TaskUid};
use crate::log::WorkLine;
use crate::task::Task;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Where work was done, as far as places can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// An asset.
    Asset(AssetUid),
    /// Where a task was that names no asset: a drawn place is its own.
    Task(TaskUid),
}

/// The spots a line's amount is of: where it says what was covered, that and what it names; else
/// those it was done at.
pub(super) fn spots(task: &Task, line: &WorkLine) -> BTreeSet<Spot> {
    let targets = match line.covered.is_empty() {
        true => targets(task),
        false => Vec::new(),
    };
    let assets = done_at(&targets, line).into_iter().map(Spot::Asset);
    let mut spots: BTreeSet<_> = assets.collect();
    if spots.is_empty() {
        spots.insert(Spot::Task(task.uid));
    }
    spots
}

/// How much a line's work is, with what it was of.
pub(super) type Amount<'t> = (&'t WorkLine, Decimal);

/// How much was done at each spot by the amounts of one report.
///
/// An amount over several spots is shared out evenly, in steps of so many decimals, and what
/// is left over goes to the first ones: who reports a round reports one figure. The shares
/// add up to the amount, and are the same whenever the same round is reported.
pub(super) fn at_each<'t>(
    counting: &Counting<'_>,
    task: &Task,
    amounts: &[Amount<'t>],
    decimals: u32,
) -> BTreeMap<Spot, Decimal> {
    let mut found: BTreeMap<Spot, Vec<_>> = BTreeMap::new();
    for (line, amount) in amounts {
        let spots = spots(task, line);
        for (spot, share) in spots.iter().zip(shares(*amount, decimals, spots.len())) {
            found.entry(*spot).or_default().push((&line.work, share));
        }
    }
    let summed = found.into_iter();
    summed
        .map(|(spot, shares)| (spot, counting.sum(&shares)))
        .collect()
}

/// An amount in so many even shares; nothing of one below zero.
fn shares(amount: Decimal, decimals: u32, count: usize) -> impl Iterator<Item = Decimal> {
    let mut fine = amount.max(Decimal::ZERO).normalize();
    fine.rescale(fine.scale().max(decimals));
    let (parts, scale) = (fine.mantissa(), fine.scale());
    let count = count as i128;
    let each = move |n| parts / count + i128::from(n < parts % count);
    (0..count).map(move |n| Decimal::from_i128_with_scale(each(n), scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_come_out_even_goes_to_the_first() {
        let shared = |amount: &str, decimals, count| -> Vec<String> {
            let shares = shares(amount.parse().unwrap(), decimals, count);
            shares.map(|s| s.to_string()).collect()
        };
        assert_eq!(shared("100", 2, 3), ["33.34", "33.33", "33.33"]);
        assert_eq!(shared("100.001", 2, 2), ["50.001", "50.000"]);
        assert_eq!(shared("2", 0, 3), ["1", "1", "0"]);
        assert_eq!(shared("-2", 0, 2), ["0", "0"]);
        assert_eq!(shared("7.50", 0, 1), ["7.5"]);
    }

    proptest! {
        #[test]
        fn shares_add_up(cents in 0i64..1_000_000_000, scale in 0u32..6, count in 1usize..50) {
            let amount = Decimal::new(cents, scale);
            prop_assert_eq!(shares(amount, 2, count).sum::<Decimal>(), amount);
        }
    }
}
