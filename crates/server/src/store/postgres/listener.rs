//! How servers on one database hear of each other's events: LISTEN and NOTIFY.
//!
//! What is heard is a hint and no more: how far the order has come. PostgreSQL keeps
//! nothing for who is not there, so whoever comes, or comes back, looks at the head
//! itself; and the events are read from their table in any case.

use super::called;
use crate::store::{StoreError, tables};
use sqlx::Acquire;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener, PgPoolOptions};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

const CHANNEL: &str = "mendmap";

/// After this long without a word the head is looked at, by the same connection: one that
/// was cut without a sign is silent for ever.
const SILENCE: Duration = Duration::from_secs(30);

/// How long the database may take to answer.
const ANSWER: Duration = Duration::from_secs(10);

/// How long to wait before connecting anew, at first and at last.
const AGAIN: Duration = Duration::from_millis(100);
const AT_LAST: Duration = Duration::from_secs(5);

/// Tells all servers on this database, this one as well, how far the order has come.
pub(super) async fn tell(connection: &mut PgConnection, place: u64) -> Result<(), StoreError> {
    sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(place.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// A connection that listens, and who is told of what it hears.
pub(super) struct Listener {
    options: PgConnectOptions,
    line: PgListener,
    heard: watch::Sender<u64>,
}

impl Listener {
    /// Listens, and only then looks at the head, so nothing falls between.
    pub(super) async fn connect(options: &PgConnectOptions) -> Result<Listener, StoreError> {
        let options = called(options.clone(), "listening");
        let mut line = listen(&options).await?;
        let heard = watch::Sender::new(head(&mut line).await?);
        Ok(Listener {
            options,
            line,
            heard,
        })
    }

    /// How far the order has come, as far as is heard; it never goes back.
    pub(super) fn heard(&self) -> watch::Receiver<u64> {
        self.heard.subscribe()
    }

    /// Listens for ever, and connects anew as often as it must.
    pub(super) async fn run(mut self) {
        loop {
            let lost = self.hear().await;
            tracing::warn!(error = %lost, "the database is not heard; trying again");
            let mut pause = AGAIN;
            self.line = loop {
                sleep(pause).await;
                match listen(&self.options).await {
                    Ok(line) => break line,
                    Err(error) => tracing::debug!(%error, "the database is still not heard"),
                }
                pause = AT_LAST.min(pause * 2);
            };
            tracing::info!("the database is heard again");
        }
    }

    /// Hears until the connection is lost; says why.
    async fn hear(&mut self) -> StoreError {
        loop {
            match head(&mut self.line).await {
                Ok(place) => self.raise(place),
                Err(error) => return error,
            }
            // Until a silence: then the head is looked at again.
            while let Ok(hint) = timeout(SILENCE, self.line.try_recv()).await {
                match hint {
                    // What is no place is nobody's of ours.
                    Ok(Some(hint)) => {
                        if let Ok(place) = hint.payload().parse() {
                            self.raise(place);
                        }
                    }
                    Ok(None) => return StoreError::Silent,
                    Err(error) => return error.into(),
                }
            }
        }
    }

    fn raise(&self, place: u64) {
        self.heard.send_if_modified(|heard| {
            let more = place > *heard;
            *heard = place.max(*heard);
            more
        });
    }
}

/// A connection of its own. Not one of the readers' pool: that could not be closed as long
/// as this one is out.
async fn listen(options: &PgConnectOptions) -> Result<PgListener, StoreError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ANSWER)
        .connect_with(options.clone())
        .await?;
    let mut line = PgListener::connect_with(&pool).await?;
    // What was missed meanwhile has to be looked for: that is done in one place, above.
    line.eager_reconnect(false);
    line.listen(CHANNEL).await?;
    Ok(line)
}

/// The place of the head, asked over the connection that listens.
async fn head(line: &mut PgListener) -> Result<u64, StoreError> {
    let asked = async { tables::head(line.acquire().await?).await };
    let head = timeout(ANSWER, asked).await;
    Ok(head.unwrap_or(Err(StoreError::Silent))?.place)
}
