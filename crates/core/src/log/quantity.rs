//! Amounts of work, as typed.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use thiserror::Error;

/// An amount of work in some unit: a decimal number, kept with the decimals that
/// were typed (`820.50` stays `820.50`, and equals `820.5`).
///
/// On the wire it is a string of digits, never a JSON number, so that no reader
/// is tempted to pass it through a binary float. At most 12 digits before the point
/// and 6 after: then any sum of them is exact, and the order of adding up, which
/// differs between devices, cannot show.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(pub Decimal);

const MAX_WHOLE: usize = 12;
const MAX_PART: usize = 6;

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// Not of the form `12` or `12.5`.
    #[error("\"{0}\" is not a decimal number")]
    NotANumber(String),
    /// More digits than sums could keep exactly.
    #[error("\"{0}\" has more digits than sums can keep exactly")]
    TooLong(String),
}

impl std::str::FromStr for Quantity {
    type Err = QuantityError;
    fn from_str(s: &str) -> Result<Self, QuantityError> {
        let digits = s.strip_prefix('-').unwrap_or(s);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(part) {
            return Err(QuantityError::NotANumber(s.into()));
        }
        if whole.len() > MAX_WHOLE || part.len() > MAX_PART {
            return Err(QuantityError::TooLong(s.into()));
        }
        Decimal::from_str_exact(s)
            .map(Quantity)
            .map_err(|_| QuantityError::TooLong(s.into()))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Quantity({})", self.0)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl de::Visitor<'_> for V {
            type Value = Quantity;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number in a string")
            }
            fn visit_str<E: de::Error>(self, s: &str) -> Result<Quantity, E> {
                s.parse().map_err(E::custom)
            }
        }
        d.deserialize_str(V)
    }
}
