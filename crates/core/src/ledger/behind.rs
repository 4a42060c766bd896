//! The tasks behind a number.

use super::Scope;
use super::tally::Tally;
use super::totals::{Whose, whose};
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::TaskUid;
use crate::task::Task;

/// The tasks behind a line of the totals, in the order in which they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Behind {
    /// Those whose report was counted. Of what counts once several may have added nothing.
    pub counted: Vec<TaskUid>,
    /// Those about which people decided differently; also whose crew or place is in conflict,
    /// where such were asked for.
    pub conflicts: Vec<TaskUid>,
    /// Those that wait to be verified.
    pub unverified: Vec<TaskUid>,
}

/// The tasks that [`super::totals`] looked at for a kind of work. None for a kind that the
/// catalogue does not have.
pub fn behind<'a>(
    catalog: &Catalog,
    scope: &Scope,
    work: &WorkKindId,
    tasks: impl IntoIterator<Item = &'a Task>,
    verification: bool,
) -> Option<Behind> {
    let kind = catalog.work_kind(work)?;
    let mut tally = Tally::new(catalog, kind, scope, verification);
    let mut behind = Behind::default();
    let told = |tally: &Tally<'_>| (tally.tasks, tally.conflicts, tally.unverified);
    for task in tasks {
        let before = told(&tally);
        match whose(catalog, task, scope, tally.period()) {
            Whose::Asked => tally.count(task),
            Whose::Unclear => tally.doubt(task),
            Whose::Others => {}
        }
        let after = told(&tally);
        for (list, is_one) in [
            (&mut behind.counted, after.0 > before.0),
            (&mut behind.conflicts, after.1 > before.1),
            (&mut behind.unverified, after.2 > before.2),
        ] {
            list.extend(is_one.then_some(task.uid));
        }
    }
    Some(behind)
}
