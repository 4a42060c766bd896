//! Figures that were published for other days, from before there were tasks: beside them the ledger says
//! how much more was done. They stay on this device.

use super::{Service, draft::read_date, state::State};
use crate::worker::protocol::{
    PublishedRow, PublishedSaid, PublishedView, PublishedWrong, TakePublished, Trouble,
};
use mendmap_core::ledger::{ImportProblem, Imported, Period, read_totals, year_before};

/// The figures, once they were looked for.
#[derive(Debug, Default)]
pub(super) struct Published {
    was_read: bool,
    totals: Option<Box<Imported>>,
}

impl Service {
    /// Reads the figures that were kept, at the first question about the ledger.
    pub(super) async fn recall_published(&self) -> Result<(), Trouble> {
        let storage = self.with(|state| match state.published.was_read {
            true => Ok(None),
            false => Ok(state.storage.clone()),
        })?;
        let kept = match storage {
            Some(storage) => storage.published().await?,
            None => None,
        };
        self.with(|state| {
            state.published.was_read = true;
            if let Some((table, days)) = kept {
                let (totals, _) = state.read_published(&table, &days);
                state.published.totals = totals.map(Box::new);
            }
            Ok(())
        })
    }

    /// Takes in a table, in the place of the one before; one without any figure changes nothing.
    pub(super) async fn take_published(
        &self,
        q: &TakePublished,
        table: Vec<u8>,
    ) -> Result<PublishedSaid, Trouble> {
        let (days, totals, wrong, storage) = self.with(|state| {
            let period = Period {
                from: read_date(&q.of.from)?,
                to: read_date(&q.of.to)?,
            };
            let days = year_before(period).map(|of| format!("{}/{}", of.from, of.to));
            let days = days.unwrap_or_default();
            let (totals, wrong) = state.read_published(&table, &days);
            Ok((days, totals, wrong, state.storage.clone()))
        })?;
        let Some(totals) = totals else {
            return Ok(PublishedSaid {
                is_taken: false,
                view: self.with(|state| Ok(state.published_view()))?,
                wrong,
            });
        };
        if let Some(storage) = storage {
            storage.keep_published(&table, &days).await?;
        }
        self.with(|state| {
            state.published = Published {
                was_read: true,
                totals: Some(Box::new(totals)),
            };
            Ok(PublishedSaid {
                is_taken: true,
                view: state.published_view(),
                wrong,
            })
        })
    }

    /// Gives the figures up.
    pub(super) async fn drop_published(&self) -> Result<(), Trouble> {
        if let Some(storage) = self.with(|state| Ok(state.storage.clone()))? {
            storage.forget_published().await?;
        }
        self.with(|state| {
            state.published.totals = None;
            Ok(())
        })
    }
}

impl State {
    /// The figures that were taken in.
    pub(super) fn published(&self) -> Option<&Imported> {
        self.published.totals.as_deref()
    }

    /// What is there of them.
    pub(super) fn published_view(&self) -> Option<PublishedView> {
        let totals = self.published()?;
        let period = totals.period?;
        Some(PublishedView {
            from: period.from.to_string(),
            to: period.to.to_string(),
            figures: totals.figures.len(),
        })
    }

    /// Reads a table; `days` are those it is of, where it does not say so itself.
    fn read_published(&self, table: &[u8], days: &str) -> (Option<Imported>, Vec<PublishedRow>) {
        let (mut totals, problems) = read_totals(table, self.catalog());
        if totals.period.is_none() {
            let days = days.split_once('/');
            let days = days.and_then(|(from, to)| read_date(from).ok().zip(read_date(to).ok()));
            totals.period = days.map(|(from, to)| Period { from, to });
        }
        let is_of_use = !totals.figures.is_empty() && totals.period.is_some();
        let wrong = problems.into_iter().map(row).collect();
        (is_of_use.then_some(totals), wrong)
    }
}

/// What was read around, for the page.
fn row(problem: ImportProblem) -> PublishedRow {
    use PublishedWrong as Wrong;
    let said = |row, what, text| PublishedRow { row, what, text };
    match problem {
        ImportProblem::NotUtf8 { from } => said(from as u64, Wrong::NotUtf8, String::new()),
        ImportProblem::NoColumn { names } => said(1, Wrong::NoColumn, names.join(" / ")),
        ImportProblem::Row { row, why } => said(row, Wrong::Row, why),
        ImportProblem::UnknownWork { row, text } => said(row, Wrong::UnknownWork, text),
        ImportProblem::NotAFigure { row, text } => said(row, Wrong::NotAFigure, text),
        ImportProblem::OtherUnit { row, text, .. } => said(row, Wrong::OtherUnit, text),
        ImportProblem::Period { row, text } => said(row, Wrong::Days, text),
        ImportProblem::Twice { row, work } => said(row, Wrong::Twice, work.0),
    }
}
