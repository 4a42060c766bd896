//! Dates on the wire, `2024-05-03`, for `#[serde(with = …)]`. The library's own form is
//! the same but links all of its error texts.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};
use std::borrow::Cow;

/// Writes a date.
pub(crate) fn serialize<S: Serializer>(day: &Date, s: S) -> Result<S::Ok, S::Error> {
    s.collect_str(day)
}

/// Reads a date.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
    let text = Cow::<str>::deserialize(d)?;
    text.parse()
        .map_err(|_| de::Error::custom(format_args!("\"{text}\" is not a date")))
}
