//! How far the tasks of a period have come, and how long it took.

use super::{draft::read_date, state::State};
use crate::worker::protocol::{IndicatorsView, ShowIndicators, Trouble};
use mendmap_core::{
    catalog::CrewId,
    ledger::{
        Period,
        indicators::{Apart, Asked, apart, indicators},
    },
    task::Task,
};

impl State {
    /// For all, and for each crew and kind of work.
    pub(super) fn indicators(&self, q: &ShowIndicators) -> Result<IndicatorsView, Trouble> {
        let period = Period {
            from: read_date(&q.from)?,
            to: read_date(&q.to)?,
        };
        let crew = (!q.crew.is_empty()).then(|| CrewId(q.crew.clone()));
        let asked = Asked {
            by: q.by,
            crews: crew.into_iter().collect(),
            verification: self.context().verification,
            of: q.of,
            ..Asked::of(period)
        };
        let now = self.now().ok_or_else(|| Trouble::NotThere {
            what: "clock".into(),
        })?;
        let (catalog, tasks) = (self.catalog(), || {
            self.tasks.iter().map(|task| -> &Task { task })
        });
        Ok(IndicatorsView {
            all: indicators(catalog, &asked, tasks(), now),
            crews: apart(catalog, &asked, Apart::Crew, tasks(), now),
            works: apart(catalog, &asked, Apart::Work, tasks(), now),
            is_whole: self.has_all(),
        })
    }
}
