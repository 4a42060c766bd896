//! What counts for a kind of work: the rules that completion and totals share.

use super::{Cell, Period, Wanted};
use crate::catalog::{Catalog, UnitId, WorkKindId};
use crate::ids::AssetUid;
use crate::log::{Reported, Target, WorkLine};
use crate::task::{State, Task};
use rust_decimal::Decimal;

/// What counts for one kind of work.
pub(super) struct Counting<'a> {
    work: &'a WorkKindId,
    unit: Option<&'a UnitId>,
    /// Itself, and the kinds that count within it, directly or through others.
    parts: Vec<Part<'a>>,
    verify: bool,
}

/// A kind, and where among the parts the one is that it counts within.
struct Part<'a> {
    work: &'a WorkKindId,
    within: usize,
}

impl<'a> Counting<'a> {
    pub(super) fn new(catalog: &'a Catalog, work: &'a WorkKindId, verification: bool) -> Self {
        let mut parts = vec![Part { work, within: 0 }];
        let mut next = 0;
        while let Some(whole) = parts.get(next).map(|part| part.work) {
            for kind in &catalog.work_kinds {
                let work = &kind.id;
                if kind.within.as_ref() == Some(whole) && !parts.iter().any(|p| p.work == work) {
                    parts.push(Part { work, within: next });
                }
            }
            next += 1;
        }
        let outer = |id: &WorkKindId| catalog.work_kind(id)?.within.as_ref();
        let wholes = std::iter::successors(Some(work), |id| outer(id));
        // Nothing counts within itself, but a catalogue may have been read leniently.
        let mut kinds = wholes.take(catalog.work_kinds.len() + 1);
        let asks = |id| catalog.work_kind(id).is_some_and(|k| k.verify);
        Counting {
            work,
            unit: catalog.work_kind(work).map(|k| &k.unit),
            parts,
            verify: verification && kinds.any(asks),
        }
    }

    /// The same, for a wish that may be stricter or laxer than the catalogue.
    pub(super) fn wanted(
        catalog: &'a Catalog,
        work: &'a WorkKindId,
        wanted: Wanted,
        verification: bool,
    ) -> Self {
        let by_catalog = Counting::new(catalog, work, verification);
        let verify = match wanted {
            Wanted::Counted => by_catalog.verify,
            Wanted::Reported => false,
            Wanted::Verified => true,
        };
        Counting {
            verify,
            ..by_catalog
        }
    }

    /// The kind itself, and those within it.
    pub(super) fn works(&self) -> impl Iterator<Item = &'a WorkKindId> {
        self.parts.iter().map(|part| part.work)
    }

    fn is_part(&self, work: &WorkKindId) -> bool {
        self.parts.iter().any(|part| part.work == work)
    }

    /// The report of a task, if it counts for this kind.
    pub(super) fn report<'t>(&self, task: &'t Task) -> Option<&'t Reported> {
        let report = task.standing_report();
        let report = report.filter(|_| self.admits(task.state == State::Verified));
        report.map(|r| &**r)
    }

    /// Whether a report that stands counts, checked or not.
    pub(super) fn admits(&self, verified: bool) -> bool {
        verified || !self.verify
    }

    /// Those lines of a report that are of this kind, or of one within it.
    pub(super) fn lines<'t>(&self, lines: &'t [WorkLine]) -> Vec<&'t WorkLine> {
        let lines = lines.iter();
        lines.filter(|line| self.is_part(&line.work)).collect()
    }

    /// What lines of one report add up to, each given by its kind and amount.
    ///
    /// It is what its own lines say or, where it has none, those of the kinds within it;
    /// and never less than what any one of these comes to, so that a subset is not larger
    /// than its whole. (An amount below zero, which no device writes, is taken as it is.)
    pub(super) fn sum(&self, amounts: &[(&WorkKindId, Decimal)]) -> Decimal {
        self.sum_of(0, amounts).unwrap_or_default()
    }

    /// The same for a part of it; none where there is no line of it.
    fn sum_of(&self, part: usize, amounts: &[(&WorkKindId, Decimal)]) -> Option<Decimal> {
        let work = self.parts.get(part)?.work;
        let plus = |sum: Option<Decimal>, more| Some(sum.unwrap_or_default().saturating_add(more));
        let (mut own, mut inner, mut most) = (None, None, None);
        for (of, amount) in amounts {
            if *of == work {
                own = plus(own, *amount);
            }
        }
        for next in part + 1..self.parts.len() {
            if self.parts.get(next).is_some_and(|p| p.within == part)
                && let Some(amount) = self.sum_of(next, amounts)
            {
                inner = plus(inner, amount);
                most = most.max(Some(amount));
            }
        }
        own.or(inner).max(most)
    }

    /// Whether a line is in the unit that the catalogue has for the kind by now.
    pub(super) fn is_unit(&self, line: &WorkLine) -> bool {
        self.unit.is_none_or(|unit| line.unit == *unit)
    }

    /// A line's kind and what it adds: nothing in another unit.
    pub(super) fn amount<'t>(&self, line: &'t WorkLine) -> (&'t WorkKindId, Decimal) {
        let counted = self.is_unit(line).then_some(line.quantity.0);
        (&line.work, counted.unwrap_or_default())
    }

    /// True if a closed task asked for this kind, or its report has a line of it.
    pub(super) fn concerns_cell(&self, cell: &Cell) -> bool {
        let mut lines = cell.what.lines.iter();
        lines.any(|l| self.is_part(&l.work)) || cell.what.work.as_ref() == Some(self.work)
    }

    /// True if a task asks for this kind, or some report of it has a line of it.
    pub(super) fn concerns(&self, task: &Task) -> bool {
        let reports = task.report.written().iter();
        let mut lines = reports.flat_map(|w| &w.value.lines);
        lines.any(|l| self.is_part(&l.work)) || self.asks(task)
    }

    /// True if a task asks for this kind.
    pub(super) fn asks(&self, task: &Task) -> bool {
        task.work.written().iter().any(|w| w.value == *self.work)
    }

    /// True if a task makes its assets open: it asks for this kind and was plotted
    /// by the end of the period, or its report in it has still to be verified.
    pub(super) fn is_open(&self, task: &Task, period: Period) -> bool {
        let plotted = task.created.is_none_or(|c| c.local_date() <= period.to);
        let waits = task.state == State::Reported && reported_in(task, period);
        (plotted && task.is_open() && self.asks(task)) || (waits && self.concerns(task))
    }
}

/// Whether a report of a task, of one or of several in conflict, is of the period.
pub(super) fn reported_in(task: &Task, period: Period) -> bool {
    let mut reports = task.report.written().iter();
    reports.any(|w| period.contains(w.value.done_on))
}

/// The assets a line was done to: those it names, else those of its task (see [`targets`]),
/// and the pipes or streets it covered; some may stand there twice.
pub(super) fn done_at(targets: &[AssetUid], line: &WorkLine) -> Vec<AssetUid> {
    let mut out: Vec<_> = line.covered.iter().map(|s| s.asset).collect();
    out.extend(match line.assets.is_empty() {
        true => targets,
        false => &line.assets,
    });
    out
}

/// The assets a line was done to that names none: those ticked in a round, else all of the
/// target.
pub(super) fn targets(task: &Task) -> Vec<AssetUid> {
    let ticked = task.ticks.iter().filter(|(_, t)| t.done).map(|(a, _)| *a);
    match task.target.any().map(|t| &**t) {
        Some(Target::Round(_)) if !task.ticks.is_empty() => ticked.collect(),
        Some(target) => target.assets().iter().map(|a| a.uid).collect(),
        None => Vec::new(),
    }
}
