//! The ledger's tasks and a completion as GeoJSON. Never inlined: what is inlined into another part of
//! the program comes with that.

use super::{completion::nothing_shown, state::State};
use crate::worker::protocol::{TakeCompletion, TakeTasks, Trouble};
use mendmap_core::{
    catalog::GeometryType,
    ledger::{Asked, Completed, mark_features, task_features},
    task::Task,
    told::Language,
};

/// The language of a file.
pub(super) fn language(english: bool) -> Language {
    match english {
        true => Language::En,
        false => Language::Zh,
    }
}

impl State {
    /// The tasks behind the lines of a ledger.
    #[inline(never)]
    pub(super) fn tasks_file(&self, q: &TakeTasks) -> Result<Option<Vec<u8>>, Trouble> {
        let scope = self.scope(&q.of)?;
        let tasks: Vec<&Task> = self.tasks.iter().map(|task| &**task).collect();
        let asked = Asked {
            catalog: self.catalog(),
            scope: &scope,
            tasks: &tasks,
            holdings: None,
            imported: None,
            journal: None,
            verification: self.context().verification,
        };
        let kinds = self.catalog().asset_kinds.iter();
        let lines = kinds.filter(|kind| kind.geometry == GeometryType::Line);
        let lines: Vec<_> = lines.map(|kind| kind.id.clone()).collect();
        let text = task_features(&asked, &self.city.network(&lines), language(q.english));
        Ok(Some(text.into_bytes()))
    }

    /// The completion that is shown, as of its day.
    #[inline(never)]
    pub(super) fn completion_file(&self, q: &TakeCompletion) -> Result<Option<Vec<u8>>, Trouble> {
        let shown = self.shown.as_ref().ok_or_else(nothing_shown)?;
        let completed = Completed {
            catalog: self.catalog(),
            city: &self.city,
            work: &shown.work,
            season: shown.head.season(),
            day: shown.head.day(),
        };
        let text = mark_features(&completed, language(q.english));
        Ok(Some(text.into_bytes()))
    }
}
