//! Where a kind of work was done in a period, and where it was not.

use super::Cell;
use super::counting::{Counting, done_at, reported_in, targets};
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::AssetUid;
use crate::log::{Quantity, WorkLine};
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
    /// Lines of this kind, or of one within it, that were not added up because they are
    /// in another unit than the catalogue has for the kind by now. Their assets are done
    /// all the same.
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
/// line of this kind of its own, or less of it, its quantity is this kind's. What was
/// cancelled, taken back or is in conflict counts nowhere. With `verification`, a kind
/// that asks for it, or that counts within one that does, counts only once verified. So a
/// subset is never larger than its whole.
///
/// An asset that is done stays done in the period, whatever is plotted on it later. `cells`
/// stand for closed tasks that are not among `tasks`.
pub fn completion<'a>(
    catalog: &Catalog,
    work: &WorkKindId,
    period: Period,
    tasks: impl IntoIterator<Item = &'a Task>,
    cells: impl IntoIterator<Item = &'a Cell>,
    assets: impl IntoIterator<Item = AssetUid>,
    verification: bool,
) -> Completion {
    let counting = Counting::new(catalog, work, verification);
    let mut out = Completion::default();
    let (mut done, mut open) = (BTreeSet::new(), BTreeSet::new());
    let mut sum = Decimal::ZERO;
    let mut count = |out: &mut Completion, lines: &[WorkLine], targets: &[AssetUid]| {
        let lines = counting.lines(lines);
        let amounts: Vec<_> = lines.iter().map(|line| counting.amount(line)).collect();
        let others = lines.iter().filter(|line| !counting.is_unit(line));
        out.tasks += u64::from(!lines.is_empty());
        out.other_units += others.count() as u64;
        sum = sum.saturating_add(counting.sum(&amounts));
        done.extend(lines.iter().flat_map(|line| done_at(targets, line)));
    };
    for cell in cells {
        if !period.contains(cell.done_on) {
            continue;
        }
        if counting.admits(cell.what.verified) {
            count(&mut out, &cell.what.lines, &cell.assets);
        } else if counting.concerns_cell(cell) {
            out.unverified += 1;
            open.extend(cell.assets.iter().copied());
        }
    }
    for task in tasks {
        match counting.report(task) {
            Some(report) if period.contains(report.done_on) => {
                count(&mut out, &report.lines, &targets(task));
            }
            Some(_) => {}
            None => {
                let reported = reported_in(task, period) && counting.concerns(task);
                out.conflicts += u64::from(reported && task.state == State::Conflict);
                out.unverified += u64::from(reported && task.state == State::Reported);
                if counting.is_open(task, period) {
                    let asked = task.target.written().iter();
                    open.extend(asked.flat_map(|w| w.value.assets()).map(|a| a.uid));
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
