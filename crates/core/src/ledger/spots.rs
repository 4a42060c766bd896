//! Where work was done and how much of it there, for kinds that count an asset, or a stretch
//! of one, once in the period.

use super::counting::{Counting, done_at};
use crate::catalog::Unit;
use crate::coverage;
use crate::ids::{AssetUid, TaskUid};
use crate::log::WorkLine;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// Where work was done, as far as places can be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    /// An asset.
    Asset(AssetUid),
    /// Where a task was that names no asset: a drawn place is its own.
    Task(TaskUid),
}

impl Spot {
    /// The asset, where it is one.
    pub(super) fn asset(&self) -> Option<AssetUid> {
        match self {
            Spot::Asset(asset) => Some(*asset),
            Spot::Task(_) => None,
        }
    }
}

/// Which task a report is of, and the assets of a line of it that names none (see
/// [`super::counting::targets`]).
#[derive(Clone, Copy)]
pub(super) struct OfTask<'t> {
    pub(super) task: TaskUid,
    pub(super) targets: &'t [AssetUid],
}

/// The spots a line's amount is of: where it says what was covered, that and what it names; else
/// those it was done at.
pub(super) fn spots(of: OfTask<'_>, line: &WorkLine) -> BTreeSet<Spot> {
    let targets = match line.covered.is_empty() {
        true => of.targets,
        false => &[],
    };
    let assets = done_at(targets, line).into_iter().map(Spot::Asset);
    let mut spots: BTreeSet<_> = assets.collect();
    if spots.is_empty() {
        spots.insert(Spot::Task(of.task));
    }
    spots
}

/// A line's quantity, a length in a unit, in whole millimetres, rounded half up.
pub(super) fn millimetres(unit: Option<&Unit>, line: &WorkLine) -> Decimal {
    let size = unit.map_or(Decimal::ONE, |unit| unit.size);
    let mm = size.saturating_mul(line.quantity.0.saturating_mul(Decimal::ONE_THOUSAND));
    mm.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

/// Millimetres as a whole number of them; nothing of what is below zero.
pub(super) fn whole(mm: Decimal) -> u64 {
    match mm.is_sign_negative() {
        true => 0,
        false => u64::try_from(mm).unwrap_or(u64::MAX),
    }
}

/// How much a line's work is, with what it was of.
pub(super) type Amount<'t> = (&'t WorkLine, Decimal);

/// How much was done at each spot by the amounts of one report.
///
/// An amount over several spots is shared out evenly, or by the lengths that were covered of
/// them, in steps of so many decimals: who reports a round reports one figure. The shares add up
/// to the amount, and are the same whenever the same round is reported.
pub(super) fn at_each<'t>(
    counting: &Counting<'_>,
    of: OfTask<'_>,
    amounts: &[Amount<'t>],
    decimals: u32,
) -> BTreeMap<Spot, Decimal> {
    let mut found: BTreeMap<Spot, Vec<_>> = BTreeMap::new();
    for (line, amount) in amounts {
        let spots = spots(of, line);
        let weights = weights(&spots, line);
        for (spot, share) in spots.iter().zip(shares(*amount, decimals, &weights)) {
            found.entry(*spot).or_default().push((&line.work, share));
        }
    }
    let summed = found.into_iter();
    summed
        .map(|(spot, shares)| (spot, counting.sum(&shares)))
        .collect()
}

/// What each of some spots weighs: the length that a line covered of it, or as much as any other
/// where it does not cover all of them.
fn weights(spots: &BTreeSet<Spot>, line: &WorkLine) -> Vec<u128> {
    let lengths = coverage::by_asset(line.covered.iter().copied());
    let length = |spot: &Spot| match spot {
        Spot::Asset(asset) => lengths.get(asset).copied(),
        Spot::Task(_) => None,
    };
    let by_length: Option<Vec<_>> = spots.iter().map(length).collect();
    by_length.unwrap_or_else(|| vec![1; spots.len()])
}

/// An amount in shares by weight; nothing of one below zero. What does not come out even goes
/// to the first that have a claim to it.
pub(super) fn shares(amount: Decimal, decimals: u32, weights: &[u128]) -> Vec<Decimal> {
    let mut fine = amount.max(Decimal::ZERO).normalize();
    fine.rescale(fine.scale().max(decimals));
    let (parts, scale) = (fine.mantissa().unsigned_abs(), fine.scale());
    let whole: u128 = weights.iter().sum();
    // Lengths of millimetres that do not fit beside the amount are not of this earth.
    let up_to = |before: u128| {
        let product = parts.saturating_mul(before);
        product.div_ceil(whole.max(1))
    };
    let mut before = 0;
    let shares = weights.iter().map(|weight| {
        let from = up_to(before);
        before += weight;
        let share = up_to(before) - from;
        Decimal::try_from_i128_with_scale(i128::try_from(share).unwrap_or(0), scale)
            .unwrap_or_default()
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_come_out_even_goes_to_the_first() {
        let shared = |amount: &str, decimals, count| -> Vec<String> {
            let shares = shares(amount.parse().unwrap(), decimals, &vec![1; count]);
            shares.iter().map(ToString::to_string).collect()
        };
        assert_eq!(shared("100", 2, 3), ["33.34", "33.33", "33.33"]);
        assert_eq!(shared("100.001", 2, 2), ["50.001", "50.000"]);
        assert_eq!(shared("2", 0, 3), ["1", "1", "0"]);
        assert_eq!(shared("-2", 0, 2), ["0", "0"]);
        assert_eq!(shared("7.50", 0, 1), ["7.5"]);
        let by_length = shares(Decimal::from(10), 1, &[1000, 3000, 0]);
        assert_eq!(
            by_length
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["2.5", "7.5", "0.0"]
        );
    }

    proptest! {
        #[test]
        fn shares_add_up(
            cents in 0i64..1_000_000_000,
            scale in 0u32..6,
            weights in prop::collection::vec(0u128..9_000_000, 1..50),
        ) {
            prop_assume!(weights.iter().any(|w| *w > 0));
            let amount = Decimal::new(cents, scale);
            prop_assert_eq!(shares(amount, 2, &weights).iter().sum::<Decimal>(), amount);
        }
    }
}
