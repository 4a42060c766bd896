//! The days of the year of work, and the hours at which people work.

use crate::demo::rng::Rng;
use crate::log::Moment;
use jiff::civil::{Date, date};

/// The first day of the year of work.
pub const FIRST: Date = date(2024, 1, 1);
/// Its last day.
pub const LAST: Date = date(2024, 10, 31);

/// A day, counted from the first one.
pub(super) type Day = i64;

/// Midnight of the first day in the demonstration city, whose clocks are eight hours before UTC,
/// in milliseconds since 1970.
const MIDNIGHT_MS: i64 = 1_704_038_400_000;
const EAST_MINUTES: i32 = 480;
pub(super) const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 1440 * MINUTE_MS;

/// The last day, counted.
pub(super) const LAST_DAY: Day = 304;
/// Behind this nothing is written.
pub(super) const END_MS: i64 = (LAST_DAY + 1) * DAY_MS - 5 * MINUTE_MS;

/// The first day of each month, and of the one after the last.
const MONTHS: [Day; 11] = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305];
/// Days of rest for most: New Year, Spring Festival, Labour Day, National Day.
const REST: [std::ops::RangeInclusive<Day>; 4] = [0..=0, 40..=47, 121..=123, 274..=277];

/// On which days something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Week {
    /// On all days.
    Daily,
    /// Not on Sundays and days of rest.
    Weekdays,
}

/// The days of a month, from 0, on which something is done.
pub(super) fn days(month: usize, week: Week) -> Vec<Day> {
    (MONTHS[month]..MONTHS[month + 1])
        .filter(|day| week == Week::Daily || is_workday(*day))
        .collect()
}

/// Whether most people work. The first day is a Monday.
pub(super) fn is_workday(day: Day) -> bool {
    day.rem_euclid(7) != 6 && !REST.iter().any(|rest| rest.contains(&day))
}

/// The date of a day.
pub(super) fn date_of(day: Day) -> Date {
    FIRST
        .checked_add(jiff::Span::new().days(day))
        .unwrap_or(FIRST)
}

/// When people are at it, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hours {
    /// Before the streets are full.
    Early,
    /// By daylight.
    Day,
    /// When lamps burn.
    Evening,
}

impl Hours {
    /// A minute at which a piece of work may begin, in milliseconds after midnight of the first
    /// day.
    pub(super) fn begin(self, day: Day, rng: &mut Rng) -> i64 {
        let (from, long) = match self {
            Hours::Early => (260, 130),
            Hours::Day if rng.chance(0.55) => (485, 150),
            Hours::Day => (795, 150),
            Hours::Evening => (1080, 130),
        };
        at(day, from + rng.below(long) as i64, rng)
    }
}

/// A moment of a day at a desk.
pub(super) fn desk(day: Day, rng: &mut Rng) -> i64 {
    let minute = match rng.chance(0.5) {
        true => 510 + rng.below(180),
        false => 810 + rng.below(220),
    };
    at(day, minute as i64, rng)
}

/// Some milliseconds into a minute of a day.
fn at(day: Day, minute: i64, rng: &mut Rng) -> i64 {
    day * DAY_MS + minute * MINUTE_MS + rng.below(60_000) as i64
}

/// The day of a moment.
pub(super) fn day_of(ms: i64) -> Day {
    ms.div_euclid(DAY_MS)
}

/// The first day of work at or behind a day.
pub(super) fn workday_from(day: Day) -> Day {
    (day..day + 12).find(|d| is_workday(*d)).unwrap_or(day)
}

/// A time as it is written down.
pub(super) fn moment(ms: i64) -> Option<Moment> {
    Moment::from_millis(MIDNIGHT_MS + ms, EAST_MINUTES)
}

/// The same in milliseconds since 1970, as ids have it.
pub(super) fn unix_ms(ms: i64) -> u64 {
    u64::try_from(MIDNIGHT_MS + ms).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        assert_eq!(date_of(LAST_DAY), LAST);
        assert_eq!(moment(0).unwrap().local_date(), FIRST);
        assert_eq!(moment(END_MS).unwrap().local_date(), LAST);
        assert_eq!(moment(-1).unwrap().local_date(), date(2023, 12, 31));
        for (month, first) in MONTHS.into_iter().enumerate().take(10) {
            let first = date_of(first);
            assert_eq!((first.month(), first.day()), (month as i8 + 1, 1));
            let workdays = days(month, Week::Weekdays);
            assert!(workdays.len() >= 18, "{month}");
            assert!(
                workdays
                    .iter()
                    .all(|d| date_of(*d).weekday() != jiff::civil::Weekday::Sunday)
            );
        }
    }
}
