//! The fold of the tasks, kept in memory as far as the order was read. Nothing is lost with
//! it: it is made again from the log, at the first request that asks for tasks, or for a snapshot.
//!
//! It follows the order by asking for it, and not by listening: a request asks the store how
//! far the order has come and reads what is new. So what a server answers holds all that was
//! taken in before it was asked, by whichever server on the database; what servers tell each
//! other is a hint, and a hint may be late. What is refused, held or waits has no place, is
//! therefore never read here, and counts nowhere.

use crate::store::{Placed, Store, StoreError};
use mendmap_core::city::Amendment;
use mendmap_core::ids::TaskUid;
use mendmap_core::log::{Event, Log, Subject};
use mendmap_core::proposal::Proposals;
use mendmap_core::settings::Settings;
use mendmap_core::sync::Head;
use mendmap_core::task::{Task, Tasks};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Events read from the store at once.
const PAGE: u32 = 1000;

/// The tasks as they stand at some place of the order.
pub(crate) struct Folded {
    head: Head,
    /// Only what is about tasks, about assets, and about the city.
    log: Log,
    tasks: Tasks,
    /// Where the latest event about each task is, and back.
    latest: BTreeMap<TaskUid, u64>,
    by_latest: BTreeMap<u64, TaskUid>,
}

impl Folded {
    fn new(city: &str) -> Folded {
        Folded {
            head: Head::start(city),
            log: Log::new(city),
            tasks: Tasks::default(),
            latest: BTreeMap::new(),
            by_latest: BTreeMap::new(),
        }
    }

    /// How far the order was read.
    pub(crate) fn head(&self) -> Head {
        self.head
    }

    /// A task, with the place of the latest event about it.
    pub(crate) fn get(&self, uid: TaskUid) -> Option<(u64, &Arc<Task>)> {
        Some((*self.latest.get(&uid)?, self.tasks.get(uid)?))
    }

    /// The tasks whose latest event comes after a place, by its place: no two have the same.
    pub(crate) fn after(&self, place: u64) -> impl Iterator<Item = (u64, &Arc<Task>)> {
        let latest = self
            .by_latest
            .range((Bound::Excluded(place), Bound::Unbounded));
        latest.filter_map(|(_, uid)| self.get(*uid))
    }

    /// All events about assets: what is said of them beside the layers. They are few, and a new
    /// device needs them all.
    pub(crate) fn about_assets(&self) -> Vec<Arc<Event>> {
        let subjects = self.log.subjects();
        let assets = subjects.filter(|subject| matches!(subject, Subject::Asset(_)));
        let events = assets.flat_map(|subject| self.log.about(subject));
        events.cloned().collect()
    }

    /// All events about the city: what was set of its catalogue. A new device needs them all too.
    pub(crate) fn about_city(&self) -> Vec<Arc<Event>> {
        let city = Subject::City(self.log.city().into());
        self.log.about(&city).to_vec()
    }

    /// All events about accounts: who belongs to which crew. A new device needs them all too.
    pub(crate) fn about_accounts(&self) -> Vec<Arc<Event>> {
        let subjects = self.log.subjects();
        let accounts = subjects.filter(|subject| matches!(subject, Subject::Account(_)));
        let events = accounts.flat_map(|subject| self.log.about(subject));
        events.cloned().collect()
    }

    /// What was set of the catalogue.
    pub(crate) fn settings(&self) -> Settings {
        Settings::from_log(&self.log, &BTreeSet::new())
    }

    /// What was confirmed of assets that the layers' files do not have so.
    pub(crate) fn confirmed(&self) -> Vec<Amendment> {
        Proposals::from_log(&self.log, BTreeSet::new()).confirmed()
    }

    /// Takes the next page in, unless it does not follow on what was read before.
    fn take(&mut self, page: Vec<Placed>) -> Result<(), StoreError> {
        let mut changed = BTreeSet::new();
        for placed in page {
            self.head = self.head.followed_by(&placed.raw);
            if (placed.place, placed.chain) != (self.head.place, self.head.chain) {
                return Err(StoreError::Chain(self.head.place));
            }
            let event = Event::read(placed.raw);
            match event.subject() {
                Some(Subject::Task(uid)) => {
                    if let Some(before) = self.latest.insert(*uid, placed.place) {
                        self.by_latest.remove(&before);
                    }
                    self.by_latest.insert(placed.place, *uid);
                }
                Some(Subject::Asset(_) | Subject::City(_) | Subject::Account(_)) => {}
                _ => continue,
            }
            changed.extend(self.log.insert(event).changed);
        }
        self.tasks.refresh(&self.log, &changed);
        Ok(())
    }

    /// Whether this cannot be what came before a head: another history was put in the place
    /// of the one that was read, as when a backup is brought back under a running server.
    fn is_not_before(&self, head: &Head) -> bool {
        head.place < self.head.place || (head.place == self.head.place && *head != self.head)
    }

    /// Reads what is new. What was read counts page by page, so a caller that hangs up
    /// leaves the work to be gone on with.
    async fn catch_up(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let head = store.head().await?;
        let mut anew = self.is_not_before(&head);
        if anew {
            *self = Folded::new(store.city());
        }
        while self.head.place < head.place {
            let page = store.after(self.head.place, PAGE).await?;
            let taken = match page.is_empty() {
                true => Err(StoreError::Chain(self.head.place + 1)),
                false => self.take(page),
            };
            if let Err(broken) = taken {
                *self = Folded::new(store.city());
                if anew {
                    return Err(broken);
                }
                anew = true;
            }
        }
        Ok(())
    }
}

/// The fold that all requests share.
pub(crate) struct Folds(RwLock<Folded>);

impl Folds {
    /// Nothing read yet.
    pub(crate) fn new(city: &str) -> Folds {
        Folds(RwLock::new(Folded::new(city)))
    }

    /// The tasks as they stand after all that the store had taken in when this was called.
    ///
    /// # Errors
    /// [`StoreError::Chain`] where the log was tampered with; those of the database.
    pub(crate) async fn now(
        &self,
        store: &dyn Store,
    ) -> Result<RwLockReadGuard<'_, Folded>, StoreError> {
        let kept = self.0.read().await;
        // Asked under the lock: nobody reads on meanwhile, so a head that lies before what
        // was read is not just an old answer.
        if store.head().await? == kept.head {
            return Ok(kept);
        }
        drop(kept);
        let mut kept = self.0.write().await;
        kept.catch_up(store).await?;
        Ok(RwLockWriteGuard::downgrade(kept))
    }
}

#[cfg(test)]
mod tests;
