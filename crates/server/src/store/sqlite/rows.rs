//! From rows to what they mean.

use super::super::{Placed, StoreError};
use mendmap_core::ids::{DeviceId, EventId, Uuid};
use mendmap_core::sync::{Digest, Head, Receipt, Verdict};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

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

/// As SQLite counts. Places and numbers of devices stay below 2^53.
pub(super) fn int(n: u64) -> Result<i64, StoreError> {
    i64::try_from(n).map_err(|_| StoreError::Row("a number beyond 2^63"))
}

pub(super) fn unsigned(row: &SqliteRow, column: &str) -> Result<u64, StoreError> {
    let n: i64 = row.try_get(column)?;
    u64::try_from(n).map_err(|_| StoreError::Row("a negative number"))
}

pub(super) fn digest(row: &SqliteRow, column: &str) -> Result<Digest, StoreError> {
    let bytes: &[u8] = row.try_get(column)?;
    Digest::try_from(bytes).map_err(|_| StoreError::Row("a hash of another length"))
}

fn uuid(row: &SqliteRow, column: &str) -> Result<Option<Uuid>, StoreError> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    let uuid = bytes.map(Uuid::from_slice).transpose();
    uuid.map_err(|_| StoreError::Row("an id of another length"))
}

pub(super) fn head(row: &SqliteRow) -> Result<Head, StoreError> {
    Ok(Head {
        place: unsigned(row, "place")?,
        chain: digest(row, "chain")?,
    })
}

pub(super) fn placed(row: &SqliteRow) -> Result<Placed, StoreError> {
    let Head { place, chain } = head(row)?;
    let raw: &[u8] = row.try_get("raw")?;
    Ok(Placed {
        place,
        chain,
        raw: raw.into(),
    })
}

pub(super) fn receipt(row: &SqliteRow) -> Result<Receipt, StoreError> {
    let seq: Option<i64> = row.try_get("seq")?;
    Ok(Receipt {
        content: digest(row, "content")?,
        event: uuid(row, "event")?.map(EventId),
        device: uuid(row, "device")?.map(DeviceId),
        seq: seq.and_then(|n| u64::try_from(n).ok()),
        verdict: verdict(row)?,
    })
}

fn verdict(row: &SqliteRow) -> Result<Verdict, StoreError> {
    let name: &str = row.try_get("verdict")?;
    Ok(match name {
        "accepted" => {
            let Head { place, chain } = head(row)?;
            Verdict::Accepted { place, chain }
        }
        "waiting" => Verdict::Waiting {
            missing: unsigned(row, "closed")? + 1,
        },
        "held" => Verdict::Held(serde_json::from_str(row.try_get("why")?)?),
        "refused" => Verdict::Refused(serde_json::from_str(row.try_get("why")?)?),
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
