//! Points in time as devices write them down.

use super::day::{digits, read_day};
use jiff::{SignedDuration, Timestamp, civil, tz::Offset};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A point in time together with the UTC offset of the clock that told it.
///
/// Written as RFC 3339 (`2024-05-03T09:12:44+08:00`). Two moments are equal only
/// if both the instant and the offset are; they sort by the instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The instant.
    pub utc: Timestamp,
    /// Offset of local time from UTC where it was told.
    pub offset: Offset,
}

impl Moment {
    /// The instant `utc` as told by a clock at `offset` from UTC.
    pub fn new(utc: Timestamp, offset: Offset) -> Self {
        Moment { utc, offset }
    }

    /// A moment from milliseconds since 1970 and an offset in minutes east of UTC,
    /// which is what a browser can tell; `None` outside the years that exist.
    pub fn from_millis(unix_ms: i64, east_minutes: i32) -> Option<Self> {
        Some(Moment {
            utc: Timestamp::from_millisecond(unix_ms).ok()?,
            offset: Offset::from_seconds(east_minutes.checked_mul(60)?).ok()?,
        })
    }

    /// The date on the wall where it was told.
    pub fn local_date(&self) -> civil::Date {
        self.offset.to_datetime(self.utc).date()
    }

    /// This moment moved by `ms` milliseconds; stays as it is where that would
    /// leave the years that exist.
    pub fn shifted(&self, ms: i64) -> Self {
        let utc = self
            .utc
            .checked_add(SignedDuration::from_millis(ms))
            .unwrap_or(self.utc);
        Moment { utc, ..*self }
    }
}

/// A text that is no point in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a time in RFC 3339")]
pub struct NotAMoment(pub String);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.utc.display_with_offset(self.offset).fmt(f)
    }
}

impl std::str::FromStr for Moment {
    type Err = NotAMoment;
    fn from_str(s: &str) -> Result<Self, NotAMoment> {
        // The library's own reader takes ISO 8601 and more, and links all of its error
        // texts: a fiftieth of the app.
        read(s).ok_or_else(|| NotAMoment(s.into()))
    }
}

/// Reads RFC 3339 §5.6.
fn read(text: &str) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let (clock, rest) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
    let (hour, minute, second) = clock_time(clock)?;
    let (nanosecond, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            let (fraction, zone) = rest.split_at(end);
            (nanoseconds(fraction)?, zone)
        }
        None => (0, rest),
    };
    // A leap second is the end of the second before it (§5.7 allows it, clocks do not).
    let time = civil::Time::new(hour, minute, second.min(59), nanosecond).ok()?;
    let local = read_day(day)?.to_datetime(time);
    let offset = offset(zone)?;
    let utc = offset.to_timestamp(local).ok()?;
    Some(Moment { utc, offset })
}

/// Hours, minutes and seconds of `09:12:44`.
fn clock_time(text: &str) -> Option<(i8, i8, i8)> {
    let mut parts = text.split(':');
    let mut next = |most| {
        let number = digits(parts.next()?, 2)?;
        (number <= most).then_some(number as i8)
    };
    let time = (next(23)?, next(59)?, next(60)?);
    parts.next().is_none().then_some(time)
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    let count = fraction.len();
    if !(1..=9).contains(&count) {
        return None;
    }
    let number = digits(fraction, count)? as i32;
    Some(number * 10_i32.pow(9 - count as u32))
}

/// `Z` or `+08:00`.
fn offset(zone: &str) -> Option<Offset> {
    if matches!(zone, "Z" | "z") {
        return Some(Offset::UTC);
    }
    let (sign, clock) = match (zone.strip_prefix('+'), zone.strip_prefix('-')) {
        (Some(clock), _) => (1, clock),
        (_, Some(clock)) => (-1, clock),
        _ => return None,
    };
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let seconds = (hours * 60 + minutes) as i32 * 60;
    let offset = Offset::from_seconds(sign * seconds).ok()?;
    (minutes < 60).then_some(offset)
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl de::Visitor<'_> for V {
            type Value = Moment;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time in RFC 3339 with its offset")
            }
            fn visit_str<E: de::Error>(self, s: &str) -> Result<Moment, E> {
                s.parse().map_err(E::custom)
            }
        }
        d.deserialize_str(V)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::fmt::temporal::Pieces;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_written_moment_is_read_back(seconds in -60_000_000_000..200_000_000_000_i64, nanos in 0..1_000_000_000, east_minutes in -1_439..1_440) {
            let utc = Timestamp::new(seconds, nanos).unwrap();
            let moment = Moment::new(utc, Offset::from_seconds(east_minutes * 60).unwrap());
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        }

        /// Other programs may write forms that ours does not.
        #[test]
        fn it_reads_what_the_library_reads(text in r"(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,10})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])?") {
            let theirs = text.parse::<Timestamp>().ok().zip(Pieces::parse(&text).ok());
            let theirs = theirs.map(|(utc, pieces)| Moment::new(utc, pieces.to_numeric_offset().unwrap_or(Offset::UTC)));
            prop_assert_eq!(text.parse::<Moment>().ok(), theirs);
        }

        #[test]
        fn no_text_is_too_strange(text in ".{0,40}") {
            let _ = text.parse::<Moment>();
        }
    }
}
