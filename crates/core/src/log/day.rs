//! Dates on the wire, `2024-05-03`, for `#[serde(with = …)]`. The library's own reader
//! takes many forms more, and links all of its error texts, a fiftieth of the app.

use jiff::civil::Date;
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
