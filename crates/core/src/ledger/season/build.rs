//! From what tasks say to the days on which marks change.

use super::Assets;
use super::buckets::Buckets;
use super::counts::is_done;
use super::cycle::Falling;
use super::days::Days;
use super::lengths::Measure;
use super::play::{Change, NO_TASK, Season, Span};
use super::way::Teller;
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::TaskUid;
use crate::ledger::counting::{Counting, targets};
use crate::ledger::spots::OfTask;
use crate::ledger::{Cell, Period};
use crate::log::WorkLine;
use crate::task::{Mark, Task};
use jiff::civil::Date;
use std::sync::Arc;

/// A season while it is built.
pub(super) struct Building<'a> {
    teller: Teller<'a>,
    falling: Falling,
    measure: Measure<'a>,
    assets: Arc<Assets>,
    spans: Vec<Span>,
    tasks: Vec<TaskUid>,
}

impl<'a> Building<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        work: &'a WorkKindId,
        period: Period,
        assets: Arc<Assets>,
        verification: bool,
    ) -> Building<'a> {
        Building {
            teller: Teller {
                counting: Counting::new(catalog, work, verification),
                days: Days::of(period),
            },
            falling: Falling::of(catalog, work),
            measure: Measure::of(catalog, work),
            assets,
            spans: Vec::new(),
            tasks: Vec::new(),
        }
    }

    pub(super) fn task(&mut self, task: &Task) {
        self.said(task.uid, &mut |teller, say| teller.task(task, say));
        let counting = &self.teller.counting;
        if let Some(report) = counting.report(task) {
            self.covered(task.uid, report.done_on, &targets(task), &report.lines);
        }
    }

    pub(super) fn cell(&mut self, cell: &Cell) {
        self.said(cell.task, &mut |teller, say| teller.cell(cell, say));
        if self.teller.counting.admits(cell.what.verified) {
            self.covered(cell.task, cell.done_on, &cell.assets, &cell.what.lines);
        }
    }

    fn covered(
        &mut self,
        task: TaskUid,
        day: Date,
        targets: &[crate::ids::AssetUid],
        lines: &[WorkLine],
    ) {
        let Teller { counting, days } = &self.teller;
        let number = days.number(day);
        if let (true, Ok(day)) = (days.is_in(number), number.try_into()) {
            let of = OfTask { task, targets };
            self.measure.report(counting, &self.assets, of, lines, day);
        }
    }

    /// Keeps what is said of assets of the season on days of the period, and when something was
    /// done before it.
    fn said(&mut self, task: TaskUid, tell: &mut dyn FnMut(&Teller<'a>, &mut super::way::Say<'_>)) {
        let (assets, spans, number) = (&self.assets, &mut self.spans, self.tasks.len() as u32);
        let (before, end) = (spans.len(), self.teller.days.len() as i32);
        tell(&self.teller, &mut |asset, from, to, mark| {
            let is_seen = from < to && from < end && (to > 0 || is_done(mark));
            if let Some(asset) = assets.number(&asset).filter(|_| is_seen) {
                spans.push(Span {
                    asset: asset as u32,
                    from,
                    to,
                    mark,
                    task: number,
                });
            }
        });
        if spans.len() > before {
            self.tasks.push(task);
        }
    }

    pub(super) fn finish(self) -> Season {
        let (assets, days) = (self.assets, self.teller.days);
        let spans = self.spans;
        let asset = |n: usize| spans[n].asset as usize;
        let order = Buckets::new(spans.len(), assets.len(), &asset);
        let mut changes = Vec::with_capacity(assets.len());
        let mut starts = Vec::with_capacity(assets.len() + 1);
        let mut here = Vec::new();
        for (number, known) in assets.all.iter().enumerate() {
            here.clear();
            here.extend(order.get(number).iter().map(|n| spans[*n as usize]));
            let last = here
                .iter()
                .filter(|span| span.is_before())
                .map(|span| span.from);
            if let Some(last) = last.max()
                && let Some((due, late)) = self.falling.after(&days, last, known.kind)
            {
                let falls = [(due, late, Mark::Due), (late, i32::MAX, Mark::Overdue)];
                here.extend(falls.map(|(from, to, mark)| Span {
                    asset: number as u32,
                    from,
                    to,
                    mark,
                    task: NO_TASK,
                }));
            }
            starts.push(changes.len() as u32);
            marks(number as u32, days.len(), &mut here, &mut changes);
        }
        starts.push(changes.len() as u32);
        let day = |n: usize| changes[n].day as usize;
        let by_day = Buckets::new(changes.len(), days.len() as usize, &day);
        Season {
            lengths: self.measure.finish(&assets),
            days,
            assets,
            changes,
            starts,
            by_day,
            spans,
            spans_of: order,
            tasks: self.tasks,
        }
    }
}

/// Which of two marks is worn; see [`super`].
fn rank(mark: Mark) -> u8 {
    match mark {
        Mark::Verified => 10,
        Mark::Done => 9,
        Mark::Conflict => 8,
        Mark::Reported => 7,
        Mark::SentBack => 6,
        Mark::UnderWay => 5,
        Mark::Open => 4,
        Mark::Overdue => 3,
        Mark::Due => 2,
        Mark::Never | Mark::None => 1,
    }
}

/// The days on which the mark of an asset changes: the first of the period, and then those on which
/// something begins or ends and the mark is another.
fn marks(asset: u32, len: u32, spans: &mut Vec<Span>, changes: &mut Vec<Change>) {
    // What is done stays done: a street that is swept daily has hundreds of spans behind the first.
    let done = spans
        .iter()
        .filter(|span| is_done(span.mark) && !span.is_before());
    let done = done.map(|span| (span.from, span.mark));
    let first = done.clone().map(|(from, _)| from).min().unwrap_or(i32::MAX);
    let checked = done.filter(|(_, mark)| *mark == Mark::Verified);
    let checked = checked.map(|(from, _)| from).min().unwrap_or(i32::MAX);
    spans.retain(|span| match span.mark {
        _ if span.to <= 0 => false,
        Mark::Done => span.from == first,
        Mark::Verified => span.from == checked,
        _ => span.from < first,
    });
    let ends = spans.iter().flat_map(|span| [span.from, span.to]);
    let inside = ends.filter_map(|day| u32::try_from(day).ok());
    let mut days: Vec<u32> = inside.filter(|day| *day < len).chain([0]).collect();
    days.sort_unstable();
    days.dedup();
    let mut worn = None;
    for day in days {
        let at = day as i32;
        let here = spans.iter().filter(|span| span.from <= at && at < span.to);
        let mark = here.map(|span| span.mark).max_by_key(|mark| rank(*mark));
        let mark = mark.unwrap_or(Mark::Never);
        if worn != Some(mark) {
            worn = Some(mark);
            changes.push(Change { asset, day, mark });
        }
    }
}
