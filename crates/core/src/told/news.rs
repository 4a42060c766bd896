//! What is news to a crew.

use crate::catalog::{Catalog, CrewId};
use crate::ids::EventId;
use crate::log::{Event, Kind, Moment};
use crate::order::sort_by;
use crate::task::{Stage, Standing, Task, deadline};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Reach;

/// Whose work a robot tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// That of these crews.
    Crews(BTreeSet<CrewId>),
    /// All that no other robot tells of: that of all crews but these, and what no crew has.
    Rest {
        /// The crews that another robot tells.
        but: BTreeSet<CrewId>,
    },
}

impl Audience {
    /// Whether it is told of what a crew has, or of what none has.
    pub fn hears(&self, crew: Option<&CrewId>) -> bool {
        match (self, crew) {
            (Audience::Crews(crews), Some(crew)) => crews.contains(crew),
            (Audience::Crews(_), None) => false,
            (Audience::Rest { but }, crew) => crew.is_none_or(|crew| !but.contains(crew)),
        }
    }

    /// Whether it may be told of more than one crew's work.
    pub fn is_mixed(&self) -> bool {
        !matches!(self, Audience::Crews(crews) if crews.len() == 1)
    }
}

/// What happened, what asks for an answer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Work was given to a crew, and nobody has taken it.
    Given,
    /// It was sent back.
    SentBack,
    /// A defect was found that has to be guarded at once.
    Found,
    /// It was not done in time.
    Overdue,
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// What happened; of several things the first.
    pub what: What,
    /// To which task.
    pub task: Arc<Task>,
    /// Who has it.
    pub crew: Option<CrewId>,
    /// Until when it is to be done; see [`deadline`].
    pub due: Option<Moment>,
    /// Whether that has passed.
    pub is_overdue: bool,
    /// Whether it is about a danger, which waits for no morning.
    pub is_dangerous: bool,
}

/// What there is to be told of, at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The tasks in which something is left to be done, as of `head`.
    pub open: &'a [Arc<Task>],
    /// The places of the events that came after where the robot was told.
    pub places: &'a BTreeMap<EventId, u64>,
    /// How far the order has come.
    pub head: u64,
    /// The city's catalogue.
    pub catalog: &'a Catalog,
    /// The city's zone.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl Scene<'_> {
    /// What is new since then among dangers, or among all else: dangers first, then by deadline.
    /// Of each task there is at most one for each crew that has it.
    pub(super) fn since(&self, reach: &Reach, dangerous: bool, audience: &Audience) -> Vec<News> {
        let mut news = Vec::new();
        for task in self.open {
            if task.is_open() && task.is_dangerous() == dangerous {
                news.extend(
                    self.of(task, reach)
                        .filter(|n| audience.hears(n.crew.as_ref())),
                );
            }
        }
        sort_by(&mut news, |a: &News, b: &News| {
            (a.due.is_none(), a.due, a.what).cmp(&(b.due.is_none(), b.due, b.what))
        });
        news
    }

    fn of(&self, task: &Arc<Task>, reach: &Reach) -> impl Iterator<Item = News> {
        let due = deadline(task, self.catalog);
        let is_overdue = due.is_some_and(|due| due.utc <= self.now);
        let crews = match task.crew.written() {
            [] => vec![(None, Vec::new())],
            given => {
                let given = given.iter();
                given
                    .map(|w| (w.value.clone(), w.events().collect()))
                    .collect()
            }
        };
        let is_fresh = |id: EventId| self.places.get(&id).is_some_and(|at| *at > reach.place);
        let fresh = |kind: fn(&Kind) -> bool| {
            let said = holding(task).filter(move |event| event.kind().is_some_and(kind));
            said.filter_map(|event| event.id()).any(is_fresh)
        };
        let sent_back = task.stage.written().iter();
        let is_sent_back = sent_back
            .filter(|w| w.value == Stage::Returned)
            .any(|w| w.events().any(is_fresh));
        let found = fresh(|kind| matches!(kind, Kind::Found(found) if found.dangerous));
        // Either its time has come since, or somebody has said since what had passed already.
        let has_come = due.is_some_and(|due| due.utc > reach.clock.min(self.now));
        let overdue = is_overdue && (has_come || fresh(sets_a_deadline));
        crews
            .into_iter()
            .filter_map(move |(crew, by): (Option<CrewId>, Vec<EventId>)| {
                let is_given = |id: EventId| is_fresh(id) && !is_taken_since(task, id);
                let what = match () {
                    () if crew.is_some() && by.into_iter().any(is_given) => What::Given,
                    () if is_sent_back => What::SentBack,
                    () if found => What::Found,
                    () if overdue => What::Overdue,
                    () => return None,
                };
                Some(News {
                    what,
                    task: task.clone(),
                    crew,
                    due,
                    is_overdue,
                    is_dangerous: task.is_dangerous(),
                })
            })
    }
}

fn holding(task: &Task) -> impl Iterator<Item = &Arc<Event>> {
    let entries = task.events.iter();
    let holding = entries.filter(|entry| entry.standing == Standing::Holds);
    holding.map(|entry| &entry.event)
}

/// Whether a deadline may be told by it, or begin to run.
fn sets_a_deadline(kind: &Kind) -> bool {
    match kind {
        Kind::Plotted(_) | Kind::Found(_) | Kind::Dispatched(_) => true,
        Kind::Edited(edited) => edited.due.is_some(),
        _ => false,
    }
}

/// Whether somebody who knew of it has taken the work, or gone on with it.
fn is_taken_since(task: &Task, given: EventId) -> bool {
    let takes = |kind: &Kind| {
        matches!(
            kind,
            Kind::Accepted(_) | Kind::Started(_) | Kind::Ticked(_) | Kind::Reported(_)
        )
    };
    let mut taking = holding(task).filter(|event| event.kind().is_some_and(takes));
    taking.any(|event| knows(task, event, given))
}

/// Whether the author of an event knew of another one about the same task.
fn knows(task: &Task, event: &Event, other: EventId) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![event]);
    while let Some(event) = next.pop() {
        for id in event.envelope().into_iter().flat_map(|e| e.saw.iter()) {
            if *id == other {
                return true;
            }
            if seen.insert(*id) {
                next.extend(task.event(*id).map(|event| &**event));
            }
        }
    }
    false
}
