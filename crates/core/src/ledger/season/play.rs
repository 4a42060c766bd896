//! A season, and going through its days.

use super::Assets;
use super::buckets::Buckets;
use super::build::Building;
use super::counts::is_done;
use super::days::Days;
use super::lengths::{Covered, Lengths};
use crate::catalog::{Catalog, WorkKindId};
use crate::ids::TaskUid;
use crate::ledger::{Cell, Period};
use crate::task::{Mark, Task};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How each of some assets stands for one kind of work on each day of a period; see
/// [`super`] for the rules. Assets go by their numbers in [`Assets`].
#[derive(Debug, Clone)]
pub struct Season {
    pub(super) assets: Arc<Assets>,
    pub(super) days: Days,
    /// By asset, and then by day; the first of each asset is of the first day.
    pub(super) changes: Vec<Change>,
    /// Where those of each asset begin, and behind the last one the end.
    pub(super) starts: Vec<u32>,
    pub(super) by_day: Buckets,
    pub(super) spans: Vec<Span>,
    pub(super) spans_of: Buckets,
    pub(super) tasks: Vec<TaskUid>,
    pub(super) lengths: Lengths,
}

/// From a day on an asset wears a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub(super) asset: u32,
    pub(super) day: u32,
    pub(super) mark: Mark,
}

/// What a task says of an asset, from a day up to the one before another; what was done
/// before the period ends with its first day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) asset: u32,
    pub(super) from: i32,
    pub(super) to: i32,
    pub(super) mark: Mark,
    /// Its number.
    pub(super) task: u32,
}

impl Span {
    /// Whether it says that something was done before the period.
    pub(super) fn is_before(&self) -> bool {
        is_done(self.mark) && self.from < 0
    }
}

/// The task of what no task says.
pub(super) const NO_TASK: u32 = u32::MAX;

/// What changes from one day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The asset's number.
    pub asset: usize,
    /// What it wore.
    pub from: Mark,
    /// What it wears now; another mark.
    pub to: Mark,
}

/// Which assets are left, as of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Those that are not done.
    #[default]
    NotDone,
    /// Of these the ones where nobody has been in the period: no report, and no work under way.
    NobodyBeen,
    /// Of these the ones where it was never done before either, as far as the log goes back.
    NeverEver,
}

impl Season {
    /// Works a season out. `cells` stand for closed tasks that are not among `tasks`. Both are of
    /// all times: what was done before the period says when work falls due in it.
    pub fn new<'t>(
        catalog: &Catalog,
        work: &WorkKindId,
        period: Period,
        tasks: impl IntoIterator<Item = &'t Task>,
        cells: impl IntoIterator<Item = &'t Cell>,
        assets: Arc<Assets>,
        verification: bool,
    ) -> Season {
        let mut building = Building::new(catalog, work, period, assets, verification);
        for cell in cells {
            building.cell(cell);
        }
        for task in tasks {
            building.task(task);
        }
        building.finish()
    }

    /// The assets.
    pub fn assets(&self) -> &Arc<Assets> {
        &self.assets
    }

    /// The period.
    pub fn period(&self) -> Period {
        self.days.period()
    }

    /// How many days there are; never none.
    pub fn days(&self) -> u32 {
        self.days.len()
    }

    /// The day of a number below [`Season::days`], from 0: where a slider stands.
    pub fn day(&self, number: u32) -> Option<Date> {
        let number = i32::try_from(number).ok()?;
        self.days.date(number)
    }

    /// The number of a day, from 0, or of the nearest one of the period.
    pub fn number(&self, day: Date) -> u32 {
        self.days.nearest(day)
    }

    /// The mark of an asset on a day, which stands for the nearest one of the period; [`Mark::None`]
    /// for a number that no asset has.
    pub fn mark(&self, asset: usize, day: Date) -> Mark {
        self.worn(asset, self.days.nearest(day))
    }

    /// The mark of each asset on a day, by number.
    pub fn at(&self, day: Date) -> Vec<Mark> {
        let day = self.days.nearest(day);
        (0..self.assets.len())
            .map(|asset| self.worn(asset, day))
            .collect()
    }

    fn worn(&self, asset: usize, day: u32) -> Mark {
        let range = self.starts.get(asset).zip(self.starts.get(asset + 1));
        let changes = range.and_then(|(from, to)| self.changes.get(*from as usize..*to as usize));
        let by_then = changes.unwrap_or(&[]).iter().rev().find(|c| c.day <= day);
        by_then.map_or(Mark::None, |change| change.mark)
    }

    /// What changes from one day to another, forwards or backwards; each asset once, and none that
    /// wears in the end what it wore. The work is by what changes in between, and where that is much
    /// by how many assets there are.
    pub fn steps(&self, from: Date, to: Date) -> impl Iterator<Item = Step> + '_ {
        let (from, to) = (self.days.nearest(from), self.days.nearest(to));
        let (early, late) = (from.min(to), from.max(to));
        let changes = self.by_day.range(early as usize + 1, late as usize + 1);
        // Changes of many days lie all over the memory; the assets lie in a row.
        let (changes, all) = match changes.len() > self.assets.len() / 4 {
            true => (&[][..], self.assets.len()),
            false => (changes, 0),
        };
        let met = changes.iter();
        let met = met.filter_map(move |n| self.net(*n as usize, early, late));
        let each = move |asset| (asset, self.worn(asset, early), self.worn(asset, late));
        met.chain((0..all).map(each))
            .filter(|(_, before, after)| before != after)
            .map(move |(asset, before, after)| match from <= to {
                true => Step {
                    asset,
                    from: before,
                    to: after,
                },
                false => Step {
                    asset,
                    from: after,
                    to: before,
                },
            })
    }

    /// The marks of an asset before and after some days, told with the last of its changes in them.
    fn net(&self, n: usize, early: u32, late: u32) -> Option<(usize, Mark, Mark)> {
        let last = self.changes.get(n)?;
        let next = self.changes.get(n + 1);
        if next.is_some_and(|next| next.asset == last.asset && next.day <= late) {
            return None;
        }
        // The first change of an asset is of the first day, which is not among those asked for.
        let earlier = self.changes.get(..n)?.iter().rev();
        let before = earlier.clone().find(|change| change.day <= early)?;
        Some((last.asset as usize, before.mark, last.mark))
    }

    /// What is left as of a day, by number.
    pub fn left(&self, day: Date, left: Left) -> impl Iterator<Item = usize> + '_ {
        let day = self.days.nearest(day);
        let is_left = move |asset: &usize| {
            let mark = self.worn(*asset, day);
            match left {
                Left::NotDone => !is_done(mark),
                Left::NobodyBeen => nobody_was_there(mark),
                Left::NeverEver => nobody_was_there(mark) && !self.was_done_before(*asset),
            }
        };
        (0..self.assets.len()).filter(is_left)
    }

    fn was_done_before(&self, asset: usize) -> bool {
        self.spans_on(asset).any(|span| span.is_before())
    }

    /// What the tasks say of an asset.
    pub(super) fn spans_on(&self, asset: usize) -> impl Iterator<Item = &Span> {
        let spans = self.spans_of.get(asset).iter();
        spans.map(|n| &self.spans[*n as usize])
    }

    /// How much of an asset was covered from the period's beginning to a day, by the reports
    /// that count: all of it where the kind of work is counted by stretches, else as far as reports
    /// name any. None where nothing is known: what is done need not say how much of it.
    pub fn covered(&self, asset: usize, day: Date) -> Option<Covered> {
        let day = self.days.nearest(day);
        self.lengths.covered(&self.assets, asset, day)
    }
}

/// Whether a mark says that nobody was there: neither a report nor work under way.
fn nobody_was_there(mark: Mark) -> bool {
    matches!(mark, Mark::Never | Mark::Open | Mark::Due | Mark::Overdue)
}
