//! The fold: from the events about an asset to what is said of it.

use super::{Decision, Proposal, Proposed, Says, Standing, Unheard};
use crate::ids::{AssetUid, EventId};
use crate::log::{
    Back, Causality, Event, Kind, Shape, Subject, View, causality, is_back, taken_back,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Folds the events about one asset, in whatever order they are given.
///
/// * An `undone` takes away the effect of the events it names, unless it is itself taken back:
///   of a proposal, and of a decision on one.
/// * A decision waits for the proposal that it names, and has no effect on one that was taken
///   back or refused.
/// * **A confirmation outlasts a taking back that did not know it** ([`Proposal::unheard`]), and one
///   that it did not know. Whoever confirms has looked, has the right to, and may have built on it;
///   whoever takes back on a phone without signal took back a guess. Neither is lost: the proposal is
///   then disputed, and waits for a person as one does that nobody has decided yet.
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
    let proposals = decided(&order, &told, &back, &causality);
    let holds = |says| move |p: &Proposal| p.says == says && p.holds();
    let shown = |counts: &dyn Fn(&Proposal) -> bool| {
        let chosen = chosen(counts, &order, &proposals, &causality)?;
        chosen.event.kind()
    };
    let added = match shown(&holds(Says::Added)) {
        Some(Kind::AssetAdded(k)) => Some(k.clone()),
        _ => None,
    };
    let place = |kind: Option<&Kind>| match kind? {
        Kind::AssetCorrected(k) => match k.shape {
            Some(Shape::Point(to)) => Some(to),
            _ => None,
        },
        _ => None,
    };
    let at = place(shown(&holds(Says::Moved)));
    let confirmed_at = place(shown(&|p| {
        p.says == Says::Moved && p.standing == Standing::Confirmed
    }));
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
        confirmed_at,
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
    /// A proposal, and whether it was refused.
    Proposes(Says, Standing),
    /// A decision on this proposal.
    Decides(EventId, bool),
}

impl Told {
    fn of(event: &Event, about: &Subject, refused: &BTreeSet<EventId>, back: &[Back]) -> Told {
        let (Some(id), true) = (event.id(), event.subject() == Some(about)) else {
            return Told::Nothing;
        };
        let kind = match event.view() {
            View::Readable { kind, .. } => kind,
            View::Newer { .. } => return Told::Newer,
            View::Unreadable { .. } | View::Lost(_) => return Told::Nothing,
        };
        let standing = match refused.contains(&id) {
            true => Standing::Refused,
            false => Standing::Open,
        };
        let decides = |proposal, confirms| match standing {
            Standing::Open if !is_back(id, back) => Told::Decides(proposal, confirms),
            _ => Told::Nothing,
        };
        match kind {
            Kind::AssetConfirmed(k) => decides(k.proposal, true),
            Kind::AssetDeclined(k) => decides(k.proposal, false),
            _ => Says::of(kind).map_or(Told::Nothing, |says| Told::Proposes(says, standing)),
        }
    }
}

/// The proposals with what was decided on them.
fn decided(
    order: &[&Arc<Event>],
    told: &[Told],
    back: &[Back],
    causality: &Causality,
) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    for (event, said) in order.iter().zip(told) {
        if let (Told::Proposes(says, standing), Some(id)) = (*said, event.id()) {
            let mut proposal = Proposal {
                id,
                event: Arc::clone(event),
                says,
                standing,
                decisions: Vec::new(),
                unheard: Vec::new(),
                is_disputed: false,
            };
            if standing == Standing::Open {
                decide(&mut proposal, order, told_of(id, told), back, causality);
            }
            proposals.push(proposal);
        }
    }
    proposals
}

/// The decisions on a proposal: at which positions, and whether they confirm.
fn told_of(proposal: EventId, told: &[Told]) -> Vec<(usize, bool)> {
    let decisions = told
        .iter()
        .enumerate()
        .filter_map(|(at, told)| match *told {
            Told::Decides(id, confirms) if id == proposal => Some((at, confirms)),
            _ => None,
        });
    decisions.collect()
}

/// What became of one that was not refused.
fn decide(
    proposal: &mut Proposal,
    order: &[&Arc<Event>],
    decisions: Vec<(usize, bool)>,
    back: &[Back],
    causality: &Causality,
) {
    let of_it = back.iter().filter(|(named, _)| *named == proposal.id);
    let backs: Vec<usize> = of_it.map(|(_, at)| *at).collect();
    let strangers = |a, b| !causality.before(a, b) && !causality.before(b, a);
    let outlasts = |back: usize| {
        let mut all = decisions.iter();
        all.any(|(at, confirms)| *confirms && strangers(*at, back))
    };
    if !backs.iter().all(|back| outlasts(*back)) {
        proposal.standing = Standing::TakenBack;
        return;
    }
    let Some((_, holding)) = decisions.first().copied() else {
        return;
    };
    proposal.standing = match holding {
        true => Standing::Confirmed,
        false => Standing::Declined,
    };
    let is_answered = |against: usize| {
        let mut agreeing = decisions.iter().filter(|(_, says)| *says == holding);
        agreeing.any(|(at, _)| causality.before(against, *at))
    };
    let otherwise = decisions.iter().filter(|(_, says)| *says != holding);
    let mut against = otherwise.map(|(at, _)| *at).chain(backs.iter().copied());
    proposal.is_disputed = against.any(|at| !is_answered(at));
    let told = |(at, confirms): (usize, bool)| decision(order.get(at)?, confirms);
    proposal.decisions = decisions.into_iter().filter_map(told).collect();
    let unheard = |at: usize| {
        let envelope = order.get(at)?.envelope()?;
        Some(Unheard {
            event: envelope.id,
            by: envelope.actor.clone(),
            at: envelope.corrected(),
        })
    };
    proposal.unheard = backs.into_iter().rev().filter_map(unheard).collect();
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

/// Of the proposals that count the one that the map shows. Confirming one says it once more, on top of all
/// that whoever confirmed knew; of what was said without knowledge of each other it is one that
/// was confirmed, else the first in causal order.
#[inline(never)]
fn chosen<'p>(
    counts: &dyn Fn(&Proposal) -> bool,
    order: &[&Arc<Event>],
    proposals: &'p [Proposal],
    causality: &Causality,
) -> Option<&'p Proposal> {
    let mut front: Vec<(usize, &Proposal)> = Vec::new();
    for (at, event) in order.iter().enumerate() {
        let Some(id) = event.id() else { continue };
        let said = proposals.iter().find(|p| {
            let confirms = p.decision().is_some_and(|d| d.event == id && d.confirms);
            counts(p) && (p.id == id || confirms)
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
