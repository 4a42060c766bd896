//! Until when a task is to be done.

use super::{Standing, Task};
use crate::catalog::{Catalog, Severity, TimeLimit, WorkKind};
use crate::log::{Kind, Moment};
use jiff::civil::Weekday;

const HOUR_MS: i64 = 3_600_000;

/// Until when a task is to be done: as somebody said, else by the time limit that the catalogue
/// sets for such work. That one counts from the dispatch, or from when the task came to be where
/// nobody has dispatched it.
///
/// A defect's severity has a limit of its own; the nearer of both holds.
///
/// Of several limits the first holds, which is the catalogue's usual occasion; for a danger the
/// shortest of those that have something guarded. Working days are Monday to Friday: what the
/// city's holidays are, nobody has told.
pub fn deadline(task: &Task, catalog: &Catalog) -> Option<Moment> {
    if let Some(due) = task.due.any().copied().flatten() {
        return Some(due);
    }
    let kind = task.work.any().and_then(|work| catalog.work_kind(work));
    let limit = kind.and_then(|kind| time_limit(kind, task.is_dangerous()));
    let from = clock_start(task)?;
    let by_work = limit.and_then(|limit| until(limit, from));
    let by_severity = severity(task, catalog).and_then(|severity| severity.hours);
    let by_severity = by_severity.map(|hours| from.shifted(i64::from(hours) * HOUR_MS));
    by_work.into_iter().chain(by_severity).min()
}

fn until(limit: &TimeLimit, from: Moment) -> Option<Moment> {
    match (limit.hours, limit.working_days) {
        (Some(hours), _) => Some(from.shifted(i64::from(hours) * HOUR_MS)),
        (None, days) => Some(after_working_days(from, days?)),
    }
}

/// How bad the defect is, by whoever said the worst of it.
pub fn severity<'a>(task: &Task, catalog: &'a Catalog) -> Option<&'a Severity> {
    let said = |kind: &Kind| match kind {
        Kind::Found(found) => found.severity.clone(),
        _ => None,
    };
    let said: Vec<String> = holding(task).filter_map(|(kind, _)| said(kind)).collect();
    let mut worst_first = catalog.severities.iter().rev();
    worst_first.find(|severity| said.iter().any(|said| said == severity.id.as_str()))
}

/// When the handling clock starts: at the first dispatch, or when the task came to be where nobody
/// has dispatched it. None where neither is known.
pub fn clock_start(task: &Task) -> Option<Moment> {
    dispatched_at(task).or(task.created)
}

/// Until when a danger is to be guarded, by the catalogue's time limit for such work, counted as
/// for [`deadline`]; none where nobody sets one, it is no danger, or somebody said that it is guarded.
pub fn guard_by(task: &Task, catalog: &Catalog) -> Option<Moment> {
    let is_guarded = |kind: &Kind| matches!(kind, Kind::MadeSafe(safe) if safe.precheck.is_none());
    if !task.is_dangerous() || holding(task).any(|(kind, _)| is_guarded(kind)) {
        return None;
    }
    let limits = &catalog.work_kind(task.work.any()?)?.limits;
    let hours = limits.iter().filter_map(|limit| limit.guard_hours).min()?;
    let from = clock_start(task)?;
    Some(from.shifted(i64::from(hours) * HOUR_MS))
}

/// The time limit that holds for such work: the first that has an end, for a danger the shortest
/// of those that have something guarded.
pub fn time_limit(kind: &WorkKind, is_dangerous: bool) -> Option<&TimeLimit> {
    let limits = || kind.limits.iter().filter(|limit| has_an_end(limit));
    let dangers = limits().filter(|limit| limit.guard_hours.is_some() && is_dangerous);
    dangers.min_by_key(hours).or_else(|| limits().next())
}

fn has_an_end(limit: &TimeLimit) -> bool {
    limit.hours.is_some() || limit.working_days.is_some()
}

/// For comparing: a working day is more than a day.
fn hours(limit: &&TimeLimit) -> u64 {
    let days = limit.working_days.map(|days| u64::from(days) * 24);
    limit.hours.map(u64::from).or(days).unwrap_or(u64::MAX)
}

/// The first dispatch: a second one gives the task to others, and no more time.
fn dispatched_at(task: &Task) -> Option<Moment> {
    let dispatches = holding(task).filter(|(kind, _)| matches!(kind, Kind::Dispatched(_)));
    dispatches.map(|(_, at)| at).min()
}

/// What holds of what was said about it, and when.
pub(crate) fn holding(task: &Task) -> impl Iterator<Item = (&Kind, Moment)> {
    let entries = task.events.iter();
    let entries = entries.filter(|entry| entry.standing == Standing::Holds);
    entries.filter_map(|entry| Some((entry.event.kind()?, entry.event.envelope()?.corrected())))
}

/// The same time of the day so many working days later.
fn after_working_days(from: Moment, days: u32) -> Moment {
    let (mut to, mut left) = (from, days);
    while left > 0 {
        let next = to.shifted(24 * HOUR_MS);
        if next == to {
            break; // at the end of the years that exist
        }
        to = next;
        let weekday = to.local_date().weekday();
        left -= u32::from(!matches!(weekday, Weekday::Saturday | Weekday::Sunday));
    }
    to
}
