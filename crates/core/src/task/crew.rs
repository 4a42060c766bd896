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
    decided(
        is_done(task),
        &|| when_reported(task),
        &|| crews_of(reporters(task), catalog, members),
        &|| by_now(task),
    )
}

/// Which of what was said of a task's crew holds.
fn decided<'a>(
    is_done: bool,
    when_reported: &dyn Fn() -> Crewed<'a>,
    by_reporter: &dyn Fn() -> Crewed<'a>,
    by_now: &dyn Fn() -> Crewed<'a>,
) -> Crewed<'a> {
    let or = |first: Crewed<'a>, other: &dyn Fn() -> Crewed<'a>| match first {
        Crewed::Nobody => other(),
        some => some,
    };
    match is_done {
        true => or(or(when_reported(), by_reporter), by_now),
        false => or(by_now(), by_reporter),
    }
}

fn is_done(task: &Task) -> bool {
    matches!(
        task.state,
        State::Reported | State::Verified | State::Conflict
    )
}

/// All that a task says of whose work it is, without the task: thousands of tasks say the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CrewSaid {
    is_done: bool,
    when_reported: Vec<Option<CrewId>>,
    reporters: Vec<ActorId>,
    by_now: Vec<Option<CrewId>>,
}

impl CrewSaid {
    /// What a task says.
    pub(crate) fn of(task: &Task) -> CrewSaid {
        let owned = |crewed: Crewed<'_>| match crewed {
            Crewed::Nobody => Vec::new(),
            Crewed::By(crew) => vec![Some(crew.clone())],
            Crewed::Disputed(all) => all.into_iter().map(Option::<&CrewId>::cloned).collect(),
        };
        CrewSaid {
            is_done: is_done(task),
            when_reported: owned(when_reported(task)),
            reporters: reporters(task).cloned().collect(),
            by_now: owned(by_now(task)),
        }
    }

    /// Whose work it is: [`crew_of`] a task that says this.
    pub(crate) fn crew<'a>(&'a self, catalog: &'a Catalog, members: &'a Members) -> Crewed<'a> {
        let said = |all: &'a [Option<CrewId>]| Crewed::of(all.iter().map(Option::as_ref).collect());
        decided(
            self.is_done,
            &|| said(&self.when_reported),
            &|| crews_of(self.reporters.iter(), catalog, members),
            &|| said(&self.by_now),
        )
    }
}

fn by_now(task: &Task) -> Crewed<'_> {
    Crewed::of(crews(task.crew.written().iter().map(|w| &w.value)))
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

/// Whoever reported a task, or on whose behalf it was written down.
fn reporters(task: &Task) -> impl Iterator<Item = &ActorId> {
    reports(task).filter_map(|(event, report)| match &report.on_behalf {
        Some(of) => Some(of),
        None => Some(&task.event(event)?.envelope()?.actor),
    })
}

/// The crews of some accounts, of which each may be a crew itself.
fn crews_of<'a, 'b>(
    actors: impl Iterator<Item = &'b ActorId>,
    catalog: &'a Catalog,
    members: &'a Members,
) -> Crewed<'a> {
    let crew = |actor: &ActorId| {
        let mut all = catalog.crews.iter().map(|crew| &crew.id);
        let named = all.find(|crew| *crew.0 == *actor.0);
        named.or_else(|| members.crew(actor))
    };
    Crewed::of(distinct(actors.filter_map(crew).map(Some)))
}

/// The reports that stand, each in the words of everybody who said it.
fn reports(task: &Task) -> impl Iterator<Item = (EventId, &Reported)> {
    let written = task.report.written().iter();
    written.flat_map(|w| w.events().map(|event| (event, &*w.value)))
}

fn crews<'a>(all: impl Iterator<Item = &'a Option<CrewId>>) -> Vec<Option<&'a CrewId>> {
    distinct(all.map(Option::as_ref))
}
