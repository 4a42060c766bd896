//! The statements behind an append, and what is asked of the tables besides: one text for
//! every database.

use super::books::{Books, Lane, Waiting};
use super::database::{Cells, Connection, Value};
use super::rows;
use super::{HeldEvent, StoreError, people};
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::log::{ActorId, Event, Subject};
use mendmap_core::sync::{Digest, Head, Parked, Receipt, Verdict};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Begins the log of a city where there is none yet, and makes sure that it is the one of
/// this city. Several programs may do so at once.
pub(super) async fn begin<C: Connection>(connection: &mut C, city: &str) -> Result<(), StoreError> {
    let start = Head::start(city);
    connection
        .run(
            "INSERT INTO head (one, city, place, chain) VALUES (1, $1, $2, $3) \
             ON CONFLICT DO NOTHING",
            &[
                Value::Text(Some(city)),
                rows::number(start.place)?,
                rows::hash(&start.chain),
            ],
        )
        .await?;
    match self::city(connection).await? {
        holds if holds == city => Ok(()),
        holds => Err(StoreError::City {
            holds,
            wanted: city.into(),
        }),
    }
}

/// The city whose log it is.
pub(super) async fn city<C: Connection>(connection: &mut C) -> Result<String, StoreError> {
    let found = connection.ask("SELECT city FROM head", &[]).await?;
    let row = found.first().ok_or(StoreError::Row("no head"))?;
    Ok(row.text("city")?.unwrap_or_default().to_owned())
}

/// How far the order has come.
pub(super) async fn head<C: Connection>(connection: &mut C) -> Result<Head, StoreError> {
    let found = connection.ask("SELECT place, chain FROM head", &[]).await?;
    rows::head(found.first().ok_or(StoreError::Row("no head"))?)
}

/// What was said of a device's events with these numbers.
pub(super) async fn receipts<C: Connection>(
    connection: &mut C,
    device: DeviceId,
    numbers: RangeInclusive<u64>,
) -> Result<Vec<Receipt>, StoreError> {
    let bound = |n: &u64| Value::Int(Some(rows::int(*n).unwrap_or(i64::MAX)));
    let found = connection
        .ask(
            rows::receipts!(
                "WHERE e.device = $1 AND e.seq BETWEEN $2 AND $3 ORDER BY e.seq, e.arrival"
            ),
            &[
                Value::Id(Some(device.0)),
                bound(numbers.start()),
                bound(numbers.end()),
            ],
        )
        .await?;
    found.iter().map(rows::receipt).collect()
}

/// What was said of all contents under an id.
pub(super) async fn receipts_of<C: Connection>(
    connection: &mut C,
    event: EventId,
) -> Result<Vec<Receipt>, StoreError> {
    let found = connection
        .ask(
            rows::receipts!("WHERE e.event = $1 ORDER BY e.arrival"),
            &[Value::Id(Some(event.0))],
        )
        .await?;
    found.iter().map(rows::receipt).collect()
}

/// What is held, but for what came second under an id: with that, no right would help.
macro_rules! held {
    ($rest:literal) => {
        concat!(
            "SELECT content, event, device, seq, verdict, why, place, chain, raw FROM events ",
            "WHERE verdict = 'held' AND why NOT LIKE '%other_content%' ",
            $rest
        )
    };
}
/// What is held for want of a right, by arrival: at most `limit`; or only these bytes. Nobody
/// asks often, so the first has no index of its own.
pub(super) async fn held<C: Connection>(
    connection: &mut C,
    only: Option<&Digest>,
    limit: u32,
) -> Result<Vec<HeldEvent>, StoreError> {
    let found = match only {
        Some(only) => {
            connection
                .ask(held!("AND content = $1"), &[rows::hash(only)])
                .await?
        }
        None => {
            connection
                .ask(
                    held!("ORDER BY arrival LIMIT $1"),
                    &[Value::Int(Some(limit.into()))],
                )
                .await?
        }
    };
    let held = found.iter().map(|row| {
        let raw = row.bytes("raw")?.ok_or(StoreError::Row("no bytes"))?;
        Ok(HeldEvent {
            receipt: rows::receipt(row)?,
            raw: raw.into(),
        })
    });
    held.collect()
}

/// The tables, inside a transaction that appends.
pub(super) struct Tables<'a, C>(pub(super) &'a mut C);

impl<C: Connection> Books for Tables<'_, C> {
    async fn head(&mut self) -> Result<Head, StoreError> {
        let found = self.0.ask(C::LOCK_HEAD, &[]).await?;
        rows::head(found.first().ok_or(StoreError::Row("no head"))?)
    }

    async fn set_head(&mut self, head: &Head) -> Result<(), StoreError> {
        let values = [rows::number(head.place)?, rows::hash(&head.chain)];
        self.0
            .run("UPDATE head SET place = $1, chain = $2", &values)
            .await?;
        Ok(())
    }

    async fn receipt(&mut self, content: &Digest) -> Result<Option<Receipt>, StoreError> {
        let found = self
            .0
            .ask(
                rows::receipts!("WHERE e.content = $1"),
                &[rows::hash(content)],
            )
            .await?;
        found.first().map(rows::receipt).transpose()
    }

    async fn counting(&mut self, event: EventId) -> Result<Option<Digest>, StoreError> {
        let found = self
            .0
            .ask(
                "SELECT content FROM events \
                 WHERE event = $1 AND verdict IN ('accepted', 'waiting')",
                &[Value::Id(Some(event.0))],
            )
            .await?;
        let content = found.first().map(|row| rows::digest(row, "content"));
        content.transpose()
    }

    async fn lane(&mut self, device: DeviceId) -> Result<Lane, StoreError> {
        let found = self
            .0
            .ask(
                "SELECT closed, last, account FROM devices WHERE device = $1",
                &[Value::Id(Some(device.0))],
            )
            .await?;
        let Some(row) = found.first() else {
            return Ok(Lane::default());
        };
        Ok(Lane {
            closed: rows::unsigned(row, "closed")?,
            last: rows::unsigned(row, "last")?,
            owner: row.text("account")?.map(ActorId::from),
        })
    }

    async fn set_lane(&mut self, device: DeviceId, lane: &Lane) -> Result<(), StoreError> {
        self.0
            .run(
                "INSERT INTO devices (device, closed, last) VALUES ($1, $2, $3) \
                 ON CONFLICT (device) \
                 DO UPDATE SET closed = excluded.closed, last = excluded.last",
                &[
                    Value::Id(Some(device.0)),
                    rows::number(lane.closed)?,
                    rows::number(lane.last)?,
                ],
            )
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
        let place = at.map(|at| rows::int(at.place)).transpose()?;
        let about = event.envelope().and_then(|e| match &e.subject {
            Subject::Account(account) => Some(account.0.clone()),
            _ => None,
        });
        self.0
            .run(
                "INSERT INTO events (content, raw, event, device, seq, closes, verdict, why, \
                 place, chain, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                &[
                    rows::hash(&receipt.content),
                    Value::Bytes(Some(event.raw())),
                    Value::Id(receipt.event.map(|id| id.0)),
                    Value::Id(receipt.device.map(|id| id.0)),
                    Value::Int(receipt.seq.map(rows::int).transpose()?),
                    Value::Flag(closes && receipt.seq.is_some()),
                    Value::Text(Some(verdict)),
                    Value::Text(why.as_deref()),
                    Value::Int(place),
                    Value::Bytes(at.as_ref().map(|at| &at.chain.0[..])),
                    Value::Text(about.as_deref()),
                ],
            )
            .await?;
        Ok(())
    }

    async fn parked(
        &mut self,
        device: DeviceId,
        after: u64,
        to: u64,
    ) -> Result<Vec<Parked<Waiting>>, StoreError> {
        let found = self
            .0
            .ask(
                "SELECT seq, content, CASE verdict WHEN 'waiting' THEN raw END AS raw \
                 FROM events WHERE device = $1 AND seq > $2 AND seq <= $3 AND closes \
                 ORDER BY seq, arrival",
                &[
                    Value::Id(Some(device.0)),
                    rows::number(after)?,
                    rows::number(to)?,
                ],
            )
            .await?;
        let parked = found.iter().map(|row| {
            let raw = row.bytes("raw")?.map(<[u8]>::to_vec);
            let content = rows::digest(row, "content")?;
            Ok(Parked {
                seq: rows::unsigned(row, "seq")?,
                waiting: raw.map(|raw| Waiting { content, raw }),
            })
        });
        parked.collect()
    }

    async fn about(&mut self, account: &ActorId) -> Result<Vec<Arc<Event>>, StoreError> {
        people::about(self.0, account).await
    }

    async fn placed(&mut self, event: EventId) -> Result<Option<Event>, StoreError> {
        let found = self
            .0
            .ask(
                "SELECT raw FROM events WHERE event = $1 AND verdict = 'accepted'",
                &[Value::Id(Some(event.0))],
            )
            .await?;
        let raw = found.first().map(|row| row.bytes("raw")).transpose()?;
        Ok(raw.flatten().map(|raw| Event::read(raw.to_vec())))
    }

    async fn advance(&mut self, content: &Digest, verdict: &Verdict) -> Result<(), StoreError> {
        let (verdict, why, at) = rows::columns(verdict)?;
        self.0
            .run(
                "UPDATE events SET verdict = $1, why = $2, place = $3, chain = $4 \
                 WHERE content = $5",
                &[
                    Value::Text(Some(verdict)),
                    Value::Text(why.as_deref()),
                    Value::Int(at.as_ref().map(|at| rows::int(at.place)).transpose()?),
                    Value::Bytes(at.as_ref().map(|at| &at.chain.0[..])),
                    rows::hash(content),
                ],
            )
            .await?;
        Ok(())
    }
}
