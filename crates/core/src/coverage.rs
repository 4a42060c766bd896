//! What of the lines is covered: stretches of pipes and streets, each counted once however
//! often somebody went along it. All in whole millimetres, so that every machine that adds up
//! the same reports comes to the same figure, in whatever order they arrived.

use crate::ids::AssetUid;
use crate::log::Stretch;
use crate::order;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// What any of some stretches covers: asset by asset along each, apart from each other; those
/// that touch or overlap are one. A stretch that ends where it begins, or before, covers nothing.
pub fn union(stretches: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut sorted: Vec<Stretch> = stretches.into_iter().filter(covers).collect();
    order::sort(&mut sorted);
    let mut merged: Vec<Stretch> = Vec::with_capacity(sorted.len());
    for stretch in sorted {
        match merged.last_mut() {
            Some(last) if last.asset == stretch.asset && stretch.from_mm <= last.to_mm => {
                last.to_mm = last.to_mm.max(stretch.to_mm);
            }
            _ => merged.push(stretch),
        }
    }
    merged
}

/// A person's correction: what was covered, with one stretch more.
pub fn with(covered: &[Stretch], more: Stretch) -> Vec<Stretch> {
    union(covered.iter().copied().chain([more]))
}

/// A person's correction: what was covered, without one stretch. What is left of a stretch on
/// either side stays.
pub fn without(covered: &[Stretch], less: Stretch) -> Vec<Stretch> {
    let left = covered.iter().flat_map(|&stretch| {
        if stretch.asset != less.asset || !covers(&less) {
            return [
                stretch,
                Stretch {
                    to_mm: 0,
                    ..stretch
                },
            ];
        }
        [
            Stretch {
                to_mm: stretch.to_mm.min(less.from_mm),
                ..stretch
            },
            Stretch {
                from_mm: stretch.from_mm.max(less.to_mm),
                ..stretch
            },
        ]
    });
    union(left)
}

/// The length of all that some stretches cover, in millimetres: what several cover counts once.
pub fn length_mm(stretches: impl IntoIterator<Item = Stretch>) -> u128 {
    let lengths = union(stretches).into_iter();
    lengths.map(|s| u128::from(s.to_mm - s.from_mm)).sum()
}

/// The same asset by asset; none for an asset of which nothing is covered.
pub fn by_asset(stretches: impl IntoIterator<Item = Stretch>) -> BTreeMap<AssetUid, u128> {
    let mut lengths = BTreeMap::new();
    for s in union(stretches) {
        *lengths.entry(s.asset).or_default() += u128::from(s.to_mm - s.from_mm);
    }
    lengths
}

/// How much lies along what is covered of assets of which the `whole` is known, its length in
/// millimetres and its amount: a street's swept area, say. By length, asset by asset, rounded half
/// up to so many decimals.
pub fn shares(
    stretches: impl IntoIterator<Item = Stretch>,
    whole: impl Fn(AssetUid) -> Option<(u64, Decimal)>,
    decimals: u32,
) -> BTreeMap<AssetUid, Decimal> {
    let covered = by_asset(stretches).into_iter();
    let share = |(asset, mm): (AssetUid, u128)| {
        let (length, amount) = whole(asset)?;
        let mm = Decimal::from(u64::try_from(mm).ok()?.min(length));
        let part = amount.checked_mul(mm)?.checked_div(length.into())?;
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        Some((asset, part.round_dp_with_strategy(decimals, half_up)))
    };
    covered.filter_map(share).collect()
}

/// Whether there is anything of it.
fn covers(stretch: &Stretch) -> bool {
    stretch.from_mm < stretch.to_mm
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Three lines of 40 mm.
    fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
        let stretch = (0u128..3, 0u64..40, 0u64..40).prop_map(stretch);
        prop::collection::vec(stretch, 0..14)
    }

    fn stretch((asset, from_mm, to_mm): (u128, u64, u64)) -> Stretch {
        let asset = AssetUid(uuid::Uuid::from_u128(asset));
        Stretch::from((asset, from_mm, to_mm))
    }

    /// Against a row of millimetres, each marked by hand.
    fn marked(stretches: &[Stretch]) -> BTreeSet<(AssetUid, u64)> {
        let marks = stretches.iter();
        marks
            .flat_map(|s| (s.from_mm..s.to_mm).map(|mm| (s.asset, mm)))
            .collect()
    }

    proptest! {
        #[test]
        fn it_is_what_marking_each_millimetre_says(all in stretches()) {
            let union = union(all.iter().copied());
            let marks = marked(&all);
            prop_assert_eq!(marked(&union), marks.clone());
            prop_assert_eq!(length_mm(all.iter().copied()), marks.len() as u128);
            let by_asset = by_asset(all);
            for (asset, length) in &by_asset {
                let plain = marks.iter().filter(|(a, _)| a == asset).count();
                prop_assert_eq!(*length, plain as u128);
            }
            prop_assert_eq!(by_asset.values().sum::<u128>(), marks.len() as u128);
            // Apart from each other, with at least a millimetre between.
            for w in union.windows(2) {
                prop_assert!((w[0].asset, w[0].to_mm) < (w[1].asset, w[1].from_mm));
            }
        }

        #[test]
        fn neither_order_nor_repetition_matters(
            (sorted, shuffled) in stretches().prop_flat_map(|s| (Just(s.clone()), Just(s).prop_shuffle())),
            cut in 0usize..14,
        ) {
            let whole = union(sorted.iter().copied());
            prop_assert_eq!(&union(shuffled.iter().copied()), &whole);
            prop_assert_eq!(&union(whole.clone()), &whole);
            let (a, b) = shuffled.split_at(cut.min(shuffled.len()));
            let (a, b) = (union(a.iter().copied()), union(b.iter().copied()));
            prop_assert_eq!(&union(a.iter().chain(&b).copied()), &whole);
            prop_assert_eq!(&union(b.into_iter().chain(a)), &whole);
        }

        #[test]
        fn a_correction_changes_what_it_names_and_nothing_else(
            all in stretches(), named in (0u128..3, 0u64..40, 0u64..40),
        ) {
            let named = stretch(named);
            let (before, marks) = (marked(&all), marked(&[named]));
            prop_assert_eq!(marked(&with(&all, named)), &before | &marks);
            prop_assert_eq!(marked(&without(&all, named)), &before - &marks);
        }
    }

    #[test]
    fn a_share_is_by_length_and_never_more_than_all() {
        let whole = |asset: AssetUid| match asset.0.as_u128() {
            0 => Some((1000, Decimal::new(12345, 1))),
            1 => Some((0, Decimal::ONE)),
            2 => Some((500, Decimal::TEN)),
            _ => None,
        };
        let covered = [
            (0, 0, 100),
            (0, 900, 1000),
            (1, 0, 5),
            (2, 0, 900),
            (3, 0, 9),
        ];
        let shares: Vec<_> = shares(covered.map(stretch), whole, 2)
            .into_iter()
            .map(|(asset, part)| (asset.0.as_u128(), part.to_string()))
            .collect();
        let wanted = [(0, "246.9"), (2, "10")].map(|(n, part)| (n, part.to_owned()));
        assert_eq!(shares, wanted);
    }

    #[test]
    fn the_longest_stretch_there_may_be_is_measured() {
        let all = [(0, 0, u64::MAX), (0, 5, 5), (0, 9, 2), (1, 0, u64::MAX)].map(stretch);
        assert_eq!(length_mm(all), 2 * u128::from(u64::MAX));
    }
}
