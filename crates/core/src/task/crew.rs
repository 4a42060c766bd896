//! Whose work a task is.

use super::{State, Task};
use crate::account::Members;
use crate::catalog::{Catalog, CrewId};
use crate::ids::EventId;
use crate::log::{ActorId, Reported};
use crate::order::distinct;

/// The crew whose work something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crewed<'a> {
    /// Nobody can say it.
    Nobody,
    /// This one's.
    By(&'a CrewId),
    /// People said different things, and nobody has decided; none among them is that it was taken from
    /// whoever had it.
    Disputed(Vec<Option<&'a CrewId>>),
}

impl<'a> Crewed<'a> {
    /// The crew, if there is exactly one.
    pub fn one(&self) -> Option<&'a CrewId> {
        match self {
            Crewed::By(crew) => Some(crew),
            Crewed::Nobody | Crewed::Disputed(_) => None,
        }
    }

    /// Whether it is one of these; none where it may be.
    pub fn is_among(&self, crews: &[CrewId]) -> Option<bool> {
        match self {
            Crewed::Nobody => Some(false),
            Crewed::By(crew) => Some(crews.contains(crew)),
            Crewed::Disputed(all) => match all.iter().flatten().any(|crew| crews.contains(crew)) {
                true => None,
                false => Some(false),
            },
        }
    }

    fn of(mut all: Vec<Option<&'a CrewId>>) -> Crewed<'a> {
        match all.len() {
            0 => Crewed::Nobody,
            1 => all.pop().flatten().map_or(Crewed::Nobody, Crewed::By),
            _ => Crewed::Disputed(all),
        }
    }
}

/// Whose work a task is.
///
/// * Of one that is done: the crew that it was given to when it was reported, as far as who reported
///   knew. Who gives it to others afterwards does not give them the work that was done. Where that
///   was in conflict, whoever of them a person chose since.
/// * Where nobody had been given it: the crew on whose behalf it was written down, else the crew of
///   who reported it, who is that crew or an account of it ([`Members`]). That account's crew is
///   looked at only where nobody is named, since a clerk's own says nothing.
/// * Where that cannot be said either, and of what is not done: the crew that it is given to by now.
///   What was sent back and given to nobody is left with who reported it.
pub fn crew_of<'a>(task: &'a Task, catalog: &'a Catalog, members: &'a Members) -> Crewed<'a> {
    let by_now = || Crewed::of(crews(task.crew.written().iter().map(|w| &w.value)));
    let by_reporter = || reporters(task, catalog, members);
    let or = |first: Crewed<'a>, other: &dyn Fn() -> Crewed<'a>| match first {
        Crewed::Nobody => other(),
        some => some,
    };
    match task.state {
        State::Reported | State::Verified | State::Conflict => {
            or(or(when_reported(task), &by_reporter), &by_now)
        }
        _ => or(by_now(), &by_reporter),
    }
}

/// The crew that a task was given to when it was reported.
fn when_reported(task: &Task) -> Crewed<'_> {
    let given = reports(task).filter_map(|(event, _)| {
        let mut all = task.given.iter();
        all.find(|given| given.report == event)
    });
    let all = crews(given.flat_map(|given| &given.crews));
    let chosen = task.crew.set().filter(|crew| all.contains(&Some(crew)));
    match (all.iter().any(Option::is_some), chosen) {
        (false, _) => Crewed::Nobody,
        (true, Some(crew)) if all.len() > 1 => Crewed::By(crew),
        (true, _) => Crewed::of(all),
    }
}

/// The crew of whoever reported a task.
fn reporters<'a>(task: &'a Task, catalog: &'a Catalog, members: &'a Members) -> Crewed<'a> {
    let crew = |actor: &ActorId| {
        let mut all = catalog.crews.iter().map(|crew| &crew.id);
        let named = all.find(|crew| *crew.0 == *actor.0);
        named.or_else(|| members.crew(actor))
    };
    let all = reports(task).filter_map(|(event, report)| match &report.on_behalf {
        Some(of) => crew(of),
        None => crew(&task.event(event)?.envelope()?.actor),
    });
    Crewed::of(distinct(all.map(Some)))
}

/// The reports that stand, each in the words of everybody who said it.
fn reports(task: &Task) -> impl Iterator<Item = (EventId, &Reported)> {
    let written = task.report.written().iter();
    written.flat_map(|w| w.events().map(|event| (event, &*w.value)))
}

fn crews<'a>(all: impl Iterator<Item = &'a Option<CrewId>>) -> Vec<Option<&'a CrewId>> {
    distinct(all.map(Option::as_ref))
}
