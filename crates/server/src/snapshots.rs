//! The snapshot that new devices begin with, kept in memory while it is of use. It need not be
//! of this moment: a device fetches what has come since.

use crate::folds::Folded;
use crate::problem::Problem;
use crate::store::Store;
use axum::body::Bytes;
use mendmap_core::ledger::Cell;
use mendmap_core::sync::{Head, is_of_interest, write_snapshot};
use mendmap_core::task::Task;
use std::sync::Arc;
use tokio::sync::Mutex;

/// From so many events on there is one: fewer are with a device as fast.
pub(crate) const FEWEST: u64 = 5_000;

/// So far behind the order it may be before another is made.
const BEHIND: u64 = 2_000;

/// A task is of interest as long as its latest event is among so many of the last: what was just
/// closed is likely to be corrected, verified or taken back.
const LATELY: u64 = 5_000;

/// A snapshot, and where the order stood in it.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) head: Head,
    pub(crate) bytes: Bytes,
}

/// The latest one, if any was asked for. Making one holds up who asks for one, and nobody else.
#[derive(Debug, Default)]
pub(crate) struct Snapshots(Mutex<Option<Kept>>);

impl Snapshots {
    /// The one kept, where the order still goes through it and has not gone far since.
    pub(crate) async fn kept(&self, store: &dyn Store) -> Result<Option<Kept>, Problem> {
        let kept = self.0.lock().await.clone();
        let Some(kept) = kept else { return Ok(None) };
        let head = store.head().await?;
        if head.place > kept.head.place + BEHIND {
            return Ok(None);
        }
        // Another history may have been put in the place of the one it was made from.
        let there = store.after(kept.head.place - 1, 1).await?;
        let through = there.first().map(|placed| placed.chain);
        Ok((through == Some(kept.head.chain)).then_some(kept))
    }

    /// Keeps another one.
    pub(crate) async fn keep(&self, kept: &Kept) {
        *self.0.lock().await = Some(kept.clone());
    }
}

/// What a snapshot is made of, taken from the fold: each task, and whether its events are needed.
pub(crate) fn of(folded: &Folded) -> (Head, Vec<(Arc<Task>, bool)>) {
    let head = folded.head();
    let lately = head.place.saturating_sub(LATELY);
    let tasks = folded.after(0).map(|(latest, task)| {
        let needed = latest > lately || is_of_interest(task);
        (task.clone(), needed)
    });
    (head, tasks.collect())
}

/// Writes one; takes its time.
pub(crate) fn write(
    city: &str,
    head: Head,
    tasks: &[(Arc<Task>, bool)],
) -> serde_json::Result<Kept> {
    let needed = tasks.iter().filter(|(_, needed)| *needed);
    let events = needed.flat_map(|(task, _)| &task.events);
    let rest = tasks.iter().filter(|(_, needed)| !needed);
    let cells = rest.filter_map(|(task, _)| Cell::of(task));
    let bytes = write_snapshot(city, head, events.map(|entry| &*entry.event), cells)?;
    let bytes = bytes.into();
    Ok(Kept { head, bytes })
}
