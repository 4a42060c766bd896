//! What the databases have in common, as far as the tables need it: a statement with its
//! values goes in, rows come out. The statements themselves are one text for all.

use mendmap_core::ids::Uuid;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Error, Row};

/// A value on its way into a statement. What is null has a type as well: PostgreSQL asks.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Int(Option<i64>),
    Bytes(Option<&'a [u8]>),
    Text(Option<&'a str>),
    Id(Option<Uuid>),
    Flag(bool),
}

/// A row. A column that is not there or holds something else is an error.
pub(super) trait Cells {
    fn int(&self, column: &str) -> Result<Option<i64>, Error>;
    fn bytes(&self, column: &str) -> Result<Option<&[u8]>, Error>;
    fn text(&self, column: &str) -> Result<Option<&str>, Error>;
    fn id(&self, column: &str) -> Result<Option<Uuid>, Error>;
}

/// A connection, inside a transaction or not. Values stand in statements as `$1`, `$2`, ….
pub(super) trait Connection {
    type Row: Cells;

    /// Reads the head and keeps it locked until the transaction ends.
    const LOCK_HEAD: &str;

    /// All rows of what was asked.
    async fn ask(
        &mut self,
        statement: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Self::Row>, Error>;

    /// Does what brings no rows.
    async fn run(&mut self, statement: &'static str, values: &[Value<'_>]) -> Result<(), Error>;
}

/// The same words for each: sqlx has a type for each database, and bounds that would say
/// "either" are longer than what they would save.
macro_rules! database {
    ($connection:ty, $row:ty, $lock_head:literal) => {
        impl Connection for $connection {
            type Row = $row;

            const LOCK_HEAD: &str = $lock_head;

            async fn ask(
                &mut self,
                statement: &'static str,
                values: &[Value<'_>],
            ) -> Result<Vec<$row>, Error> {
                bound!(statement, values).fetch_all(self).await
            }

            async fn run(
                &mut self,
                statement: &'static str,
                values: &[Value<'_>],
            ) -> Result<(), Error> {
                bound!(statement, values).execute(self).await?;
                Ok(())
            }
        }

        impl Cells for $row {
            fn int(&self, column: &str) -> Result<Option<i64>, Error> {
                self.try_get(column)
            }

            fn bytes(&self, column: &str) -> Result<Option<&[u8]>, Error> {
                self.try_get(column)
            }

            fn text(&self, column: &str) -> Result<Option<&str>, Error> {
                self.try_get(column)
            }

            fn id(&self, column: &str) -> Result<Option<Uuid>, Error> {
                self.try_get(column)
            }
        }
    };
}

macro_rules! bound {
    ($statement:expr, $values:expr) => {{
        let query = sqlx::query($statement);
        $values.iter().fold(query, |query, value| match *value {
            Value::Int(n) => query.bind(n),
            Value::Bytes(bytes) => query.bind(bytes),
            Value::Text(text) => query.bind(text),
            Value::Id(id) => query.bind(id),
            Value::Flag(flag) => query.bind(flag),
        })
    }};
}

// SQLite's transaction holds the lock on the whole file from its first word on.
database!(SqliteConnection, SqliteRow, "SELECT place, chain FROM head");
database!(
    PgConnection,
    PgRow,
    "SELECT place, chain FROM head FOR UPDATE"
);
