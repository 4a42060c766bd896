//! The fold: from the events about an asset to what is said of it.

use super::{Decision, Proposal, Proposed, Says, Standing};
use crate::ids::{AssetUid, EventId};
use crate::log::{AssetAdded, Causality, Event, Kind, Position, Shape, Subject, View, causality};
use crate::task::writes::Writes;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Folds the events about one asset, in whatever order they are given.
///
/// * An `undone` takes away the effect of the events it names, unless it is itself taken back:
///   of a proposal, and of a decision on one.
/// * A decision waits for the proposal that it names, and has no effect on one that was taken
///   back or refused.
/// * **Refused** events count nowhere, but keep their place in the causal order.
pub fn fold(uid: AssetUid, events: &[Arc<Event>], refused: &BTreeSet<EventId>) -> Proposed {
    let causality = causality(events);
    let order: Vec<&Arc<Event>> = causality.order().map(|i| &events[i]).collect();
    let back = taken_back(&order, refused);
    let about = Subject::Asset(uid);
    let told: Vec<Told> = order
        .iter()
        .map(|event| Told::of(event, &about, refused, &back))
        .collect();
    let proposals = decided(&order, &told);
    let (added, at) = values(&order, &proposals, &causality);
    let stands = |says: fn(Says) -> bool, standing| {
        let mut all = proposals.iter();
        all.any(|p: &Proposal| says(p.says) && p.standing == standing)
    };
    let is_gone = stands(Says::is_absence, Standing::Confirmed);
    let is_confirmed = stands(|says| says == Says::Added, Standing::Confirmed);
    let is_added = proposals.iter().any(|p| p.says == Says::Added);
    Proposed {
        uid,
        added,
        at,
        is_gone,
        is_part: !is_gone && (!is_added || is_confirmed),
        read_only: told.contains(&Told::Newer),
        proposals,
    }
}

/// What an event is to the fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Nothing, or nothing that counts.
    Nothing,
    /// What a newer version says.
    Newer,
    /// A proposal, and whether it was refused or taken back.
    Proposes(Says, Standing),
    /// A decision on this proposal.
    Decides(EventId, bool),
}

impl Told {
    fn of(event: &Event, about: &Subject, refused: &BTreeSet<EventId>, back: &[EventId]) -> Told {
        let (Some(id), true) = (event.id(), event.subject() == Some(about)) else {
            return Told::Nothing;
        };
        let kind = match event.view() {
            View::Readable { kind, .. } => kind,
            View::Newer { .. } => return Told::Newer,
            View::Unreadable { .. } | View::Lost(_) => return Told::Nothing,
        };
        let standing = match (refused.contains(&id), back.contains(&id)) {
            (true, _) => Standing::Refused,
            (_, true) => Standing::TakenBack,
            _ => Standing::Open,
        };
        match (kind, standing) {
            (Kind::AssetConfirmed(k), Standing::Open) => Told::Decides(k.proposal, true),
            (Kind::AssetDeclined(k), Standing::Open) => Told::Decides(k.proposal, false),
            _ => match Says::of(kind) {
                Some(says) => Told::Proposes(says, standing),
                None => Told::Nothing,
            },
        }
    }
}

/// The proposals with what was decided on them. A decision comes after what it names.
fn decided(order: &[&Arc<Event>], told: &[Told]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for (event, told) in order.iter().zip(told) {
        match *told {
            Told::Proposes(says, standing) => {
                proposals.extend(event.id().map(|id| Proposal {
                    id,
                    event: Arc::clone(event),
                    says,
                    standing,
                    decisions: Vec::new(),
                }));
            }
            Told::Decides(id, confirms) => {
                let proposal = proposals.iter_mut().find(|p| p.id == id);
                let Some(proposal) = proposal
                    .filter(|p| !matches!(p.standing, Standing::TakenBack | Standing::Refused))
                else {
                    continue;
                };
                proposal.decisions.extend(decision(event, confirms));
                if proposal.standing == Standing::Open {
                    proposal.standing = match confirms {
                        true => Standing::Confirmed,
                        false => Standing::Declined,
                    };
                }
            }
            Told::Nothing | Told::Newer => {}
        }
    }
    proposals
}

fn decision(event: &Event, confirms: bool) -> Option<Decision> {
    let envelope = event.envelope()?;
    Some(Decision {
        event: envelope.id,
        by: envelope.actor.clone(),
        at: envelope.corrected(),
        confirms,
        note: match event.kind()? {
            Kind::AssetConfirmed(k) => k.note.clone(),
            Kind::AssetDeclined(k) => Some(k.reason.clone()),
            _ => None,
        },
    })
}

/// As it was put on the map, and where it was moved to. Confirming a proposal writes what it
/// says once more, on top of all that whoever confirmed knew.
fn values(
    order: &[&Arc<Event>],
    proposals: &[Proposal],
    causality: &Causality,
) -> (Option<Arc<AssetAdded>>, Option<Position>) {
    // What is written is the place of its proposal among them.
    let [mut added, mut place]: [Writes<usize>; 2] = Default::default();
    let holding = |id: EventId| proposals.iter().position(|p| p.id == id && p.holds());
    for (at, event) in order.iter().enumerate() {
        let (Some(id), Some(kind)) = (event.id(), event.kind()) else {
            continue;
        };
        // Whoever confirmed comes after what was confirmed.
        let (of, decides) = match kind {
            Kind::AssetConfirmed(k) => (k.proposal, true),
            _ => (id, false),
        };
        let Some(n) = holding(of) else { continue };
        let proposal = &proposals[n];
        if decides && proposal.decision().is_none_or(|d| d.event != id) {
            continue;
        }
        match proposal.says {
            Says::Added => added.put(at, id, n),
            Says::Moved => place.put(at, id, n),
            _ => {}
        }
    }
    let added = chosen(&added, causality, proposals);
    let place = chosen(&place, causality, proposals);
    (
        added.and_then(|proposal| match proposal.event.kind()? {
            Kind::AssetAdded(k) => Some(k.clone()),
            _ => None,
        }),
        place.and_then(|proposal| match proposal.event.kind()? {
            Kind::AssetCorrected(k) => match k.shape {
                Some(Shape::Point(to)) => Some(to),
                _ => None,
            },
            _ => None,
        }),
    )
}

/// Of what was written without knowledge of each other one that was confirmed, else the first in
/// causal order.
fn chosen<'p>(
    writes: &Writes<usize>,
    causality: &Causality,
    proposals: &'p [Proposal],
) -> Option<&'p Proposal> {
    let all = writes.maximal(causality);
    let is_confirmed = |n: usize| proposals[n].standing == Standing::Confirmed;
    let confirmed = all.iter().find(|write| is_confirmed(write.value));
    confirmed
        .or(all.first())
        .map(|write| &proposals[write.value])
}

/// The events that an `undone` took back which holds itself. Who takes back comes after what is
/// taken back, so one walk backwards tells.
fn taken_back(order: &[&Arc<Event>], refused: &BTreeSet<EventId>) -> Vec<EventId> {
    let mut back = Vec::new();
    for event in order.iter().rev() {
        let holds = |id: EventId| !back.contains(&id) && !refused.contains(&id);
        if let Some(Kind::Undone(undone)) = event.kind()
            && event.id().is_some_and(holds)
        {
            back.extend_from_slice(&undone.events);
        }
    }
    back
}
