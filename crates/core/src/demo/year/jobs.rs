//! The work of a year, piece by piece, before anybody says anything of it.

use super::YearError;
use super::calendar::{Day, days};
use super::ground::{Ground, Road, on, property, snapshot_of};
use super::habits::{HABITS, Habit, Make, REGULATING};
use super::split::{by_months, part, pieces, tidy};
use super::targets::Targets;
use crate::catalog::{Catalog, Measure, UnitId, WorkKindId};
use crate::city::AssetSummary;
use crate::demo::rng::Rng;
use crate::geodesy::LonLat;
use crate::log::{
    AssetSnapshot, Checked, Measured, Quantity, Round, Snapshot, Target, Ticked, WorkLine,
};
use rust_decimal::Decimal;
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

/// The total of a kind of work in the smallest parts of its unit, and what is said with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole<'c> {
    pub(super) habit: &'static Habit,
    pub(super) parts: u64,
    decimals: u32,
    measures: Measure,
    unit: &'c UnitId,
}

impl Whole<'_> {
    /// The most of one report: a fiftieth of all where it is an area or a length.
    pub(super) fn most(&self) -> u64 {
        match self.measures {
            Measure::Area | Measure::Length => (self.parts / 50).max(1),
            _ => u64::MAX,
        }
    }

    pub(super) fn quantity(&self, parts: u64) -> Quantity {
        let parts = i64::try_from(parts).unwrap_or(i64::MAX);
        Quantity(Decimal::new(parts, self.decimals).normalize())
    }

    pub(super) fn line(&self, parts: u64, measured: Measured) -> WorkLine {
        WorkLine {
            work: WorkKindId(self.habit.work.into()),
            quantity: self.quantity(parts),
            unit: self.unit.clone(),
            material: None,
            measured,
            covered: Vec::new(),
            patches: Vec::new(),
            assets: Vec::new(),
        }
    }
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

    fn on_streets(&mut self, whole: &Whole<'c>) -> Result<(), YearError> {
        let (habit, most) = (whole.habit, whole.most());
        let months = by_months(whole.parts, &habit.months, &mut self.rng);
        for (month, share) in months.into_iter().enumerate() {
            let mut pieces = pieces(share, habit.mean, most, &mut self.rng);
            if whole.decimals > 0 {
                tidy(&mut pieces, most, &mut self.rng);
            }
            for parts in pieces {
                let place = self.on_street(whole, parts);
                let place = place.ok_or_else(|| whole.beyond(0))?;
                let drawn = matches!(&*place.target, Target::Place(_));
                let measured = match drawn && self.rng.chance(0.4) {
                    true => Measured::Drawn,
                    false => Measured::Typed,
                };
                let material = habit
                    .materials
                    .get(self.rng.below(habit.materials.len() * 2));
                let line = WorkLine {
                    material: material.map(|m| (*m).to_owned()),
                    ..whole.line(parts, measured)
                };
                let mut job = self.job(whole, month, place);
                job.lines = vec![line];
                self.jobs.push(job);
            }
        }
        Ok(())
    }

    /// Somewhere on a street.
    fn on_street(&mut self, whole: &Whole<'_>, parts: u64) -> Option<Placed> {
        let along = whole.habit.make == Make::Lines;
        let asphalt = whole.habit.work == "crack-seal";
        let road: &Road = self.ground.road(&mut self.rng, asphalt)?;
        if self.rng.chance(0.3) {
            // Where it is done to more than streets, some of it is at one of the others.
            let others = &self.ground.others;
            let other = others.get(self.rng.below(others.len()));
            let other = other.filter(|_| whole.habit.work == "bill-remove");
            let asset = other.unwrap_or(&road.asset);
            return Some(Placed::new(on(asset), self.ground.snapshot(asset)));
        }
        let drawn = match along {
            true => road.stretch(parts as f64 / 100.0, &mut self.rng),
            false => road.point(&mut self.rng),
        };
        let (target, at) = drawn?;
        let snapshot = self.ground.snapshot_at(at);
        Some(Placed::new(Arc::new(target), snapshot))
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
        let look = |item: &crate::catalog::CheckItem| Checked {
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

    /// Rounds, street by street, of so many things about, and what is mended on the way.
    fn rounds(
        &mut self,
        whole: &Whole<'c>,
        size: usize,
        inner: Option<&Whole<'c>>,
    ) -> Result<(), YearError> {
        let streets = self.streets(whole)?;
        let months = by_months(whole.parts, &whole.habit.months, &mut self.rng);
        let (mut street, mut first, mut before) = (0, 0, 0);
        for (month, share) in months.into_iter().enumerate() {
            let mut left = usize::try_from(share).unwrap_or(usize::MAX);
            while left > 0 {
                let here = &streets[street];
                let wanted = (size / 2 + 1 + self.rng.below(size)).min(left);
                let done = &here[first..here.len().min(first + wanted)];
                let beside = &here[first + done.len()..];
                let beside = &beside[..beside.len().min(self.rng.below(4))];
                let after = before + done.len() as u64;
                let mended = inner.map(|inner| {
                    let upto = |n| part(inner.parts, n, whole.parts);
                    (inner, upto(after) - upto(before))
                });
                self.round(whole, month, done, beside, mended);
                (before, left) = (after, left - done.len());
                first += done.len();
                if first == here.len() {
                    (street, first) = ((street + 1) % streets.len(), 0);
                }
            }
        }
        Ok(())
    }

    /// The assets of each street, the streets in some order.
    fn streets(&mut self, whole: &Whole<'_>) -> Result<Vec<Vec<AssetSummary>>, YearError> {
        let mut streets: Vec<Vec<AssetSummary>> = Vec::new();
        for asset in self.ground.assets_for(whole.habit.work) {
            match streets.last_mut() {
                Some(street) if street[0].street == asset.street => street.push(asset),
                _ => streets.push(vec![asset]),
            }
        }
        self.rng.shuffle(&mut streets);
        match streets.is_empty() {
            false => Ok(streets),
            true => Err(whole.beyond(0)),
        }
    }

    /// A round over what was done and what was left beside it.
    fn round(
        &mut self,
        whole: &Whole<'c>,
        month: usize,
        done: &[AssetSummary],
        beside: &[AssetSummary],
        mended: Option<(&Whole<'c>, u64)>,
    ) {
        let snapshots = |all: &[AssetSummary]| all.iter().filter_map(snapshot_of).collect();
        let (mut assets, left): (Vec<AssetSnapshot>, Vec<AssetSnapshot>) =
            (snapshots(done), snapshots(beside));
        let Some(first) = assets.first() else { return };
        let mut lines = vec![whole.line(done.len() as u64, Measured::Counted)];
        let mut ticks: Vec<Ticked> = assets.iter().map(|a| ticked(a, None)).collect();
        if let Some((inner, count)) = mended.filter(|(_, count)| *count > 0) {
            let mut line = inner.line(count, Measured::Counted);
            for tick in ticks.iter_mut().take(usize::try_from(count).unwrap_or(0)) {
                line.assets.push(tick.asset);
                tick.lines = vec![
                    whole.line(1, Measured::Counted),
                    inner.line(1, Measured::Counted),
                ];
            }
            lines.push(line);
        }
        let snapshot = self.ground.snapshot(first);
        let name = snapshot.street.clone();
        let is_single = assets.len() == 1;
        if !is_single {
            let reasons = ["车压着", "井盖锈死，打不开", "围挡内，进不去"];
            let unreached = left.iter().filter(|_| self.rng.chance(0.5));
            let unreached: Vec<_> = unreached.cloned().collect();
            for asset in &unreached {
                ticks.push(ticked(asset, Some(reasons[self.rng.below(3)])));
            }
            assets.extend(left);
        } else {
            ticks.clear();
        }
        let target = match is_single {
            true => Target::Asset(assets[0].clone()),
            false => Target::Round(Round { name, assets }),
        };
        let place = Placed::new(Arc::new(target), snapshot);
        let mut job = self.job(whole, month, place);
        (job.lines, job.ticks) = (lines, ticks);
        self.jobs.push(job);
    }

    /// So many assets, each of them several times, alone or in rounds.
    fn distinct(
        &mut self,
        whole: &Whole<'c>,
        times: usize,
        round: usize,
        inner: Option<&Whole<'c>>,
    ) -> Result<(), YearError> {
        let mut all = self.ground.assets_for(whole.habit.work);
        if inner.is_some() {
            // What is in order by the layer is what was put in order.
            let city = self.ground.city;
            let rest =
                |a: &AssetSummary| property(city, a.uid, "in_order").as_deref() != Some("true");
            crate::order::sort_by_key(&mut all, rest);
        } else {
            self.rng.shuffle(&mut all);
        }
        let count = usize::try_from(whole.parts).unwrap_or(usize::MAX);
        let some = all.get(..count).ok_or_else(|| whole.beyond(all.len()))?;
        let months = eligible(&whole.habit.months);
        for time in 0..times {
            for chunk in some.chunks(round) {
                let month = match times {
                    1 => months[self.rng.below(months.len())],
                    _ => months[time * months.len() / times],
                };
                match (round, chunk.first().and_then(snapshot_of)) {
                    (1, Some(asset)) => self.at_asset(whole, &asset, 1, month),
                    _ => self.round(whole, month, chunk, &[], None),
                }
            }
        }
        let months = eligible(&REGULATING);
        if let Some(inner) = inner {
            let count = usize::try_from(inner.parts).unwrap_or(0);
            for asset in some.iter().take(count).filter_map(snapshot_of) {
                let month = months[self.rng.below(months.len())];
                self.at_asset(inner, &asset, 1, month);
            }
        }
        Ok(())
    }

    /// A rate each month, the last as it is to be.
    fn entered(&mut self, whole: &Whole<'c>) {
        let [lon, lat] = self.catalog.city.center;
        let at = LonLat::new(lon, lat);
        let snapshot = self.ground.snapshot_at(at);
        let Some(at) = crate::log::Position::from_degrees(lon, lat) else {
            return;
        };
        let shape = crate::log::Shape::Point(at);
        let name = Some("生活垃圾处理场".into());
        let target = Arc::new(Target::Place(crate::log::Place { shape, name }));
        for month in 0..10 {
            let place = Placed::new(target.clone(), snapshot.clone());
            let mut job = self.job(whole, month, place);
            job.lines = vec![whole.line(whole.parts, Measured::Typed)];
            self.jobs.push(job);
        }
    }
}

impl Whole<'_> {
    /// That there is not enough of what it is done to.
    pub(super) fn beyond(&self, most: usize) -> YearError {
        YearError::Beyond {
            work: WorkKindId(self.habit.work.into()),
            wanted: self.quantity(self.parts).0,
            most: most.into(),
        }
    }
}

/// The months in which something is done.
pub(super) fn eligible(months: &[u64; 10]) -> Vec<usize> {
    (0..10).filter(|month| months[*month] > 0).collect()
}

fn ticked(asset: &AssetSnapshot, unreached: Option<&str>) -> Ticked {
    Ticked {
        asset: asset.uid,
        unreached: unreached.map(str::to_owned),
        lines: Vec::new(),
        note: None,
        photos: Vec::new(),
    }
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
