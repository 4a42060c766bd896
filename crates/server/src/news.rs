//! What is news, as far as it is the same for robots and for phones, and when it is looked for.

use crate::app::App;
use crate::problem::Problem;
use crate::store::StoreError;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mendmap_core::catalog::Catalog;
use mendmap_core::ids::EventId;
use mendmap_core::log::Event;
use mendmap_core::task::Task;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// Events read from the store at once.
const PAGE: u32 = 500;

/// How often it is looked what has become late, milliseconds.
const LOOK_MS: i64 = 20_000;

/// What comes together is told together: from the first event on so long.
const GATHER: Duration = Duration::from_secs(1);

/// Pauses before it is tried again to write down what somebody said.
const AGAIN: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(1),
    Duration::from_secs(5),
];

/// What the time is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Looks whenever something has come, and when a look says that it is time again, until the server
/// ends; what is under way then comes to its end.
pub(crate) async fn keep_looking<F>(app: &App, clock: &Clock, look: impl Fn() -> F)
where
    F: Future<Output = Timestamp>,
{
    let mut closing = app.closing();
    // Listening begins before the looking, so nothing falls between.
    let mut news = app.listen();
    while !*closing.borrow() {
        let until = look().await;
        let now = clock();
        let pause = until.as_millisecond() - now.as_millisecond();
        let pause = Duration::from_millis(pause.clamp(0, LOOK_MS).unsigned_abs());
        let come = async {
            if let Err(RecvError::Closed) = news.recv().await {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(GATHER).await;
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = come => {}
            // An error means that the server is gone.
            _ = closing.wait_for(|closing| *closing) => return,
        }
    }
}

/// Until when there is nothing more to do, by what a look came to.
pub(crate) fn until(
    app: &App,
    looked: Result<Option<Timestamp>, Failed>,
    now: Timestamp,
) -> Timestamp {
    match looked {
        Ok(Some(until)) => until,
        Ok(None) => later(now),
        Err(failed) => {
            if let Failed::Store = failed {
                app.metrics().store_failed();
            }
            later(now)
        }
    }
}

/// How far the order has come, and the tasks in which something is left to be done.
pub(crate) async fn open(app: &App) -> Result<(u64, Vec<Arc<Task>>), StoreError> {
    let folded = app.tasks().await?;
    let open = folded.after(0).map(|(_, task)| task);
    let open = open.filter(|task| task.is_open()).cloned();
    Ok((folded.head().place, open.collect()))
}

/// The places of the events after one, up to another.
pub(crate) async fn places(
    app: &App,
    after: u64,
    to: u64,
) -> Result<BTreeMap<EventId, u64>, StoreError> {
    let mut places = BTreeMap::new();
    let mut last = after;
    while last < to {
        let page = app.store().after(last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.place;
        for placed in page.into_iter().filter(|placed| placed.place <= to) {
            let id = Event::read(placed.raw).id();
            places.extend(id.map(|id| (id, placed.place)));
        }
    }
    Ok(places)
}

/// Writes down what became of a message. Where this fails what was refused is not told again:
/// better than twice.
pub(crate) async fn write_down<F>(write: impl Fn() -> F) -> Result<(), Failed>
where
    F: Future<Output = Result<bool, StoreError>>,
{
    for pause in AGAIN {
        if write().await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(pause).await;
    }
    write().await?;
    Ok(())
}

/// What is tried again with the next look; it has been logged.
pub(crate) enum Failed {
    /// The store said no.
    Store,
    /// The catalogue that is served cannot be read, or names no zone that is known here.
    Catalog,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        tracing::warn!(%error, "it cannot be read what is to be told outside the app");
        Failed::Store
    }
}

impl From<Problem> for Failed {
    fn from(_: Problem) -> Failed {
        Failed::Catalog
    }
}

/// The city's zone, where it is known here.
pub(crate) fn zone(catalog: &Catalog) -> Option<TimeZone> {
    TimeZone::get(&catalog.city.zone).ok()
}

fn later(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond() + LOOK_MS).unwrap_or(now)
}
