//! What the records know of one kind of work: where it was last done, and where it is under way.

use crate::catalog::{Catalog, WorkKindId};
use crate::ids::AssetUid;
use crate::ledger::counting::{Counting, done_at, targets};
use crate::ledger::{Cell, Period};
use crate::log::WorkLine;
use crate::task::{State, Task};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// All days there are.
const EVER: Period = Period {
    from: Date::MIN,
    to: Date::MAX,
};

#[derive(Default)]
pub(super) struct Known {
    last: BTreeMap<AssetUid, Date>,
    under_way: BTreeSet<AssetUid>,
    since: Option<Date>,
}

impl Known {
    pub(super) fn of(
        catalog: &Catalog,
        work: &WorkKindId,
        tasks: &[&Task],
        cells: &[&Cell],
        verification: bool,
    ) -> Known {
        let counting = Counting::new(catalog, work, verification);
        let mut known = Known::default();
        for cell in cells {
            let lines = counting.lines(&cell.what.lines);
            match counting.admits(cell.what.verified) {
                true => known.done(cell.done_on, &lines, &cell.assets),
                false => known.waits(&lines, &cell.assets),
            }
        }
        for task in tasks {
            if let Some(report) = counting.report(task) {
                let lines = counting.lines(&report.lines);
                known.done(report.done_on, &lines, &targets(task));
            } else if task.state == State::Reported {
                for report in task.report.written() {
                    known.waits(&counting.lines(&report.value.lines), &targets(task));
                }
            } else if counting.is_open(task, EVER) {
                let asked = task.target.written().iter();
                let assets = asked.flat_map(|w| w.value.assets());
                known.under_way.extend(assets.map(|asset| asset.uid));
            }
        }
        known
    }

    /// When it was last done at an asset.
    pub(super) fn last(&self, asset: AssetUid) -> Option<Date> {
        self.last.get(&asset).copied()
    }

    /// Whether somebody is at it there.
    pub(super) fn is_under_way(&self, asset: AssetUid) -> bool {
        self.under_way.contains(&asset)
    }

    /// The first day on which any was done.
    pub(super) fn since(&self) -> Option<Date> {
        self.since
    }

    fn done(&mut self, on: Date, lines: &[&WorkLine], targets: &[AssetUid]) {
        if !lines.is_empty() {
            self.since = Some(self.since.map_or(on, |since| since.min(on)));
        }
        for asset in lines.iter().flat_map(|line| done_at(targets, line)) {
            let last = self.last.entry(asset).or_insert(on);
            *last = on.max(*last);
        }
    }

    /// What was reported is as good as done, but somebody has to look at it.
    fn waits(&mut self, lines: &[&WorkLine], targets: &[AssetUid]) {
        let assets = lines.iter().flat_map(|line| done_at(targets, line));
        self.under_way.extend(assets);
    }
}
