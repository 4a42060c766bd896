//! What now: the work of a day in the order in which to go about it.

use super::{Mark, State, Stop, Task, TaskSummary, deadline};
use crate::catalog::{Catalog, CrewId};
use crate::geodesy::{Leg, LonLat};
use crate::log::{ActorId, Moment, Position, Target};
use crate::order::sort_by;
use serde::{Deserialize, Serialize};

/// How a task presses, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Urgency {
    /// Its time has passed.
    Overdue,
    /// It was sent back.
    Returned,
    /// Its time ends before the day does.
    DueToday,
    /// It is to be done.
    Open,
    /// Nobody has anything to do about it.
    Closed,
}

/// A task of the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Errand {
    /// The task.
    pub task: TaskSummary,
    /// How it presses.
    pub urgency: Urgency,
    /// Until when it is to be done; see [`deadline`].
    pub due: Option<Moment>,
    /// How far it is, and which way; of a round, to the nearest of its assets that are left.
    pub leg: Option<Leg>,
    /// It came from others and nobody has looked to it, or it came back.
    pub is_news: bool,
    /// It is open and somebody said that it must be guarded at once.
    pub is_dangerous: bool,
}

/// How urgent most work is, of 1 to 3.
const NORMAL: u8 = 2;

/// Tasks in the order in which to go about them, as of `now` and seen from `at`.
///
/// What is overdue comes first, then what was sent back, then what is due today: each by its
/// deadline, and what has the same by distance. All else is nearest first, since what is due
/// next week is best done when one is there. What somebody called urgent goes before what presses
/// in the same way, and what they said can wait behind it. Without a place to measure from, what
/// changed last comes first.
pub fn agenda<'a>(
    tasks: impl Iterator<Item = &'a Task>,
    catalog: &Catalog,
    crew: Option<&CrewId>,
    now: Moment,
    at: Option<LonLat>,
) -> Vec<Errand> {
    let errand = |task: &Task| {
        let due = deadline(task, catalog).filter(|_| task.is_open());
        Errand {
            urgency: urgency(task, due, now),
            due,
            leg: at.and_then(|at| nearest(task, at)),
            is_news: is_news(task, crew),
            is_dangerous: task.is_open() && task.is_dangerous(),
            task: task.summary(),
        }
    };
    let mut errands: Vec<Errand> = tasks.map(errand).collect();
    sort_by(&mut errands, |a, b| {
        let by_deadline = match a.urgency {
            Urgency::Open | Urgency::Closed => std::cmp::Ordering::Equal,
            // What has no deadline can wait for what has.
            _ => (a.due.is_none(), a.due).cmp(&(b.due.is_none(), b.due)),
        };
        let far = |errand: &Errand| errand.leg.map_or(f64::INFINITY, |leg| leg.metres);
        (a.urgency.cmp(&b.urgency))
            .then(by_deadline)
            .then_with(|| rank(&a.task).cmp(&rank(&b.task)))
            .then_with(|| far(a).total_cmp(&far(b)))
            .then_with(|| b.task.changed.cmp(&a.task.changed))
    });
    errands
}

/// Where a task stands among others by what somebody said of how urgent it is; without a word it is
/// like most.
fn rank(task: &TaskSummary) -> u8 {
    task.priority.unwrap_or(NORMAL)
}

/// Whether a task is one for these people: theirs, or nobody's, or one that they had a hand in.
/// For whoever is of no crew, all are.
pub fn concerns(task: &Task, crew: Option<&CrewId>, actor: &ActorId) -> bool {
    let Some(crew) = crew else {
        return true;
    };
    let given = task.crew.written();
    let theirs = |to: &Option<CrewId>| to.as_ref().is_none_or(|to| to == crew);
    given.is_empty() || given.iter().any(|w| theirs(&w.value)) || task.involves(actor)
}

/// Whether a crew has to be told of a task: it was given to them and they have not taken it, or
/// it was sent back to them.
pub fn is_news(task: &Task, crew: Option<&CrewId>) -> bool {
    let given = task.crew.any().and_then(Option::as_ref);
    let is_theirs = given.is_some() && given == crew;
    match task.state {
        State::Dispatched => is_theirs,
        State::Returned => is_theirs || given.is_none() || crew.is_none(),
        _ => false,
    }
}

/// How a task presses that has until then.
pub fn urgency(task: &Task, due: Option<Moment>, now: Moment) -> Urgency {
    if !task.is_open() {
        return Urgency::Closed;
    }
    match due {
        Some(due) if due.utc < now.utc => Urgency::Overdue,
        _ if Mark::of(task.state) == Mark::SentBack => Urgency::Returned,
        Some(due) if due.utc <= end_of_day(now).utc => Urgency::DueToday,
        _ => Urgency::Open,
    }
}

/// The midnight after a moment, where it was told.
fn end_of_day(now: Moment) -> Moment {
    let time = now.offset.to_datetime(now.utc).time();
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    now.shifted((86_400 - seconds - i64::from(time.second())) * 1000)
}

/// The way to a task. Of a round, to the nearest asset that is left; of a drawing, to its nearest
/// corner.
fn nearest(task: &Task, at: LonLat) -> Option<Leg> {
    let leg = |to: Position| Leg::between(at, LonLat::from(<[f64; 2]>::from(to.degrees())));
    let legs: Vec<Leg> = match &**task.target.any()? {
        Target::Round(_) => {
            let left = task.stops().into_iter().filter(|(_, s)| *s == Stop::Left);
            left.map(|(asset, _)| leg(asset.at)).collect()
        }
        Target::Place(place) => place.shape.positions().map(leg).collect(),
        Target::Asset(asset) => vec![leg(asset.at)],
    };
    let nearest = legs
        .into_iter()
        .min_by(|a, b| a.metres.total_cmp(&b.metres));
    nearest.or_else(|| Some(leg(task.target.any()?.position()?)))
}
