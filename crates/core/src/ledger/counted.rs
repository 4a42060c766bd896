//! A line with the assets that make it up.

use super::counting::{Counting, done_at, targets};
use super::line::{assets_of, lines};
use super::totals::figures;
use super::{Holdings, Scope, TotalLine, behind};
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::{AssetUid, TaskUid};
use crate::task::Task;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A line of the totals with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The line, as [`super::totals`] has it.
    pub line: TotalLine,
    /// The assets that it counts, of a kind that counts such.
    pub assets: BTreeSet<AssetUid>,
    /// The reports behind it.
    pub done: Vec<Done>,
}

/// That somebody reported it as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The task.
    pub task: TaskUid,
    /// The day.
    pub on: Date,
    /// At which assets; none at a drawn place.
    pub assets: Vec<AssetUid>,
}

/// The tasks that can move the lines of some kinds of work: of a city's many they are few.
pub fn concerning<'t>(
    catalog: &Catalog,
    works: &[WorkKindId],
    tasks: impl Iterator<Item = &'t Task>,
) -> Vec<&'t Task> {
    let countings = works.iter().map(|work| Counting::new(catalog, work, false));
    let countings: Vec<_> = countings.collect();
    tasks
        .filter(|task| countings.iter().any(|counting| counting.concerns(task)))
        .collect()
}

/// One line of the totals, and which assets it counts. None for a kind that the catalogue does not have.
pub fn counted(
    catalog: &Catalog,
    scope: &Scope,
    work: &WorkKindId,
    tasks: &[&Task],
    holdings: Option<&Holdings>,
    verification: bool,
) -> Option<Counted> {
    let scope = Scope {
        works: vec![work.clone()],
        ..scope.clone()
    };
    let (figures, _) = figures(catalog, &scope, tasks.iter().copied(), verification);
    let line = lines(catalog, &scope, &figures, holdings);
    let line = line.into_iter().find(|line| line.work == *work)?;
    let (kind, of_it) = figures.iter().find(|(kind, _)| kind.id == *work)?;
    let behind = behind(catalog, &scope, work, tasks.iter().copied(), verification)?;
    let counting = Counting::new(catalog, work, verification);
    let done = behind.counted.iter().filter_map(|uid| {
        let task = tasks.iter().find(|task| task.uid == *uid)?;
        let report = task.standing_report()?;
        let targets = targets(task);
        let lines = counting.lines(&report.lines).into_iter();
        Some(Done {
            task: *uid,
            on: report.done_on,
            assets: crate::order::distinct(lines.flat_map(|line| done_at(&targets, line))),
        })
    });
    Some(Counted {
        assets: assets_of(catalog, kind, of_it, &scope, holdings),
        done: done.collect(),
        line,
    })
}
