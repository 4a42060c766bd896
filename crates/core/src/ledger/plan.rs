//! The yearly plan, what of it was reached, and the mean of a month.

use super::{Period, Ratio};
use crate::catalog::WorkKind;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What was planned for the year of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The calendar year.
    pub year: u16,
    /// What is planned for all of it, in the kind's unit.
    pub quantity: Decimal,
    /// The quantity of the line over the planned one, in lowest terms. None where nothing
    /// was planned or nothing can be said of the quantity.
    pub reached: Option<Ratio>,
}

impl Plan {
    /// The plan of a kind for the year that the period lies in, with what of it was done;
    /// none for a period of several years.
    pub(super) fn of(kind: &WorkKind, period: Period, done: Option<Decimal>) -> Option<Plan> {
        let year = u16::try_from(period.from.year()).ok()?;
        let one_year = period.from.year() == period.to.year();
        let quantity = *kind.plan.get(&year).filter(|_| one_year)?;
        let reached = done.and_then(|done| ratio(done, quantity));
        Some(Plan {
            year,
            quantity,
            reached,
        })
    }

    /// What was reached in percent, to one decimal and rounded down: what is not quite all
    /// is not said to be all. [`Plan::reached`] is the exact ratio.
    pub fn percent(&self) -> Option<Decimal> {
        let Ratio { part, whole } = self.reached?;
        let permille = (i128::from(part) * 1000).checked_div(whole.into())?;
        Decimal::try_from_i128_with_scale(permille, 1).ok()
    }
}

/// Two decimals as a ratio of whole numbers in lowest terms; none where it is none of
/// numbers from zero on, or has more than 64 bits.
fn ratio(part: Decimal, whole: Decimal) -> Option<Ratio> {
    let scale = part.scale().max(whole.scale());
    let raised = |d: Decimal| {
        let tens = 10_u128.checked_pow(scale - d.scale())?;
        u128::try_from(d.mantissa()).ok()?.checked_mul(tens)
    };
    let (part, whole) = (raised(part)?, raised(whole)?);
    let common = common_divisor(part, whole);
    Some(Ratio {
        part: part.checked_div(common)?.try_into().ok()?,
        whole: whole
            .checked_div(common)
            .filter(|&n| n > 0)?
            .try_into()
            .ok()?,
    })
}

/// The greatest common divisor, after Euclid.
fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// How many calendar months a period is; none where one of them is not whole.
pub(super) fn whole_months(period: Period) -> Option<u32> {
    let Period { from, to } = period;
    let whole = from.day() == 1 && to == to.last_of_month() && from <= to;
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let count = u32::try_from(months(to) - months(from) + 1).ok()?;
    whole.then_some(count)
}

/// The months of a period of whole months that are over by a day, and how many they are; none where
/// none is.
pub(super) fn months_over(period: Period, today: Option<Date>) -> Option<(Period, u32)> {
    whole_months(period)?;
    let to = match today {
        Some(today) if today < period.to && today == today.last_of_month() => today,
        Some(today) if today < period.to => today.first_of_month().yesterday().ok()?,
        _ => period.to,
    };
    let over = Period { to, ..period };
    Some((over, whole_months(over)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(part: &str, whole: &str) -> Option<(u64, u64)> {
        let ratio = ratio(part.parse().unwrap(), whole.parse().unwrap())?;
        Some((ratio.part, ratio.whole))
    }

    #[test]
    fn a_ratio_is_exact_and_in_lowest_terms() {
        assert_eq!(reached("6500", "4000"), Some((13, 8)));
        assert_eq!(reached("1395.84", "1200"), Some((727, 625)));
        assert_eq!(reached("820.50", "800.0"), Some((1641, 1600)));
        assert_eq!(reached("0", "12"), Some((0, 1)));
        assert_eq!(reached("1", "0"), None);
        assert_eq!(reached("0", "0"), None);
        assert_eq!(reached("-1", "2"), None);
        assert_eq!(reached("0.0000000001", "10000000001"), None);
    }

    #[test]
    fn percent_is_rounded_down() {
        let percent = |part, whole| {
            let plan = Plan {
                year: 2024,
                quantity: Decimal::ONE,
                reached: Some(Ratio { part, whole }),
            };
            plan.percent().map(|p| p.to_string())
        };
        assert_eq!(percent(13, 8), Some("162.5".into()));
        assert_eq!(percent(9999, 10_000), Some("99.9".into()));
        assert_eq!(percent(0, 1), Some("0.0".into()));
        assert_eq!(
            percent(u64::MAX, 1),
            Some("1844674407370955161500.0".into())
        );
    }

    #[test]
    fn only_whole_months_are_counted() {
        let months = |from: &str, to: &str| {
            let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
            whole_months(Period { from, to })
        };
        assert_eq!(months("2024-01-01", "2024-10-31"), Some(10));
        assert_eq!(months("2024-02-01", "2024-02-29"), Some(1));
        assert_eq!(months("2023-12-01", "2025-01-31"), Some(14));
        assert_eq!(months("2023-02-01", "2024-02-28"), None);
        assert_eq!(months("2024-01-02", "2024-01-31"), None);
        assert_eq!(months("2024-02-01", "2024-01-31"), None);
        assert_eq!(months("9999-12-01", "9999-12-31"), Some(1));
    }
}
