//! From rows to what they mean, and back.

use super::database::{Cells, Value};
use super::{Placed, StoreError};
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::sync::{Digest, Head, Receipt, Verdict};

/// All columns that [`receipt`] reads, from `events e`; the rest of the query follows.
macro_rules! receipts {
    ($rest:literal) => {
        concat!(
            "SELECT e.content, e.event, e.device, e.seq, e.verdict, e.why, e.place, e.chain, ",
            "d.closed FROM events e LEFT JOIN devices d ON d.device = e.device ",
            $rest
        )
    };
}
pub(super) use receipts;

/// As the databases count. Places and numbers of devices stay below 2^53.
pub(super) fn int(n: u64) -> Result<i64, StoreError> {
    i64::try_from(n).map_err(|_| StoreError::Row("a number beyond 2^63"))
}

/// The same, as a value.
pub(super) fn number(n: u64) -> Result<Value<'static>, StoreError> {
    Ok(Value::Int(Some(int(n)?)))
}

/// A hash as a value.
pub(super) fn hash(digest: &Digest) -> Value<'_> {
    Value::Bytes(Some(&digest.0))
}

pub(super) fn unsigned(row: &impl Cells, column: &str) -> Result<u64, StoreError> {
    let n = row.int(column)?.ok_or(StoreError::Row("no number"))?;
    u64::try_from(n).map_err(|_| StoreError::Row("a negative number"))
}

pub(super) fn digest(row: &impl Cells, column: &str) -> Result<Digest, StoreError> {
    let bytes = row.bytes(column)?.ok_or(StoreError::Row("no hash"))?;
    Digest::try_from(bytes).map_err(|_| StoreError::Row("a hash of another length"))
}

pub(super) fn head(row: &impl Cells) -> Result<Head, StoreError> {
    Ok(Head {
        place: unsigned(row, "place")?,
        chain: digest(row, "chain")?,
    })
}

pub(super) fn placed(row: &impl Cells) -> Result<Placed, StoreError> {
    let Head { place, chain } = head(row)?;
    let raw = row.bytes("raw")?.ok_or(StoreError::Row("no bytes"))?;
    Ok(Placed {
        place,
        chain,
        raw: raw.into(),
    })
}

pub(super) fn receipt(row: &impl Cells) -> Result<Receipt, StoreError> {
    let seq = row.int("seq")?;
    Ok(Receipt {
        content: digest(row, "content")?,
        event: row.id("event")?.map(EventId),
        device: row.id("device")?.map(DeviceId),
        seq: seq.and_then(|n| u64::try_from(n).ok()),
        verdict: verdict(row)?,
    })
}

fn verdict(row: &impl Cells) -> Result<Verdict, StoreError> {
    let why = || row.text("why").map(Option::unwrap_or_default);
    Ok(match row.text("verdict")? {
        Some("accepted") => {
            let Head { place, chain } = head(row)?;
            Verdict::Accepted { place, chain }
        }
        Some("waiting") => Verdict::Waiting {
            missing: unsigned(row, "closed")? + 1,
        },
        Some("held") => Verdict::Held(serde_json::from_str(why()?)?),
        Some("refused") => Verdict::Refused(serde_json::from_str(why()?)?),
        _ => return Err(StoreError::Row("a verdict that there is not")),
    })
}

/// How a verdict stands in its row: name, reason, place.
pub(super) fn columns(
    verdict: &Verdict,
) -> Result<(&'static str, Option<String>, Option<Head>), StoreError> {
    Ok(match *verdict {
        Verdict::Accepted { place, chain } => ("accepted", None, Some(Head { place, chain })),
        Verdict::Waiting { .. } => ("waiting", None, None),
        Verdict::Held(ref why) => ("held", Some(serde_json::to_string(why)?), None),
        Verdict::Refused(ref why) => ("refused", Some(serde_json::to_string(why)?), None),
    })
}
