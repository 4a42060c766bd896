//! The journal that requests share. Nothing is lost with it: it is made again from the tasks.

use mendmap_core::catalog::Catalog;
use mendmap_core::ledger::Journal;
use mendmap_core::task::Task;
use std::sync::{Arc, Mutex, PoisonError};

/// What the tasks add to the ledger, once somebody has asked for it.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Option<Journal>>);

impl Kept {
    /// Asks the journal of some tasks, by uid. One after the other: it follows the tasks first, and then
    /// an answer takes some milliseconds.
    pub(crate) fn ask<T>(
        &self,
        catalog: &Catalog,
        tasks: &[Arc<Task>],
        what: impl FnOnce(&Journal) -> T,
    ) -> T {
        // One who failed while it followed left some other journal, which is thrown away.
        let mut kept = self.0.lock().unwrap_or_else(|broken| {
            self.0.clear_poison();
            let mut kept = PoisonError::into_inner(broken);
            *kept = None;
            kept
        });
        match &mut *kept {
            Some(journal) => {
                journal.follow(catalog, tasks.iter());
                what(journal)
            }
            none => what(none.insert(Journal::of(catalog, tasks.iter()))),
        }
    }
}
