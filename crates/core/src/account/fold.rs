//! From events to an account.

use super::Role;
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::log::{ActorId, Event, Kind, Subject, causality};
use crate::task::writes::Writes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An account as its events have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id, by which events name it as their actor.
    pub id: ActorId,
    /// The person's name.
    pub name: String,
    /// What it is there for.
    pub role: Role,
    /// Crews it belongs to, ascending.
    pub crews: Vec<CrewId>,
    /// Whether an administrator has locked it.
    pub locked: bool,
    /// Every role it ever was given, ascending: what was captured under an earlier one is
    /// for a supervisor to judge.
    pub ever: Vec<Role>,
    /// Every crew it ever belonged to, ascending.
    pub ever_in: Vec<CrewId>,
}

impl Account {
    /// Folds the events about one account, in whatever order they are given; `None` where
    /// none of them adds it. Neither a clock nor a server's order decides. Where
    /// administrators wrote differently without knowledge of each other, the least that any
    /// of them allowed counts: the smaller role, the crews in common, the lock. A role this
    /// version does not know is a viewer's.
    pub fn fold(id: &ActorId, events: &[Arc<Event>]) -> Option<Account> {
        let causality = causality(events);
        let order: Vec<&Arc<Event>> = causality.order().map(|i| &events[i]).collect();
        let undone = taken_back(&order);
        let mut name: Writes<String> = Writes::default();
        let mut role: Writes<Role> = Writes::default();
        let mut crews: Writes<Vec<CrewId>> = Writes::default();
        let mut locked: Writes<bool> = Writes::default();
        let (mut added, mut ever, mut ever_in) = (false, BTreeSet::new(), BTreeSet::new());
        for (at, event) in order.iter().enumerate() {
            let (Some(event_id), Some(kind)) = (event.id(), event.kind()) else {
                continue;
            };
            let is_about_it = event.envelope().is_some_and(|e| match &e.subject {
                Subject::Account(about) => about == id,
                _ => false,
            });
            if !is_about_it || undone.contains(&event_id) {
                continue;
            }
            let (its_name, its_role, its_crews) = match kind {
                Kind::AccountAdded(k) => {
                    added = true;
                    locked.put(at, event_id, false);
                    (Some(&k.name), Some(&k.role), Some(&k.crews))
                }
                Kind::AccountChanged(k) => (k.name.as_ref(), k.role.as_ref(), k.crews.as_ref()),
                Kind::AccountLocked(k) => {
                    locked.put(at, event_id, k.locked);
                    continue;
                }
                _ => continue,
            };
            if let Some(its_name) = its_name {
                name.put(at, event_id, its_name.clone());
            }
            if let Some(its_role) = its_role {
                let its_role = its_role.parse().unwrap_or(Role::Viewer);
                ever.insert(its_role);
                role.put(at, event_id, its_role);
            }
            if let Some(its_crews) = its_crews {
                ever_in.extend(its_crews.iter().cloned());
                crews.put(at, event_id, its_crews.clone());
            }
        }
        let names = name.maximal(&causality);
        let roles = role.maximal(&causality);
        let locks = locked.maximal(&causality);
        let memberships = crews.maximal(&causality);
        let in_common = memberships
            .split_first()
            .map_or_else(Vec::new, |(one, more)| {
                let all = |crew: &CrewId| more.iter().all(|w| w.value.contains(crew));
                let crews: BTreeSet<_> = one.value.iter().filter(|c| all(c)).cloned().collect();
                crews.into_iter().collect()
            });
        added.then(|| Account {
            id: id.clone(),
            name: names
                .into_iter()
                .next()
                .map_or_else(String::new, |w| w.value),
            role: roles.iter().map(|w| w.value).min().unwrap_or(Role::Viewer),
            crews: in_common,
            locked: locks.iter().any(|w| w.value),
            ever: ever.into_iter().collect(),
            ever_in: ever_in.into_iter().collect(),
        })
    }
}

/// The events that an `undone` took back which was not taken back itself. Who takes back
/// comes after what is taken back, so one walk backwards tells.
pub(super) fn taken_back(order: &[&Arc<Event>]) -> BTreeSet<EventId> {
    let mut back = BTreeSet::new();
    for event in order.iter().rev() {
        if let Some(Kind::Undone(undone)) = event.kind()
            && event.id().is_some_and(|id| !back.contains(&id))
        {
            back.extend(undone.events.iter().copied());
        }
    }
    back
}
