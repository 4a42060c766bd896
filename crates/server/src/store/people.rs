//! Accounts, their secrets and sessions: one text for every database.

use super::database::{Cells, Connection, Value};
use super::{Login, StoreError, rows};
use mendmap_core::ids::DeviceId;
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::Digest;
use std::sync::Arc;

/// A text that must be there.
fn text(row: &impl Cells, column: &str) -> Result<String, StoreError> {
    let text = row.text(column)?.ok_or(StoreError::Row("no text"))?;
    Ok(text.to_owned())
}

/// The events about an account that count, in their order.
pub(super) async fn about<C: Connection>(
    connection: &mut C,
    account: &ActorId,
) -> Result<Vec<Arc<Event>>, StoreError> {
    let found = connection
        .ask(
            "SELECT raw FROM events WHERE account = $1 AND place IS NOT NULL ORDER BY place",
            &[Value::Text(Some(&account.0))],
        )
        .await?;
    let events = found.iter().map(|row| {
        let raw = row.bytes("raw")?.ok_or(StoreError::Row("no bytes"))?;
        Ok(Arc::new(Event::read(raw.to_vec())))
    });
    events.collect()
}

/// The accounts that anything is said of, by id.
pub(super) async fn known<C: Connection>(connection: &mut C) -> Result<Vec<ActorId>, StoreError> {
    let found = connection
        .ask(
            "SELECT DISTINCT account FROM events \
             WHERE account IS NOT NULL AND place IS NOT NULL ORDER BY account",
            &[],
        )
        .await?;
    let ids = found
        .iter()
        .map(|row| Ok(ActorId::from(&*text(row, "account")?)));
    ids.collect()
}

/// Makes a device an account's, unless it is another's; whose it is then.
pub(super) async fn claim<C: Connection>(
    connection: &mut C,
    device: DeviceId,
    account: &ActorId,
) -> Result<ActorId, StoreError> {
    let found = connection
        .ask(
            "INSERT INTO devices (device, closed, last, account) VALUES ($1, 0, 0, $2) \
             ON CONFLICT (device) \
             DO UPDATE SET account = COALESCE(devices.account, excluded.account) \
             RETURNING account",
            &[Value::Id(Some(device.0)), Value::Text(Some(&account.0))],
        )
        .await?;
    let row = found.first().ok_or(StoreError::Row("no device"))?;
    Ok(ActorId::from(&*text(row, "account")?))
}

/// The hash of an account's password.
pub(super) async fn secret<C: Connection>(
    connection: &mut C,
    account: &ActorId,
) -> Result<Option<String>, StoreError> {
    let found = connection
        .ask(
            "SELECT hash FROM secrets WHERE account = $1",
            &[Value::Text(Some(&account.0))],
        )
        .await?;
    found.first().map(|row| text(row, "hash")).transpose()
}

pub(super) async fn set_secret<C: Connection>(
    connection: &mut C,
    account: &ActorId,
    hash: &str,
) -> Result<(), StoreError> {
    let values = [Value::Text(Some(&account.0)), Value::Text(Some(hash))];
    connection
        .run(
            "INSERT INTO secrets (account, hash) VALUES ($1, $2) \
             ON CONFLICT (account) DO UPDATE SET hash = excluded.hash",
            &values,
        )
        .await?;
    Ok(())
}

/// A login that has not expired by `now`, in seconds since 1970.
pub(super) async fn login<C: Connection>(
    connection: &mut C,
    id: &Digest,
    now: i64,
) -> Result<Option<Login>, StoreError> {
    let found = connection
        .ask(
            "SELECT data, expires FROM sessions WHERE id = $1 AND expires > $2",
            &[rows::hash(id), Value::Int(Some(now))],
        )
        .await?;
    let Some(row) = found.first() else {
        return Ok(None);
    };
    Ok(Some(Login {
        data: text(row, "data")?,
        expires: row.int("expires")?.ok_or(StoreError::Row("no number"))?,
    }))
}

/// Keeps a login in place of the one under its id, and forgets those that have expired.
pub(super) async fn keep_login<C: Connection>(
    connection: &mut C,
    id: &Digest,
    login: &Login,
    now: i64,
) -> Result<(), StoreError> {
    connection
        .run(
            "DELETE FROM sessions WHERE expires <= $1",
            &[Value::Int(Some(now))],
        )
        .await?;
    connection
        .run(
            "INSERT INTO sessions (id, data, expires) VALUES ($1, $2, $3) ON CONFLICT (id) \
             DO UPDATE SET data = excluded.data, expires = excluded.expires",
            &[
                rows::hash(id),
                Value::Text(Some(&login.data)),
                Value::Int(Some(login.expires)),
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn end_login<C: Connection>(
    connection: &mut C,
    id: &Digest,
) -> Result<(), StoreError> {
    connection
        .run("DELETE FROM sessions WHERE id = $1", &[rows::hash(id)])
        .await?;
    Ok(())
}

pub(super) async fn add_token<C: Connection>(
    connection: &mut C,
    id: &Digest,
    account: &ActorId,
    name: &str,
) -> Result<(), StoreError> {
    connection
        .run(
            "INSERT INTO tokens (id, account, name) VALUES ($1, $2, $3)",
            &[
                rows::hash(id),
                Value::Text(Some(&account.0)),
                Value::Text(Some(name)),
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn holder<C: Connection>(
    connection: &mut C,
    token: &Digest,
) -> Result<Option<ActorId>, StoreError> {
    let found = connection
        .ask(
            "SELECT account FROM tokens WHERE id = $1",
            &[rows::hash(token)],
        )
        .await?;
    let id = found.first().map(|row| text(row, "account")).transpose()?;
    Ok(id.map(|id| ActorId::from(&*id)))
}

pub(super) async fn drop_tokens<C: Connection>(
    connection: &mut C,
    account: &ActorId,
) -> Result<(), StoreError> {
    let values = [Value::Text(Some(&account.0))];
    connection
        .run("DELETE FROM tokens WHERE account = $1", &values)
        .await?;
    Ok(())
}
