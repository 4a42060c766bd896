//! All tasks of a city, kept up with its log.

use super::{Mark, Task, fold, mark_of};
use crate::ids::{AssetUid, EventId, TaskUid};
use crate::log::{Log, Subject};
use crate::order::distinct;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All tasks of a city. Throw it away and fold again, and you get the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tasks {
    tasks: BTreeMap<TaskUid, Arc<Task>>,
    by_asset: BTreeMap<AssetUid, BTreeSet<TaskUid>>,
    refused: BTreeSet<EventId>,
}

/// What changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Tasks that are not what they were.
    pub tasks: BTreeSet<TaskUid>,
    /// Assets that are, or were, the target of one of them.
    pub assets: BTreeSet<AssetUid>,
}

impl Tasks {
    /// Folds a whole log.
    pub fn from_log(log: &Log, refused: BTreeSet<EventId>) -> Tasks {
        let mut tasks = Tasks {
            refused,
            ..Tasks::default()
        };
        tasks.refresh(log, log.subjects());
        tasks
    }

    /// Folds again the tasks among `subjects`, which the log says have changed
    /// ([`crate::log::Insertion::changed`], [`crate::log::Merged::changed`]).
    pub fn refresh<'a>(
        &mut self,
        log: &Log,
        subjects: impl IntoIterator<Item = &'a Subject>,
    ) -> Changed {
        let mut changed = Changed::default();
        for subject in subjects {
            if let Subject::Task(uid) = subject {
                self.refold(*uid, log, &mut changed);
            }
        }
        changed
    }

    /// Sets whether an event counts: the server's verdict. Refused events stay in
    /// the log and count nowhere.
    pub fn set_refused(&mut self, event: EventId, refused: bool, log: &Log) -> Changed {
        let news = match refused {
            true => self.refused.insert(event),
            false => self.refused.remove(&event),
        };
        let subject = log.get(event).and_then(|e| e.subject());
        match subject {
            Some(subject) if news => self.refresh(log, [subject]),
            _ => Changed::default(),
        }
    }

    fn refold(&mut self, uid: TaskUid, log: &Log, changed: &mut Changed) {
        let events = log.about(&Subject::Task(uid));
        let new = (!events.is_empty()).then(|| fold(uid, events, &self.refused));
        let old = self.tasks.get(&uid);
        if old.map(|t| &**t) == new.as_ref() {
            return;
        }
        let before = distinct(old.into_iter().flat_map(|t| assets(t)));
        let after = distinct(new.iter().flat_map(assets));
        let gone = |asset: &&AssetUid| after.binary_search(asset).is_err();
        for asset in before.iter().filter(gone) {
            if let Some(tasks) = self.by_asset.get_mut(asset) {
                tasks.remove(&uid);
                if tasks.is_empty() {
                    self.by_asset.remove(asset);
                }
            }
        }
        for asset in &after {
            self.by_asset.entry(*asset).or_default().insert(uid);
        }
        changed.assets.extend(before);
        changed.assets.extend(after);
        changed.tasks.insert(uid);
        match new {
            Some(task) => self.tasks.insert(uid, task.into()),
            None => self.tasks.remove(&uid),
        };
    }

    /// The task with this uid.
    pub fn get(&self, uid: TaskUid) -> Option<&Arc<Task>> {
        self.tasks.get(&uid)
    }

    /// All tasks, by uid.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Task>> + Clone {
        self.tasks.values()
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Tasks that an asset is the target of, or part of the target of, by uid.
    pub fn on_asset(&self, asset: AssetUid) -> impl Iterator<Item = &Arc<Task>> {
        let uids = self.by_asset.get(&asset).into_iter().flatten();
        uids.filter_map(|uid| self.tasks.get(uid))
    }

    /// Assets that have tasks, by uid.
    pub fn assets(&self) -> impl Iterator<Item = AssetUid> + '_ {
        self.by_asset.keys().copied()
    }

    /// The mark an asset wears on the map.
    pub fn mark(&self, asset: AssetUid) -> Mark {
        mark_of(asset, self.on_asset(asset).map(|t| &**t))
    }
}

/// All assets that any value of the target names.
fn assets(task: &Task) -> impl Iterator<Item = AssetUid> + '_ {
    let targets = task.target.written().iter();
    targets.flat_map(|w| w.value.assets()).map(|a| a.uid)
}
