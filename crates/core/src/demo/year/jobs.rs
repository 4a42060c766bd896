//! The work of a year, piece by piece, before anybody says anything of it.

use super::YearError;
use super::calendar::{Day, days};
use super::ground::{Ground, on, snapshot_of};
use super::habits::{HABITS, Habit, Make};
use super::split::{by_months, pieces, tidy};
use super::targets::Targets;
use super::whole::Whole;
use crate::catalog::{Catalog, CheckItem, Measure, WorkKindId};
use crate::demo::rng::Rng;
use crate::log::{AssetSnapshot, Checked, Measured, Snapshot, Target, Ticked, WorkLine};
use std::sync::Arc;

/// A piece of work that is done.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) habit: &'static Habit,
    pub(super) crew: &'static str,
    pub(super) target: Arc<Target>,
    pub(super) lines: Vec<WorkLine>,
    pub(super) ticks: Vec<Ticked>,
    pub(super) checked: Vec<Checked>,
    /// The day on which it is done.
    pub(super) day: Day,
    pub(super) place: Snapshot,
}

/// Makes the jobs of a year.
pub(super) struct Maker<'c> {
    pub(super) ground: Ground<'c>,
    pub(super) rng: Rng,
    pub(super) jobs: Vec<Job>,
    catalog: &'c Catalog,
}

impl<'c> Maker<'c> {
    pub(super) fn new(seed: u64, ground: Ground<'c>) -> Maker<'c> {
        Maker {
            catalog: ground.city.catalog(),
            ground,
            rng: Rng::stream(seed, "year: jobs"),
            jobs: Vec::new(),
        }
    }

    /// All the work that comes to some totals.
    pub(super) fn make(&mut self, targets: &Targets) -> Result<(), YearError> {
        for (work, _) in targets.iter() {
            if !HABITS.iter().any(|habit| habit.work == work.as_str()) {
                return Err(YearError::Unknown { work: work.clone() });
            }
        }
        for habit in &HABITS {
            let Some(whole) = self.whole(habit, targets)? else {
                continue;
            };
            match habit.make {
                _ if whole.parts == 0 && habit.make != Make::Entered => {}
                Make::Spots | Make::Lines => self.on_streets(&whole)?,
                Make::Assets => self.at_assets(&whole)?,
                Make::Rounds(size) => {
                    let inner = self.inner(&whole, targets)?;
                    self.rounds(&whole, size, inner.as_ref())?;
                }
                Make::Single => self.single(&whole)?,
                Make::Distinct { times, round } => {
                    let inner = self.inner(&whole, targets)?;
                    self.distinct(&whole, times, round, inner.as_ref())?;
                }
                Make::Sweeping(times) => self.sweeping(&whole, times)?,
                Make::Pipes => self.pipes(&whole)?,
                Make::Entered => self.entered(&whole),
                Make::Heating => self.heating(&whole)?,
                Make::Within => self.has_whole(&whole, targets)?,
            }
        }
        Ok(())
    }

    fn whole(
        &self,
        habit: &'static Habit,
        targets: &Targets,
    ) -> Result<Option<Whole<'c>>, YearError> {
        let Some(quantity) = targets.get(habit.work) else {
            return Ok(None);
        };
        let work = WorkKindId(habit.work.into());
        let catalog = self.catalog;
        let kind = catalog.work_kind(&work);
        let unit = kind.and_then(|kind| catalog.unit(&kind.unit));
        let Some(unit) = unit else {
            return Err(YearError::Unknown { work });
        };
        let mut fine = quantity.normalize();
        let too_fine = fine.scale() > unit.decimals;
        fine.rescale(unit.decimals);
        match u64::try_from(fine.mantissa()) {
            Ok(parts) if !too_fine => Ok(Some(Whole {
                habit,
                parts,
                decimals: unit.decimals,
                measures: unit.measures,
                unit: &unit.id,
            })),
            _ => Err(YearError::Quantity { work, quantity }),
        }
    }

    /// The kind that counts within another, where something of it is to be done.
    fn inner(&self, whole: &Whole<'c>, targets: &Targets) -> Result<Option<Whole<'c>>, YearError> {
        let outer = WorkKindId(whole.habit.work.into());
        let mut kinds = self.catalog.work_kinds.iter();
        let inner = kinds.find(|kind| kind.within.as_ref() == Some(&outer));
        let habit = inner.and_then(|kind| HABITS.iter().find(|h| h.work == kind.id.as_str()));
        let Some(inner) = habit.map(|habit| self.whole(habit, targets)).transpose()? else {
            return Ok(None);
        };
        match inner {
            Some(inner) if inner.parts > whole.parts => Err(YearError::Within {
                work: WorkKindId(inner.habit.work.into()),
                whole: outer,
            }),
            inner => Ok(inner.filter(|inner| inner.parts > 0)),
        }
    }

    /// Where nothing is done of a whole, nothing can be done of its parts.
    fn has_whole(&self, part: &Whole<'c>, targets: &Targets) -> Result<(), YearError> {
        let work = WorkKindId(part.habit.work.into());
        let kind = self.catalog.work_kind(&work);
        let Some(whole) = kind.and_then(|kind| kind.within.clone()) else {
            return Err(YearError::Unknown { work });
        };
        match targets.get(whole.as_str()) {
            Some(quantity) if !quantity.is_zero() => Ok(()),
            _ if part.parts == 0 => Ok(()),
            _ => Err(YearError::Within { work, whole }),
        }
    }

    /// A job of one line, on a day of a month.
    pub(super) fn job(&mut self, whole: &Whole<'_>, month: usize, place: Placed) -> Job {
        let habit = whole.habit;
        let days = days(month, habit.week);
        let day = days.get(self.rng.below(days.len())).copied().unwrap_or(0);
        let crew = habit.crews.get(self.rng.below(habit.crews.len()));
        Job {
            habit,
            crew: crew.copied().unwrap_or_default(),
            target: place.target,
            lines: Vec::new(),
            ticks: Vec::new(),
            checked: Vec::new(),
            day,
            place: place.snapshot,
        }
    }

    fn at_assets(&mut self, whole: &Whole<'c>) -> Result<(), YearError> {
        let assets = self.assets(whole)?;
        let months = by_months(whole.parts, &whole.habit.months, &mut self.rng);
        for (month, share) in months.into_iter().enumerate() {
            let most = 2 * whole.habit.mean;
            let mut pieces = pieces(share, whole.habit.mean, most, &mut self.rng);
            tidy(&mut pieces, most, &mut self.rng);
            for parts in pieces {
                let asset = &assets[self.rng.below(assets.len())];
                self.at_asset(whole, asset, parts, month);
            }
        }
        Ok(())
    }

    fn single(&mut self, whole: &Whole<'c>) -> Result<(), YearError> {
        let assets = self.assets(whole)?;
        let months = by_months(whole.parts, &whole.habit.months, &mut self.rng);
        for (month, share) in months.into_iter().enumerate() {
            let mut left = share;
            while left > 0 {
                // Some are two at one place.
                let parts = left.min(1 + u64::from(self.rng.chance(0.04)));
                left -= parts;
                let asset = &assets[self.rng.below(assets.len())];
                self.at_asset(whole, asset, parts, month);
            }
        }
        Ok(())
    }

    /// A job at one asset.
    pub(super) fn at_asset(
        &mut self,
        whole: &Whole<'c>,
        asset: &AssetSnapshot,
        parts: u64,
        month: usize,
    ) {
        let place = Placed::new(on(asset), self.ground.snapshot(asset));
        let measured = match whole.measures {
            Measure::Count => Measured::Counted,
            _ => Measured::Typed,
        };
        let mut job = self.job(whole, month, place);
        job.lines = vec![whole.line(parts, measured)];
        job.checked = self.looked_at(whole);
        self.jobs.push(job);
    }

    /// What was looked at, where the catalogue asks for it: mostly good.
    fn looked_at(&mut self, whole: &Whole<'_>) -> Vec<Checked> {
        let work = WorkKindId(whole.habit.work.into());
        let list = self.catalog.work_kind(&work).and_then(|kind| {
            let list = kind.checklist.as_ref()?;
            self.catalog.checklist(list)
        });
        let items = list.map_or(&[][..], |list| &list.items);
        let look = |item: &CheckItem| Checked {
            item: item.id.as_str().into(),
            good: !self.rng.chance(0.04),
            note: None,
        };
        items.iter().map(look).collect()
    }

    /// All assets that work is done to.
    pub(super) fn assets(&self, whole: &Whole<'_>) -> Result<Vec<AssetSnapshot>, YearError> {
        let assets = self.ground.assets_for(whole.habit.work);
        let assets: Vec<_> = assets.iter().filter_map(snapshot_of).collect();
        match assets.is_empty() {
            false => Ok(assets),
            true => Err(whole.beyond(0)),
        }
    }
}

/// The months in which something is done.
pub(super) fn eligible(months: &[u64; 10]) -> Vec<usize> {
    (0..10).filter(|month| months[*month] > 0).collect()
}

/// Where a job is, and what the map says there.
pub(super) struct Placed {
    pub(super) target: Arc<Target>,
    pub(super) snapshot: Snapshot,
}

impl Placed {
    pub(super) fn new(target: Arc<Target>, snapshot: Snapshot) -> Placed {
        Placed { target, snapshot }
    }
}
