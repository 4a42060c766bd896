//! The statements behind an append.

use super::super::StoreError;
use super::super::books::{Books, Lane, Waiting};
use super::{Tables, rows};
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::log::Event;
use mendmap_core::sync::{Digest, Head, Parked, Receipt};
use sqlx::Row;

impl Books for Tables<'_> {
    async fn head(&mut self) -> Result<Head, StoreError> {
        let row = sqlx::query("SELECT place, chain FROM head");
        rows::head(&row.fetch_one(&mut *self.0).await?)
    }

    async fn set_head(&mut self, head: &Head) -> Result<(), StoreError> {
        sqlx::query("UPDATE head SET place = ?, chain = ?")
            .bind(rows::int(head.place)?)
            .bind(&head.chain.0[..])
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn receipt(&mut self, content: &Digest) -> Result<Option<Receipt>, StoreError> {
        let row = sqlx::query(rows::receipts!("WHERE e.content = ?"))
            .bind(&content.0[..])
            .fetch_optional(&mut *self.0)
            .await?;
        row.as_ref().map(rows::receipt).transpose()
    }

    async fn counting(&mut self, event: EventId) -> Result<Option<Digest>, StoreError> {
        let row = sqlx::query(
            "SELECT content FROM events WHERE event = ? AND verdict IN ('accepted', 'waiting')",
        )
        .bind(&event.0.as_bytes()[..])
        .fetch_optional(&mut *self.0)
        .await?;
        row.map(|row| rows::digest(&row, "content")).transpose()
    }

    async fn lane(&mut self, device: DeviceId) -> Result<Lane, StoreError> {
        let row = sqlx::query("SELECT closed, last FROM devices WHERE device = ?")
            .bind(&device.0.as_bytes()[..])
            .fetch_optional(&mut *self.0)
            .await?;
        let Some(row) = row else {
            return Ok(Lane::default());
        };
        Ok(Lane {
            closed: rows::unsigned(&row, "closed")?,
            last: rows::unsigned(&row, "last")?,
        })
    }

    async fn set_lane(&mut self, device: DeviceId, lane: Lane) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO devices (device, closed, last) VALUES (?, ?, ?) ON CONFLICT (device) \
             DO UPDATE SET closed = excluded.closed, last = excluded.last",
        )
        .bind(&device.0.as_bytes()[..])
        .bind(rows::int(lane.closed)?)
        .bind(rows::int(lane.last)?)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    async fn insert(
        &mut self,
        event: &Event,
        receipt: &Receipt,
        closes: bool,
    ) -> Result<(), StoreError> {
        let (verdict, why, at) = rows::columns(&receipt.verdict)?;
        sqlx::query(
            "INSERT INTO events (content, raw, event, device, seq, closes, verdict, why, place, \
             chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&receipt.content.0[..])
        .bind(event.raw())
        .bind(receipt.event.as_ref().map(|id| &id.0.as_bytes()[..]))
        .bind(receipt.device.as_ref().map(|id| &id.0.as_bytes()[..]))
        .bind(receipt.seq.map(rows::int).transpose()?)
        .bind(closes && receipt.seq.is_some())
        .bind(verdict)
        .bind(why)
        .bind(at.map(|at| rows::int(at.place)).transpose()?)
        .bind(at.as_ref().map(|at| &at.chain.0[..]))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    async fn parked(
        &mut self,
        device: DeviceId,
        after: u64,
        to: u64,
    ) -> Result<Vec<Parked<Waiting>>, StoreError> {
        let found = sqlx::query(
            "SELECT seq, content, verdict, CASE verdict WHEN 'waiting' THEN raw END AS raw \
             FROM events WHERE device = ? AND seq > ? AND seq <= ? AND closes = 1 \
             ORDER BY seq, arrival",
        )
        .bind(&device.0.as_bytes()[..])
        .bind(rows::int(after)?)
        .bind(rows::int(to)?)
        .fetch_all(&mut *self.0)
        .await?;
        let parked = found.iter().map(|row| {
            let raw: Option<Vec<u8>> = row.try_get("raw")?;
            let content = rows::digest(row, "content")?;
            Ok(Parked {
                seq: rows::unsigned(row, "seq")?,
                waiting: raw.map(|raw| Waiting { content, raw }),
            })
        });
        parked.collect()
    }

    async fn accept(&mut self, content: &Digest, at: &Head) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE events SET verdict = 'accepted', place = ?, chain = ? WHERE content = ?",
        )
        .bind(rows::int(at.place)?)
        .bind(&at.chain.0[..])
        .bind(&content.0[..])
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}
