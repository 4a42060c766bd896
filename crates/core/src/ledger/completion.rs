//! Where a kind of work was done in a period, and where it was not.

use crate::catalog::{Catalog, UnitId, WorkKindId};
use crate::ids::AssetUid;
use crate::log::{Quantity, Reported, Target, WorkLine};
use crate::task::{Mark, State, Task};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    #[serde(with = "crate::log::day")]
    pub from: Date,
    /// The last day.
    #[serde(with = "crate::log::day")]
    pub to: Date,
}

impl Period {
    /// True if the day is in it.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// How an asset stands for one kind of work in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not done, and nothing plotted.
    Never,
    /// Not done, but plotted (or reported and still to be verified).
    Open,
    /// Done.
    Done,
}

impl From<Status> for Mark {
    fn from(status: Status) -> Mark {
        match status {
            Status::Never => Mark::Never,
            Status::Open => Mark::Open,
            Status::Done => Mark::Done,
        }
    }
}

/// An exact share: so many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// So many.
    pub part: u64,
    /// Of so many.
    pub whole: u64,
}

impl Ratio {
    /// The share in tenths of a percent, rounded down, and how the share itself lies
    /// to that figure where this matters: something is never said to be nothing, nor
    /// nearly all to be all. 1 of 4000 is less than 1 ‰, 3999 of them more than 999 ‰.
    pub fn permille(self) -> (u32, Ordering) {
        let thousandfold = self.part.saturating_mul(1000);
        match thousandfold.checked_div(self.whole).unwrap_or(0) {
            0 if self.part > 0 => (1, Ordering::Less),
            999 if !thousandfold.is_multiple_of(self.whole) => (999, Ordering::Greater),
            down => (down as u32, Ordering::Equal),
        }
    }
}

/// Where a kind of work was done in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// Each asset that was asked about.
    pub assets: BTreeMap<AssetUid, Status>,
    /// How many have which status.
    pub never: u64,
    /// How many have which status.
    pub open: u64,
    /// How many have which status.
    pub done: u64,
    /// Sum of the quantities counted, at assets asked about or not, and at places
    /// drawn on the map.
    pub quantity: Option<Quantity>,
    /// Tasks whose report was counted.
    pub tasks: u64,
    /// Tasks of this kind, reported in the period, that do not count because people
    /// decided differently and nobody has ended it yet.
    pub conflicts: u64,
    /// Tasks of this kind, reported in the period, that wait to be verified.
    pub unverified: u64,
    /// Lines that were not added up because they are in another unit than the
    /// catalogue has for the kind by now. Their assets are done all the same.
    pub other_units: u64,
}

impl Completion {
    /// Assets that are done, of all that were asked about.
    pub fn share(&self) -> Ratio {
        Ratio {
            part: self.done,
            whole: self.never + self.open + self.done,
        }
    }

    /// Assets that are not done, by uid.
    pub fn left(&self) -> impl Iterator<Item = (AssetUid, Status)> + '_ {
        let left = self.assets.iter().filter(|(_, s)| **s != Status::Done);
        left.map(|(uid, status)| (*uid, *status))
    }
}

/// Works out where `work` was done in the period.
///
/// A report counts by its lines, whatever its task asked for, and by the day the
/// work was done on. A kind that counts *within* this one (a drain repaired while
/// it was cleared) counts here too: its assets are done, and where a report has no
/// line of this kind of its own, its quantity is this kind's. What was cancelled,
/// taken back or is in conflict counts nowhere. With `verification`, a kind that
/// asks for it, or that counts within one that does, counts only once verified; so a
/// subset is never larger than its whole.
///
/// An asset that is done stays done in the period, whatever is plotted on it later.
pub fn completion<'a>(
    catalog: &Catalog,
    work: &WorkKindId,
    period: Period,
    tasks: impl IntoIterator<Item = &'a Task>,
    assets: impl IntoIterator<Item = AssetUid>,
    verification: bool,
) -> Completion {
    let counting = Counting::new(catalog, work, verification);
    let mut out = Completion::default();
    let (mut done, mut open) = (BTreeSet::new(), BTreeSet::new());
    let mut sum = Decimal::ZERO;
    for task in tasks {
        match counting.report(task) {
            Some(report) if period.contains(report.done_on) => {
                let lines = counting.lines(report);
                out.tasks += u64::from(!lines.is_empty());
                for line in lines {
                    match counting.is_unit(line) {
                        true => sum = sum.saturating_add(line.quantity.0),
                        false => out.other_units += 1,
                    }
                }
                let parts = report.lines.iter().filter(|l| counting.is_part(&l.work));
                done.extend(parts.flat_map(|line| done_at(task, line)));
            }
            Some(_) => {}
            None => {
                let reported = reported_in(task, period) && counting.concerns(task);
                out.conflicts += u64::from(reported && task.state == State::Conflict);
                out.unverified += u64::from(reported && task.state == State::Reported);
                if counting.is_open(task, period) {
                    let targets = task.target.written().iter();
                    open.extend(targets.flat_map(|w| w.value.assets()).map(|a| a.uid));
                }
            }
        }
    }
    for asset in assets {
        let status = match (done.contains(&asset), open.contains(&asset)) {
            (true, _) => Status::Done,
            (false, true) => Status::Open,
            (false, false) => Status::Never,
        };
        if out.assets.insert(asset, status).is_none() {
            *match status {
                Status::Never => &mut out.never,
                Status::Open => &mut out.open,
                Status::Done => &mut out.done,
            } += 1;
        }
    }
    out.quantity = (out.tasks > 0).then_some(Quantity(sum));
    out
}

/// What counts for one kind of work.
struct Counting<'a> {
    work: &'a WorkKindId,
    unit: Option<&'a UnitId>,
    /// Itself, and the kinds that count within it, directly or through others.
    parts: Vec<&'a WorkKindId>,
    verify: bool,
}

impl<'a> Counting<'a> {
    fn new(catalog: &'a Catalog, work: &'a WorkKindId, verification: bool) -> Self {
        let mut parts = vec![work];
        let mut next = 0;
        while let Some(&whole) = parts.get(next) {
            for kind in &catalog.work_kinds {
                if kind.within.as_ref() == Some(whole) && !parts.contains(&&kind.id) {
                    parts.push(&kind.id);
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

    fn is_part(&self, work: &WorkKindId) -> bool {
        self.parts.contains(&work)
    }

    /// The report of a task, if it counts for this kind.
    fn report<'t>(&self, task: &'t Task) -> Option<&'t Reported> {
        let counts = match task.state {
            State::Verified => true,
            State::Reported => !self.verify,
            _ => false,
        };
        counts
            .then(|| task.standing_report())
            .flatten()
            .map(|r| &**r)
    }

    /// The lines of a report that add up to this kind's quantity: its own, or else
    /// those of kinds within it.
    fn lines<'t>(&self, report: &'t Reported) -> Vec<&'t WorkLine> {
        let all = || report.lines.iter();
        let own: Vec<_> = all().filter(|l| l.work == *self.work).collect();
        match own.is_empty() {
            true => all().filter(|l| self.is_part(&l.work)).collect(),
            false => own,
        }
    }

    fn is_unit(&self, line: &WorkLine) -> bool {
        self.unit.is_none_or(|unit| line.unit == *unit)
    }

    /// True if a task asks for this kind, or some report of it has a line of it.
    fn concerns(&self, task: &Task) -> bool {
        let reports = task.report.written().iter();
        let mut lines = reports.flat_map(|w| &w.value.lines);
        lines.any(|l| self.is_part(&l.work)) || self.asks(task)
    }

    fn asks(&self, task: &Task) -> bool {
        task.work.written().iter().any(|w| w.value == *self.work)
    }

    /// True if a task makes its assets open: it asks for this kind and was plotted
    /// by the end of the period, or its report in it has still to be verified.
    fn is_open(&self, task: &Task, period: Period) -> bool {
        let plotted = task.created.is_none_or(|c| c.local_date() <= period.to);
        let waits = task.state == State::Reported && reported_in(task, period);
        (plotted && task.is_open() && self.asks(task)) || (waits && self.concerns(task))
    }
}

fn reported_in(task: &Task, period: Period) -> bool {
    let mut reports = task.report.written().iter();
    reports.any(|w| period.contains(w.value.done_on))
}

/// The assets a line was done to: those it names, else those ticked in a round,
/// else all of the target, and the pipes or streets it covered; some
/// may stand there twice.
fn done_at(task: &Task, line: &WorkLine) -> Vec<AssetUid> {
    let mut out: Vec<_> = line.covered.iter().map(|s| s.asset).collect();
    out.extend(line.assets.iter().copied());
    if !line.assets.is_empty() {
        return out;
    }
    let ticked = task.ticks.iter().filter(|(_, t)| t.done).map(|(a, _)| *a);
    match task.target.any().map(|t| &**t) {
        Some(Target::Round(_)) if !task.ticks.is_empty() => out.extend(ticked),
        Some(target) => out.extend(target.assets().iter().map(|a| a.uid)),
        None => {}
    }
    out
}
