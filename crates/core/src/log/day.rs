//! Days: how many lie between two, and dates on the wire, `2024-05-03`, for `#[serde(with = …)]`. The library's own reader
//! takes many forms more, and links all of its error texts, a fiftieth of the app.

use jiff::civil::Date;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serializer, de};
use std::borrow::Cow;

/// Reads a date of the form `2024-05-03`.
pub fn read_day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let year = digits(year, 4)?;
    Date::new(
        year.try_into().ok()?,
        digits(month, 2)? as i8,
        digits(day, 2)? as i8,
    )
    .ok()
}

/// The number that so many digits make.
pub(super) fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Writes a date.
pub(crate) fn serialize<S: Serializer>(day: &Date, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(day)
}

/// Reads a date.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
    let text = Cow::<str>::deserialize(d)?;
    read_day(&text).ok_or_else(|| de::Error::custom(format_args!("\"{text}\" is not a date")))
}

/// The same for a date that may be none.
pub(crate) mod maybe {
    use super::*;
    use serde::Serialize;

    #[derive(Serialize, Deserialize)]
    struct Day(#[serde(with = "super")] Date);

    pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, s: S) -> Result<S::Ok, S::Error> {
        day.map(Day).serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
        Ok(Option::<Day>::deserialize(d)?.map(|day| day.0))
    }
}

/// Days from one to another; none where the calendar of timestamps ends before.
///
/// jiff's own `until` would panic where nothing else can happen, and the words it has for that are
/// 30 kB of the app.
pub(crate) fn days_between(from: Date, to: Date) -> Option<i64> {
    let number = |day: Date| {
        let midnight = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
        Some(midnight.as_second().div_euclid(86_400))
    };
    Some(number(to)? - number(from)?)
}
