//! The files that were put in place of layers' own: one text for every database.

use super::database::{Cells, Connection, Value};
use super::{LayerPut, StoreError, rows};
use mendmap_core::catalog::LayerId;
use mendmap_core::log::ActorId;
use mendmap_core::sync::Digest;

/// All that was ever put, by layer, each in its order.
pub(super) async fn puts<C: Connection>(connection: &mut C) -> Result<Vec<LayerPut>, StoreError> {
    let found = connection
        .ask(
            "SELECT l.layer, l.number, l.version, l.uploaded, l.account, \
             CAST(length(f.bytes) AS BIGINT) AS bytes \
             FROM layers l LEFT JOIN layer_files f ON f.version = l.version \
             ORDER BY l.layer, l.number",
            &[],
        )
        .await?;
    found.iter().map(read).collect()
}

fn read(row: &impl Cells) -> Result<LayerPut, StoreError> {
    let version = row.bytes("version")?.map(|_| rows::digest(row, "version"));
    let layer = row.text("layer")?.ok_or(StoreError::Row("no layer"))?;
    Ok(LayerPut {
        layer: LayerId(layer.into()),
        number: rows::unsigned(row, "number")?,
        version: version.transpose()?,
        bytes: row.int("bytes")?.map_or(0, i64::unsigned_abs),
        at: row.int("uploaded")?.ok_or(StoreError::Row("no number"))?,
        by: row.text("account")?.map(ActorId::from),
    })
}

/// The bytes of a version.
pub(super) async fn file<C: Connection>(
    connection: &mut C,
    version: &Digest,
) -> Result<Option<Vec<u8>>, StoreError> {
    let found = connection
        .ask(
            "SELECT bytes FROM layer_files WHERE version = $1",
            &[rows::hash(version)],
        )
        .await?;
    let bytes = found.first().map(|row| row.bytes("bytes")).transpose()?;
    Ok(bytes.flatten().map(<[u8]>::to_vec))
}

/// Puts a file, inside a transaction; false where its number is taken.
pub(super) async fn put<C: Connection>(
    connection: &mut C,
    put: &LayerPut,
    file: &[u8],
) -> Result<bool, StoreError> {
    let taken = connection
        .ask(
            "INSERT INTO layers (layer, number, version, uploaded, account) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING number",
            &[
                Value::Text(Some(&put.layer.0)),
                rows::number(put.number)?,
                Value::Bytes(put.version.as_ref().map(|version| &version.0[..])),
                Value::Int(Some(put.at)),
                Value::Text(put.by.as_ref().map(|by| &*by.0)),
            ],
        )
        .await?;
    if taken.is_empty() {
        return Ok(false);
    }
    if let Some(version) = &put.version {
        connection
            .run(
                "INSERT INTO layer_files (version, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                &[rows::hash(version), Value::Bytes(Some(file))],
            )
            .await?;
    }
    Ok(true)
}
