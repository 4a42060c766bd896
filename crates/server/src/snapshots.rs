//! The snapshot that new devices begin with, kept in memory while it is of use. It need not be
//! of this moment: a device fetches what has come since.

use crate::app::App;
use crate::folds::Folded;
use crate::media::Coding;
use crate::problem::Problem;
use crate::store::{Store, StoreError};
use axum::body::Bytes;
use mendmap_core::ledger::Cell;
use mendmap_core::log::Event;
use mendmap_core::sync::{Head, Part, Written, is_of_interest, write_snapshot};
use mendmap_core::task::Task;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore};

/// From so many events on there is one: fewer are with a device as fast.
const FEWEST: u64 = 5_000;

/// So far behind the order it may be before another is made; or, where that is more, a
/// two-hundredth of the way: to write one takes longer the longer the history is.
const BEHIND: u64 = 2_000;

/// How often it is looked whether the one that is kept is still of use.
const LOOK: Duration = Duration::from_secs(30);

/// A task is of interest as long as its latest event is among so many of the last: what was just
/// closed is likely to be corrected, verified or taken back.
const LATELY: u64 = 2_000;

/// A quality of brotli that takes longer than a network only where the network is a good one.
pub(crate) const QUICKLY: u32 = 2;

/// A snapshot, and where the order stood in it.
#[derive(Debug)]
pub(crate) struct Kept {
    head: Head,
    written: Written,
    /// Its parts as they were asked for, each made once: a morning brings many new phones.
    forms: Mutex<HashMap<(Part, Coding), Bytes>>,
}

impl Kept {
    /// A part, compressed.
    pub(crate) async fn form(
        self: Arc<Self>,
        app: &App,
        part: Part,
        coding: Coding,
    ) -> Result<Bytes, Problem> {
        let mut forms = self.forms.lock().await;
        if let Some(made) = forms.get(&(part, coding)) {
            return Ok(made.clone());
        }
        let kept = self.clone();
        let made = app
            .snapshots()
            .made_in_turn(move || {
                let whole = kept.written.part(part).map_err(io::Error::from)?;
                coding.applied(&whole.into(), QUICKLY)
            })
            .await?;
        forms.insert((part, coding), made.clone());
        Ok(made)
    }
}

/// So many at once are compressed, snapshots or segments: a morning of new phones must not take
/// all threads.
const TURNS: usize = 2;

/// The latest one, if any was asked for. Making one holds up who asks for one, and nobody else.
#[derive(Debug)]
pub(crate) struct Snapshots {
    kept: Mutex<Option<Arc<Kept>>>,
    turns: Arc<Semaphore>,
}

impl Default for Snapshots {
    fn default() -> Snapshots {
        Snapshots {
            kept: Mutex::default(),
            turns: Arc::new(Semaphore::new(TURNS)),
        }
    }
}

impl Snapshots {
    /// Makes and compresses what goes out, when it is its turn.
    pub(crate) async fn made_in_turn(
        &self,
        making: impl FnOnce() -> io::Result<Bytes> + Send + 'static,
    ) -> Result<Bytes, Problem> {
        let broken = |error: &dyn std::error::Error| {
            tracing::error!(%error, "lines could not be made, or compressed");
            Problem::Internal
        };
        let turn = self.turns.clone().acquire_owned().await;
        let turn = turn.map_err(|_| Problem::Internal)?;
        let making = move || {
            // Until it is done, also where the caller has hung up.
            let _turn = turn;
            making()
        };
        let made = tokio::task::spawn_blocking(making).await;
        made.map_err(|e| broken(&e))?.map_err(|e| broken(&e))
    }

    /// One that the order goes through and has not gone far from since; none where the history
    /// is short.
    pub(crate) async fn now(&self, app: &App) -> Result<Option<Arc<Kept>>, Problem> {
        let head = app.store().head().await?;
        if head.place < FEWEST {
            return Ok(None);
        }
        let mut kept = self.kept.lock().await;
        if let Some(kept) = &*kept
            && is_of_use(kept, &head, &**app.store()).await?
        {
            return Ok(Some(kept.clone()));
        }
        let made = Arc::new(made(app).await?);
        *kept = Some(made.clone());
        Ok(Some(made))
    }
}

async fn is_of_use(kept: &Kept, head: &Head, store: &dyn Store) -> Result<bool, StoreError> {
    if head.place > kept.head.place + BEHIND.max(head.place / 200) {
        return Ok(false);
    }
    // Another history may have been put in the place of the one it was made from.
    let there = store.after(kept.head.place.saturating_sub(1), 1).await?;
    Ok(there.first().map(|placed| placed.chain) == Some(kept.head.chain))
}

/// Keeps a snapshot ready as long as the server runs, so that no new device waits until a long
/// history was read.
pub(crate) async fn keep_ready(app: App) {
    let mut closing = app.closing();
    loop {
        if let Err(problem) = app.snapshots().now(&app).await {
            tracing::warn!(?problem, "no snapshot for new devices");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = closing.changed() => return,
        }
    }
}

async fn made(app: &App) -> Result<Kept, Problem> {
    let (head, tasks, assets) = of(&*app.tasks().await?);
    let city = app.store().city().to_owned();
    let writing = move || write(&city, head, &tasks, &assets);
    let broken = |error: &dyn std::error::Error| {
        tracing::error!(%error, "no snapshot could be written");
        Problem::Internal
    };
    let made = tokio::task::spawn_blocking(writing).await;
    made.map_err(|e| broken(&e))?.map_err(|e| broken(&e))
}

/// Each task, and whether its events are needed.
type All = Vec<(Arc<Task>, bool)>;

/// What a snapshot is made of, taken from the fold: the tasks, and the events about anything else.
fn of(folded: &Folded) -> (Head, All, Vec<Arc<Event>>) {
    let head = folded.head();
    let lately = head.place.saturating_sub(LATELY);
    let tasks = folded.after(0).map(|(latest, task)| {
        let needed = latest > lately || is_of_interest(task);
        (task.clone(), needed)
    });
    (
        head,
        tasks.collect(),
        [
            folded.about_assets(),
            folded.about_city(),
            folded.about_accounts(),
        ]
        .concat(),
    )
}

/// Writes one; takes its time.
fn write(city: &str, head: Head, tasks: &All, others: &[Arc<Event>]) -> serde_json::Result<Kept> {
    let needed = tasks.iter().filter(|(_, needed)| *needed);
    let events = needed.flat_map(|(task, _)| &task.events);
    let rest = tasks.iter().filter(|(_, needed)| !needed);
    let cells = rest.filter_map(|(task, _)| Cell::of(task));
    let events = events.map(|entry| &*entry.event);
    let events = events.chain(others.iter().map(|event| &**event));
    let written = write_snapshot(city, head, events, cells)?;
    Ok(Kept {
        head,
        written,
        forms: Mutex::default(),
    })
}
