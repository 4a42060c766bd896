//! Points in time as devices write them down.

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
        // The library's own reasons would be a twentieth of the app.
        let no = |_| NotAMoment(s.into());
        let utc: Timestamp = s.parse().map_err(no)?;
        let offset = jiff::fmt::temporal::Pieces::parse(s)
            .map_err(no)?
            .to_numeric_offset()
            .unwrap_or(Offset::UTC);
        Ok(Moment { utc, offset })
    }
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
