//! The same totals for each crew, street, community, grid cell or month.

use super::{Holdings, Period, Scope, Totals, totals};
use crate::catalog::{Catalog, Nature};
use crate::log::Snapshot;
use crate::log::day::days_between;
use crate::task::{State, Task};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What totals are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The crew whose work it is ([`crate::task::crew_of`]).
    Crew,
    /// The street, as the report has it.
    Street,
    /// The community, as the report has it.
    Community,
    /// The grid cell, as the report has it.
    Grid,
    /// The calendar month in which it was done.
    Month,
    /// Whether it was verified: `reported` or `verified`.
    State,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which: a crew's id, a name, a cell, a month such as `2024-05`. None for what is of none,
    /// or where two were named and nobody has decided.
    pub key: Option<String>,
    /// What it comes to. Of what counts once each group has its own: an asset that two crews
    /// worked on is one of each, and one of all.
    pub totals: Totals,
}

/// Adds up what was done, apart for each group of which there is anything, by their keys; what
/// is of none last. Of a period its own months alone are groups, each with its own mean.
///
/// A stock is told for places, also for those where nothing was done; at no place is what the layers
/// have nowhere. It is told for no crew, month or state: an asset has none, and there it is what was
/// worked on.
pub fn grouped<'a>(
    catalog: &Catalog,
    scope: &Scope,
    by: By,
    tasks: impl IntoIterator<Item = &'a Task>,
    holdings: Option<&Holdings>,
    verification: bool,
) -> Vec<Group> {
    let mut groups: Groups<Vec<&Task>> = BTreeMap::new();
    for task in tasks {
        let key = match by {
            By::Crew => scope.crew_of(task, catalog).one().map(ToString::to_string),
            By::Month => month(task),
            By::State => state(task),
            By::Street => place(task, |at| &at.street),
            By::Community => place(task, |at| &at.community),
            By::Grid => place(task, |at| &at.grid),
        };
        groups.entry((key.is_none(), key)).or_default().push(task);
    }
    let mut added_up = |scope: &Scope, tasks: Vec<&Task>, holdings: Option<&Holdings>| {
        totals(catalog, scope, tasks, holdings, verification)
    };
    told(catalog, scope, by, groups, holdings, &mut added_up)
}

/// What is of each group, by whether it is of none, and its key.
pub(super) type Groups<T> = BTreeMap<(bool, Option<String>), T>;

/// The groups of which there is anything, each added up.
pub(super) fn told<T: Default>(
    catalog: &Catalog,
    scope: &Scope,
    by: By,
    mut groups: Groups<T>,
    holdings: Option<&Holdings>,
    added_up: &mut dyn FnMut(&Scope, T, Option<&Holdings>) -> Totals,
) -> Vec<Group> {
    let holdings = holdings.filter(|_| matches!(by, By::Street | By::Community | By::Grid));
    let kinds = catalog.work_kinds.iter();
    let held = kinds.filter_map(|kind| holdings?.counted(kind, scope));
    for key in held.flatten().filter_map(|held| held.at(by)).cloned() {
        groups.entry((key.is_none(), key)).or_default();
    }
    let months = months(scope.counted());
    let groups = groups.into_iter().filter_map(|((_, key), of_it)| {
        let mut scope = scope.clone();
        if by == By::Month {
            let is_it = |month: &&Period| key.as_ref() == Some(&name(month.from));
            scope = scope.over(*months.iter().find(is_it)?);
        }
        let named = match by {
            By::Street => Some(&mut scope.streets),
            By::Community => Some(&mut scope.communities),
            By::Grid => Some(&mut scope.grids),
            By::Crew | By::Month | By::State => None,
        };
        match (&key, named) {
            // What was not asked for is no group.
            (Some(key), Some(named)) if !named.is_empty() && !named.contains(key) => return None,
            (Some(key), Some(named)) => *named = vec![key.clone()],
            (None, _) | (_, None) => {}
        }
        let nowhere = holdings.filter(|_| key.is_none());
        let nowhere = nowhere.map(|holdings| holdings.nowhere(by));
        let holdings = nowhere.as_ref().or(holdings);
        let totals = added_up(&scope, of_it, holdings);
        Some(Group { key, totals })
    });
    let is_something = |group: &Group| {
        let mut lines = group.totals.lines.iter();
        lines.any(|line| {
            let kind = catalog.work_kind(&line.work);
            let is_held = kind.is_some_and(|kind| kind.nature != Nature::Flow);
            line.tasks > 0 || (is_held && line.quantity.is_some_and(|q| !q.is_zero()))
        })
    };
    groups.filter(is_something).collect()
}

fn month(task: &Task) -> Option<String> {
    Some(name(task.report.any()?.done_on))
}

/// The month of a day: `2024-05`.
pub(super) fn name(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn state(task: &Task) -> Option<String> {
    state_name(task.state)
}

/// The group of a state; none of what is not reported.
pub(super) fn state_name(state: State) -> Option<String> {
    match state {
        State::Reported => Some("reported".into()),
        State::Verified => Some("verified".into()),
        _ => None,
    }
}

fn place(task: &Task, of: impl Fn(&Snapshot) -> &Option<String>) -> Option<String> {
    of(&task.report.any()?.snapshot).clone()
}

/// The months of a period, each as far as it is in it.
pub fn months(period: Period) -> Vec<Period> {
    let mut months = Vec::new();
    let mut from = period.from;
    while from <= period.to {
        let to = from.last_of_month().min(period.to);
        months.push(Period { from, to });
        match to.tomorrow() {
            Ok(next) => from = next,
            Err(_) => break,
        }
    }
    months
}

/// The period as long as another that ends on the day before it: as many months where it is of
/// whole months, else as many days. None at the beginning of the calendar.
pub fn before(period: Period) -> Option<Period> {
    let to = period.from.yesterday().ok()?;
    let from = match super::plan::whole_months(period) {
        Some(months) => {
            let months = -i64::from(months);
            period
                .from
                .checked_add(Span::new().try_months(months).ok()?)
        }
        None => {
            let days = days_between(period.from, period.to)?;
            to.checked_add(Span::new().try_days(-days).ok()?)
        }
    };
    let from = from.ok()?;
    Some(Period { from, to })
}

/// The same days a year before; of the 29th of February the 28th, and to a month's end where the
/// period goes to one.
pub fn year_before(period: Period) -> Option<Period> {
    // Added, not subtracted: the words with which jiff's subtraction would panic are 30 kB of the app.
    let year = Span::new().try_years(-1).ok()?;
    let earlier = |day: Date| day.checked_add(year).ok();
    let (from, to) = (earlier(period.from)?, earlier(period.to)?);
    let to = match period.to == period.to.last_of_month() {
        true => to.last_of_month(),
        false => to,
    };
    Some(Period { from, to })
}
