//! Hashes: of one event's bytes, and the chain over all that count.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A SHA-256 digest; written as 64 hex digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

/// The name of an event's bytes: `SHA-256(bytes as received)`. What has no readable id
/// has this one too.
pub fn content(raw: &[u8]) -> Digest {
    Digest(Sha256::digest(raw).into())
}

/// How far the order of a city's events has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The place of the last event, from 1; 0 before the first.
    pub place: u64,
    /// The chained hash of all events up to it.
    pub chain: Digest,
}

impl Head {
    /// Before the first event: place 0, `chain₀ = SHA-256("mendmap-chain-1:" ‖ city)`, so
    /// that no two cities' chains meet.
    pub fn start(city: &str) -> Head {
        let chain = Sha256::new_with_prefix("mendmap-chain-1:").chain_update(city);
        Head {
            place: 0,
            chain: Digest(chain.finalize().into()),
        }
    }

    /// After one more event: `chainₙ = SHA-256(chainₙ₋₁ ‖ bytesₙ)`, over the 32 bytes of
    /// the hash before it and the event's bytes as received. The first part has one
    /// length, so two different histories never give the same input.
    #[must_use]
    pub fn followed_by(&self, raw: &[u8]) -> Head {
        let chain = Sha256::new_with_prefix(self.chain.0).chain_update(raw);
        Head {
            place: self.place + 1,
            chain: Digest(chain.finalize().into()),
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Not 64 hex digits in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a hash is 64 hex digits in lower case")]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Digest, NotADigest> {
        let digit = |c: u8| match c {
            b'0'..=b'9' => Ok(c - b'0'),
            b'a'..=b'f' => Ok(c - b'a' + 10),
            _ => Err(NotADigest),
        };
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
            return Err(NotADigest);
        };
        let bytes = pairs
            .iter()
            .map(|[high, low]| Ok(digit(*high)? << 4 | digit(*low)?))
            .collect::<Result<Vec<u8>, _>>()?;
        bytes.try_into().map(Digest).map_err(|_| NotADigest)
    }
}

impl TryFrom<&[u8]> for Digest {
    type Error = NotADigest;

    fn try_from(bytes: &[u8]) -> Result<Digest, NotADigest> {
        bytes.try_into().map(Digest).map_err(|_| NotADigest)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Digest, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(de::Error::custom)
    }
}
