//! All that is said of a city's assets, kept up with its log.

use super::{Proposed, fold};
use crate::city::Amendment;
use crate::ids::{AssetUid, EventId};
use crate::log::{Log, Subject};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All that is said of assets. Throw it away and fold again, and you get the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposals {
    assets: BTreeMap<AssetUid, Arc<Proposed>>,
    refused: BTreeSet<EventId>,
}

impl Proposals {
    /// Folds a whole log.
    pub fn from_log(log: &Log, refused: BTreeSet<EventId>) -> Proposals {
        let mut proposals = Proposals {
            refused,
            ..Proposals::default()
        };
        proposals.refresh(log, log.subjects());
        proposals
    }

    /// Folds again the assets among `subjects`, which the log says have changed; those that are
    /// not what they were.
    pub fn refresh<'a>(
        &mut self,
        log: &Log,
        subjects: impl IntoIterator<Item = &'a Subject>,
    ) -> Vec<AssetUid> {
        let mut changed = Vec::new();
        for subject in subjects {
            if let Subject::Asset(uid) = subject {
                self.refold(*uid, log, &mut changed);
            }
        }
        changed
    }

    fn refold(&mut self, uid: AssetUid, log: &Log, changed: &mut Vec<AssetUid>) {
        let events = log.about(&Subject::Asset(uid));
        let new = fold(uid, events, &self.refused);
        let new = (!new.proposals.is_empty() || new.read_only).then_some(new);
        if self.assets.get(&uid).map(|old| &**old) == new.as_ref() {
            return;
        }
        changed.push(uid);
        match new {
            Some(new) => self.assets.insert(uid, new.into()),
            None => self.assets.remove(&uid),
        };
    }

    /// Sets whether an event counts: the server's verdict. Refused events stay in the log and
    /// count nowhere.
    pub fn set_refused(&mut self, event: EventId, refused: bool, log: &Log) -> Vec<AssetUid> {
        let news = match refused {
            true => self.refused.insert(event),
            false => self.refused.remove(&event),
        };
        let subject = log.get(event).and_then(|e| e.subject());
        match subject {
            Some(subject) if news => self.refresh(log, [subject]),
            _ => Vec::new(),
        }
    }

    /// The events that count nowhere, by the server's verdict.
    pub fn refused(&self) -> &BTreeSet<EventId> {
        &self.refused
    }

    /// What is said of an asset.
    pub fn get(&self, uid: AssetUid) -> Option<&Arc<Proposed>> {
        self.assets.get(&uid)
    }

    /// All of which something is said, by uid.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Proposed>> {
        self.assets.values()
    }

    /// True if nothing is said of any.
    pub fn is_empty(&self) -> bool {
        self.assets.is_empty()
    }

    /// What was confirmed that the layers' files do not have so.
    pub fn confirmed(&self) -> Vec<Amendment> {
        self.iter().filter_map(|all| all.confirmed()).collect()
    }

    /// What the city shows otherwise than the layers' files have it.
    pub fn amendments(&self) -> Vec<Amendment> {
        self.iter().filter_map(|all| all.amendment()).collect()
    }
}
