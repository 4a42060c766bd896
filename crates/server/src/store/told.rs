//! How far robots were told: one text for every database.

use super::database::{Cells, Connection, Value};
use super::{StoreError, rows};
use jiff::Timestamp;
use mendmap_core::told::{Reach, Told};

/// How far a robot was told.
pub(super) async fn told<C: Connection>(
    connection: &mut C,
    robot: &str,
) -> Result<Option<Told>, StoreError> {
    let found = connection
        .ask(
            "SELECT turn, place, clock, danger_place, danger_clock, not_before, tries \
             FROM told WHERE robot = $1",
            &[Value::Text(Some(robot))],
        )
        .await?;
    found.first().map(read).transpose()
}

/// How far somebody was told, by its row.
pub(super) fn read(row: &impl Cells) -> Result<Told, StoreError> {
    let clock = |column| {
        let ms = row.int(column)?.ok_or(StoreError::Row("no time"))?;
        Timestamp::from_millisecond(ms).map_err(|_| StoreError::Row("a time that there is not"))
    };
    let reach = |place, time| {
        Ok::<_, StoreError>(Reach {
            place: rows::unsigned(row, place)?,
            clock: clock(time)?,
        })
    };
    let tries = rows::unsigned(row, "tries")?;
    Ok(Told {
        turn: rows::unsigned(row, "turn")?,
        rest: reach("place", "clock")?,
        danger: reach("danger_place", "danger_clock")?,
        not_before: clock("not_before")?,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
    })
}

/// Writes down how far a robot was told after `before`; false where another came first.
pub(super) async fn set_told<C: Connection>(
    connection: &mut C,
    robot: &str,
    before: Option<&Told>,
    told: &Told,
) -> Result<bool, StoreError> {
    let time = |at: Timestamp| Value::Int(Some(at.as_millisecond()));
    let mut values = vec![
        Value::Text(Some(robot)),
        rows::number(told.turn)?,
        rows::number(told.rest.place)?,
        time(told.rest.clock),
        rows::number(told.danger.place)?,
        time(told.danger.clock),
        time(told.not_before),
        Value::Int(Some(told.tries.into())),
    ];
    let statement = match before {
        None => {
            "INSERT INTO told (robot, turn, place, clock, danger_place, danger_clock, not_before, \
             tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING turn"
        }
        Some(before) => {
            values.push(rows::number(before.turn)?);
            "UPDATE told SET turn = $2, place = $3, clock = $4, danger_place = $5, \
             danger_clock = $6, not_before = $7, tries = $8 \
             WHERE robot = $1 AND turn = $9 RETURNING turn"
        }
    };
    Ok(!connection.ask(statement, &values).await?.is_empty())
}
