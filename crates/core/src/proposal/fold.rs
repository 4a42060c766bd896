//! The fold: from the events about an asset to what is said of it.

use super::{Decision, Proposal, Proposed, Says, Standing};
use crate::ids::{AssetUid, EventId};
use crate::log::{Causality, Event, Kind, Shape, Subject, View, causality};
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
    let shown = |says| chosen(says, &order, &proposals, &causality)?.event.kind();
    let added = match shown(Says::Added) {
        Some(Kind::AssetAdded(k)) => Some(k.clone()),
        _ => None,
    };
    let at = match shown(Says::Moved) {
        Some(Kind::AssetCorrected(k)) => match k.shape {
            Some(Shape::Point(to)) => Some(to),
            _ => None,
        },
        _ => None,
    };
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

/// The proposal to say this that the map shows. Confirming one says it once more, on top of all
/// that whoever confirmed knew; of what was said without knowledge of each other it is one that
/// was confirmed, else the first in causal order.
fn chosen<'p>(
    says: Says,
    order: &[&Arc<Event>],
    proposals: &'p [Proposal],
    causality: &Causality,
) -> Option<&'p Proposal> {
    let mut front: Vec<(usize, &Proposal)> = Vec::new();
    for (at, event) in order.iter().enumerate() {
        let Some(id) = event.id() else { continue };
        let said = proposals.iter().find(|p| {
            let confirms = p.decision().is_some_and(|d| d.event == id && d.confirms);
            p.says == says && p.holds() && (p.id == id || confirms)
        });
        if let Some(said) = said {
            front.retain(|(before, _)| !causality.before(*before, at));
            front.push((at, said));
        }
    }
    let confirmed = |(_, p): &&(usize, &Proposal)| p.standing == Standing::Confirmed;
    let shown = front.iter().find(confirmed).or(front.first());
    shown.map(|(_, proposal)| *proposal)
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
