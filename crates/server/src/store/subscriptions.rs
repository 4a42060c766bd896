//! Phones that are told what is news: one text for every database.

use super::database::{Cells, Connection, Value};
use super::{Ended, StoreError, Subscription, rows, told};
use jiff::Timestamp;
use mendmap_core::ids::DeviceId;
use mendmap_core::log::ActorId;
use mendmap_core::told::{Language, Told};

/// Those that were made for a key of the server, or the one of a device, with how far each was told.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT device, account, server_key, endpoint, p256dh, auth, language, turn, place, ",
            "clock, danger_place, danger_clock, not_before, tries FROM subscriptions ",
            $rest
        )
    };
}

/// All that were made for a key of the server, by account and device.
pub(super) async fn all<C: Connection>(
    connection: &mut C,
    server_key: &str,
) -> Result<Vec<(Subscription, Told)>, StoreError> {
    let found = connection
        .ask(
            select!("WHERE server_key = $1 ORDER BY account, device"),
            &[Value::Text(Some(server_key))],
        )
        .await?;
    found.iter().map(read).collect()
}

/// That of a device.
pub(super) async fn one<C: Connection>(
    connection: &mut C,
    device: DeviceId,
) -> Result<Option<Subscription>, StoreError> {
    let found = connection
        .ask(select!("WHERE device = $1"), &[Value::Id(Some(device.0))])
        .await?;
    let found = found.first().map(read).transpose()?;
    Ok(found.map(|(subscription, _)| subscription))
}

fn read(row: &impl Cells) -> Result<(Subscription, Told), StoreError> {
    let text = |column| row.text(column)?.ok_or(StoreError::Row("no text"));
    let bytes = |column| {
        let bytes = row.bytes(column)?.ok_or(StoreError::Row("no bytes"))?;
        Ok::<_, StoreError>(bytes)
    };
    let device = row.id("device")?.ok_or(StoreError::Row("no device"))?;
    let wrong = |_| StoreError::Row("a key of another length");
    let subscription = Subscription {
        device: DeviceId(device),
        account: ActorId::from(text("account")?),
        server_key: text("server_key")?.to_owned(),
        endpoint: text("endpoint")?.to_owned(),
        p256dh: bytes("p256dh")?.try_into().map_err(wrong)?,
        auth: bytes("auth")?.try_into().map_err(wrong)?,
        language: match text("language")? {
            "en" => Language::En,
            _ => Language::Zh,
        },
    };
    Ok((subscription, told::read(row)?))
}

/// Keeps a subscription, inside a transaction, in place of its device's and of whoever had its
/// endpoint. What its device was told already it is not told again. Of an account's the `most` that
/// were asked for last stay.
pub(super) async fn keep<C: Connection>(
    connection: &mut C,
    kept: &Subscription,
    begun: &Told,
    now: Timestamp,
    most: u32,
) -> Result<(), StoreError> {
    let device = Value::Id(Some(kept.device.0));
    let account = Value::Text(Some(&kept.account.0));
    connection
        .run(
            "DELETE FROM subscriptions \
             WHERE (endpoint = $1 AND device <> $2) \
             OR (device = $2 AND (account <> $3 OR server_key <> $4))",
            &[
                Value::Text(Some(&kept.endpoint)),
                device,
                account,
                Value::Text(Some(&kept.server_key)),
            ],
        )
        .await?;
    let time = |at: Timestamp| Value::Int(Some(at.as_millisecond()));
    connection
        .run(
            "INSERT INTO subscriptions (device, account, server_key, endpoint, p256dh, auth, \
             language, since, turn, place, clock, danger_place, danger_clock, not_before, tries) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
             ON CONFLICT (device) DO UPDATE SET account = excluded.account, \
             server_key = excluded.server_key, endpoint = excluded.endpoint, \
             p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language, \
             since = excluded.since",
            &[
                device,
                account,
                Value::Text(Some(&kept.server_key)),
                Value::Text(Some(&kept.endpoint)),
                Value::Bytes(Some(&kept.p256dh)),
                Value::Bytes(Some(&kept.auth)),
                Value::Text(Some(kept.language.tag())),
                time(now),
                rows::number(begun.turn)?,
                rows::number(begun.rest.place)?,
                time(begun.rest.clock),
                rows::number(begun.danger.place)?,
                time(begun.danger.clock),
                time(begun.not_before),
                Value::Int(Some(begun.tries.into())),
            ],
        )
        .await?;
    connection
        .run(
            "DELETE FROM subscriptions WHERE account = $1 AND device NOT IN \
             (SELECT device FROM subscriptions WHERE account = $1 \
             ORDER BY since DESC, device LIMIT $2)",
            &[account, Value::Int(Some(most.into()))],
        )
        .await?;
    Ok(())
}

/// Writes down how far a phone was told after `before`; false where another came first, or it is
/// told no more.
pub(super) async fn set_told<C: Connection>(
    connection: &mut C,
    device: DeviceId,
    before: &Told,
    told: &Told,
) -> Result<bool, StoreError> {
    let time = |at: Timestamp| Value::Int(Some(at.as_millisecond()));
    let found = connection
        .ask(
            "UPDATE subscriptions SET turn = $2, place = $3, clock = $4, danger_place = $5, \
             danger_clock = $6, not_before = $7, tries = $8 \
             WHERE device = $1 AND turn = $9 RETURNING turn",
            &[
                Value::Id(Some(device.0)),
                rows::number(told.turn)?,
                rows::number(told.rest.place)?,
                time(told.rest.clock),
                rows::number(told.danger.place)?,
                time(told.danger.clock),
                time(told.not_before),
                Value::Int(Some(told.tries.into())),
                rows::number(before.turn)?,
            ],
        )
        .await?;
    Ok(!found.is_empty())
}

/// Tells a phone, or all of an account, no more; that there is none is no error.
pub(super) async fn end<C: Connection>(
    connection: &mut C,
    ended: Ended<'_>,
) -> Result<(), StoreError> {
    let (statement, values) = match ended {
        Ended::Device(account, device) => (
            "DELETE FROM subscriptions WHERE account = $1 AND device = $2",
            vec![Value::Text(Some(&account.0)), Value::Id(Some(device.0))],
        ),
        Ended::Account(account) => (
            "DELETE FROM subscriptions WHERE account = $1",
            vec![Value::Text(Some(&account.0))],
        ),
        Ended::Endpoint(endpoint) => (
            "DELETE FROM subscriptions WHERE endpoint = $1",
            vec![Value::Text(Some(endpoint))],
        ),
    };
    connection.run(statement, &values).await?;
    Ok(())
}
