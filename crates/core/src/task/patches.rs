//! Areas from length × width: a running list of patches, and their sum.

use crate::catalog::{Measure, Unit};
use crate::log::Patch;
use rust_decimal::Decimal;

/// The longest side of a patch, in metres: whatever is longer was typed without its point.
const MAX_SIDE_M: u32 = 1_000;

/// The area of some patches in a unit of area, rounded to its decimals once, after the sum.
/// None where there are none, where one has no area, or where the unit is of something else.
pub fn area_of(patches: &[Patch], unit: &Unit) -> Option<Decimal> {
    if patches.is_empty() || unit.measures != Measure::Area || !patches.iter().all(is_a_patch) {
        return None;
    }
    let square_metres = patches.iter().try_fold(Decimal::ZERO, |sum, patch| {
        sum.checked_add(patch.length.0.checked_mul(patch.width.0)?)
    })?;
    let area = unit.from_base(square_metres)?;
    (area > Decimal::ZERO).then(|| area.normalize())
}

/// Whether it has a length and a width, of a size that patches have.
pub fn is_a_patch(patch: &Patch) -> bool {
    let sides = [patch.length.0, patch.width.0];
    let most = Decimal::from(MAX_SIDE_M);
    sides
        .iter()
        .all(|side| *side > Decimal::ZERO && *side <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Label, UnitId};
    use proptest::prelude::*;

    fn unit(measures: Measure, decimals: u32) -> Unit {
        let word = || "m²".to_owned();
        Unit {
            id: UnitId("m2".into()),
            label: Label {
                zh: word(),
                en: word(),
            },
            decimals,
            measures,
            size: Decimal::ONE,
        }
    }

    fn patches(sides: &[(&str, &str)]) -> Vec<Patch> {
        let patch = |(l, w): &(&str, &str)| (l.parse().unwrap(), w.parse().unwrap()).into();
        sides.iter().map(patch).collect()
    }

    fn check(sides: &[(&str, &str)], expect: Option<&str>) {
        let area = area_of(&patches(sides), &unit(Measure::Area, 2));
        assert_eq!(area.map(|a| a.to_string()).as_deref(), expect, "{sides:?}");
    }

    #[test]
    fn patches_add_up_and_are_rounded_once() {
        check(&[("2.5", "1.2")], Some("3"));
        check(&[("2.5", "1.2"), ("0.8", "0.8"), ("1", "3")], Some("6.64"));
        // 0.005 each: rounded one by one they would be 0.03.
        check(
            &[("0.05", "0.1"), ("0.05", "0.1"), ("0.05", "0.1")],
            Some("0.02"),
        );
        check(&[("0.1", "0.01")], None);
        check(&[], None);
    }

    #[test]
    fn what_has_no_side_is_no_patch() {
        for bad in [
            ("0", "1"),
            ("1", "0"),
            ("-1", "2"),
            ("1", "-2"),
            ("1000.1", "1"),
        ] {
            check(&[("1", "1"), bad], None);
        }
        assert_eq!(
            area_of(&patches(&[("2", "3")]), &unit(Measure::Length, 2)),
            None
        );
    }

    proptest! {
        #[test]
        fn the_order_of_patches_does_not_show(mut sides in prop::collection::vec((1..100_000_u32, 1..100_000_u32), 1..8)) {
            let of = |sides: &[(u32, u32)]| {
                let side = |cm: u32| crate::log::Quantity(Decimal::new(i64::from(cm), 2));
                let patches: Vec<Patch> = sides.iter().map(|(l, w)| (side(*l), side(*w)).into()).collect();
                area_of(&patches, &unit(Measure::Area, 2))
            };
            let there = of(&sides);
            sides.reverse();
            prop_assert_eq!(there, of(&sides));
        }
    }
}
