//! The tasks behind the lines of the ledger, kind by kind.

use super::counting::Counting;
use super::{Asked, behind};
use crate::catalog::{CrewId, WorkKind};
use crate::ids::TaskUid;
use crate::order::sort_by_key;
use crate::task::{Crewed, Task};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A task behind a line of the ledger. One that is of several kinds of work is listed for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<'a> {
    /// The kind of work whose line it is behind.
    pub work: &'a WorkKind,
    /// The task.
    pub task: &'a Task,
    /// Whether it counts; else people decided differently about it, or it waits to be verified.
    pub counts: bool,
    /// Whose work it is; several where that is in conflict.
    pub crews: Vec<CrewId>,
    /// The day on which it was done; none where that is in conflict.
    pub done_on: Option<Date>,
    /// How much of the kind its report says, in the kind's unit; none where it says nothing of that. Those
    /// that count add up to the line of a kind that is summed.
    pub quantity: Option<Decimal>,
}

/// The tasks that the totals looked at for each kind of work that was asked for: in the catalogue's order, of
/// each the first done first.
pub fn list<'a>(asked: &Asked<'a>) -> Vec<Listed<'a>> {
    let Asked { catalog, scope, .. } = *asked;
    let by_uid: BTreeMap<TaskUid, &Task> = asked.tasks.iter().map(|t| (t.uid, *t)).collect();
    let works = &scope.works;
    let kinds = catalog.work_kinds.iter();
    let kinds = kinds.filter(|kind| works.is_empty() || works.contains(&kind.id));
    let mut all = Vec::new();
    for kind in kinds {
        let tasks = asked.tasks.iter().copied();
        let found = behind(catalog, scope, &kind.id, tasks, asked.verification).unwrap_or_default();
        let counting = Counting::wanted(catalog, &kind.id, scope.state, asked.verification);
        let listed = |uid: &TaskUid, counts| {
            let task: &'a Task = by_uid.get(uid).copied()?;
            let report = task.standing_report();
            let lines = report
                .map(|report| counting.lines(&report.lines))
                .unwrap_or_default();
            let in_unit = lines.into_iter().filter(|line| counting.is_unit(line));
            let amounts: Vec<_> = in_unit.map(|line| counting.amount(line)).collect();
            Some(Listed {
                work: kind,
                task,
                counts,
                crews: crews(scope.crew_of(task, catalog)),
                done_on: report.map(|report| report.done_on),
                quantity: (!amounts.is_empty()).then(|| counting.sum(&amounts)),
            })
        };
        let counted = found.counted.iter().map(|uid| (uid, true));
        let others = found.conflicts.iter().chain(&found.unverified);
        let both = counted.chain(others.map(|uid| (uid, false)));
        let mut of_kind: Vec<_> = both
            .filter_map(|(uid, counts)| listed(uid, counts))
            .collect();
        sort_by_key(&mut of_kind, |one| (one.done_on, one.task.uid));
        all.extend(of_kind);
    }
    all
}

fn crews(crewed: Crewed<'_>) -> Vec<CrewId> {
    match crewed {
        Crewed::Nobody => Vec::new(),
        Crewed::By(crew) => vec![crew.clone()],
        Crewed::Disputed(all) => all.into_iter().flatten().cloned().collect(),
    }
}
