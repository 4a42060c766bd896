//! Which account is of which crew.

use super::fold::taken_back;
use crate::catalog::CrewId;
use crate::log::{ActorId, Event, Kind, Log, Subject, causality};
use std::sync::Arc;

/// Which account is of which crew, as far as that can be said of work of any day: no event says since
/// when an account belongs to a crew, so one that ever was in two is of neither.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(Vec<(ActorId, CrewId)>);

impl Members {
    /// As the events about accounts in a log say.
    pub fn from_log(log: &Log) -> Members {
        let mut members = Members::default();
        for subject in log.subjects() {
            if let Subject::Account(id) = subject {
                members.add(id, log.about(subject));
            }
        }
        members
    }

    /// Adds an account with the events about it, in whatever order.
    pub fn add(&mut self, id: &ActorId, events: &[Arc<Event>]) {
        let causality = causality(events);
        let order: Vec<&Arc<Event>> = causality.order().map(|i| &events[i]).collect();
        let undone = taken_back(&order);
        let holding = order
            .iter()
            .filter(|event| event.id().is_some_and(|id| !undone.contains(&id)));
        let crews = holding.filter_map(|event| match event.kind()? {
            Kind::AccountAdded(added) => Some(&added.crews),
            Kind::AccountChanged(changed) => changed.crews.as_ref(),
            _ => None,
        });
        let mut crews = crews.flatten();
        if let Some(first) = crews.next()
            && crews.all(|crew| crew == first)
        {
            self.0.push((id.clone(), first.clone()));
        }
    }

    /// The crew of an account; none where there is no such account, or more than one crew.
    pub fn crew(&self, account: &ActorId) -> Option<&CrewId> {
        let mut all = self.0.iter();
        let found = all.find(|(id, _)| id == account);
        found.map(|(_, crew)| crew)
    }
}

impl<A: Into<ActorId>, C: Into<CrewId>> FromIterator<(A, C)> for Members {
    fn from_iter<I: IntoIterator<Item = (A, C)>>(all: I) -> Members {
        let all = all.into_iter();
        Members(all.map(|(id, crew)| (id.into(), crew.into())).collect())
    }
}
