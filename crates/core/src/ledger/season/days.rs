//! The days of a period, by number.

use crate::ledger::Period;
use crate::log::day::days_between;
use jiff::Span;
use jiff::civil::{Date, date};

/// The first and the last day that have a number: behind them the calendar of timestamps ends.
const NUMBERED: (Date, Date) = (date(-9999, 1, 3), date(9999, 12, 30));

/// The days of a period, counted from its first one, which is 0. A period that ends before it
/// begins has one day, on which nothing is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    period: Period,
    first: Date,
    len: u32,
}

impl Days {
    pub(super) fn of(period: Period) -> Days {
        let first = period.from.clamp(NUMBERED.0, NUMBERED.1);
        let last = period.to.clamp(NUMBERED.0, NUMBERED.1);
        let between = days_between(first, last).unwrap_or_default().max(0);
        Days {
            period,
            first,
            len: u32::try_from(between + 1).unwrap_or(1),
        }
    }

    pub(super) fn period(&self) -> Period {
        self.period
    }

    /// How many there are; never none.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// A day's number, below zero before the period.
    pub(super) fn number(&self, day: Date) -> i32 {
        let far = match day < self.first {
            true => i32::MIN,
            false => i32::MAX,
        };
        let number = days_between(self.first, day);
        number.and_then(|n| n.try_into().ok()).unwrap_or(far)
    }

    /// Whether a day of this number is of the period.
    pub(super) fn is_in(&self, number: i32) -> bool {
        let is_a_period = self.period.from <= self.period.to;
        is_a_period && u32::try_from(number).is_ok_and(|number| number < self.len)
    }

    /// The number of the period's day nearest to a day.
    pub(super) fn nearest(&self, day: Date) -> u32 {
        let last = self.len - 1;
        u32::try_from(self.number(day)).map_or(0, |n| n.min(last))
    }

    /// The day of a number; none where the calendar ends before.
    pub(super) fn date(&self, number: i32) -> Option<Date> {
        let span = Span::new().try_days(number).ok()?;
        self.first.checked_add(span).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: Date, to: Date) -> Days {
        Days::of(Period { from, to })
    }

    #[test]
    fn days_are_numbered_from_the_first() {
        let may = days(date(2024, 5, 1), date(2024, 5, 31));
        assert_eq!(may.len(), 31);
        for number in [-400, -1, 0, 30, 31, 300] {
            assert_eq!(may.number(may.date(number).unwrap()), number);
        }
        assert_eq!(may.nearest(date(2024, 4, 30)), 0);
        assert_eq!(may.nearest(date(2024, 5, 7)), 6);
        assert_eq!(may.nearest(date(2025, 1, 1)), 30);
        assert_eq!(may.date(i32::MAX), None);
    }

    #[test]
    fn no_period_is_too_strange() {
        assert_eq!(days(date(2024, 5, 2), date(2024, 5, 1)).len(), 1);
        let all = days(Date::MIN, Date::MAX);
        assert_eq!(
            (all.number(Date::MIN), all.nearest(Date::MIN)),
            (i32::MIN, 0)
        );
        assert_eq!(all.nearest(Date::MAX), all.len() - 1);
    }
}
