//! The ledger as a workbook: made by the part of the program that only this needs.

use super::{shapes::language, state::State};
use crate::worker::protocol::{TakeWorkbook, Trouble};
use mendmap_core::{
    ledger::{Asked, Holdings},
    task::Task,
};

impl State {
    /// The bytes of an XLSX file, as of today; none where it is more than a sheet holds. Never inlined:
    /// what is inlined into another part comes with that.
    #[inline(never)]
    pub(super) fn workbook(&self, q: &TakeWorkbook) -> Result<Option<Vec<u8>>, Trouble> {
        let scope = self.scope(&q.of)?;
        let tasks: Vec<&Task> = self.tasks.iter().map(|task| &**task).collect();
        let asked = Asked {
            catalog: self.catalog(),
            scope: &scope,
            tasks: &tasks,
            holdings: Some(&Holdings::of(&self.city)),
            imported: None,
            verification: self.context().verification,
        };
        let book = asked.book(self.today(), language(q.english));
        Ok(mendmap_sheet::workbook(&book).ok())
    }
}
