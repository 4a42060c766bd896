//! What is covered: streets that are swept, pipes and streets that are patrolled; and heating.

use super::YearError;
use super::calendar::days;
use super::ground::{on, property, snapshot_of};
use super::habits::Habit;
use super::jobs::{Job, Maker, Placed, eligible};
use super::split::part;
use super::whole::Whole;
use crate::catalog::{UnitId, WorkKindId};
use crate::log::{
    AssetSnapshot, Measured, Place, Quantity, Round, Shape, Stretch, Target, WorkLine,
};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A pipe, and its length in millimetres.
type Pipe = (AssetSnapshot, u64);
/// A part of one: where it begins and ends.
type Part = (AssetSnapshot, u64, u64);

/// Pipes along a street that are patrolled in one go.
const PIPES_AT_ONCE: usize = 34;

/// The heating works whose names are in print and that are buildings: no layer has them.
const BUILDINGS: [&str; 3] = ["一中3号楼", "辽河第一城2号楼", "辽河第一城31号楼"];
/// Those that are communities.
const COMMUNITIES: [&str; 8] = [
    "木器厂小区",
    "枫桦钰城小区",
    "理想城邦小区",
    "北丰小区",
    "站前医药小区",
    "北兴小区",
    "辽河第一城北区",
    "中泰小区",
];

impl<'c> Maker<'c> {
    /// Streets as the machines sweep them, each in stretches that are no more than one report
    /// holds, and each stretch so many times.
    pub(super) fn sweeping(&mut self, whole: &Whole<'c>, times: usize) -> Result<(), YearError> {
        let months = eligible(&whole.habit.months);
        let mut left = whole.parts;
        let swept = self.ground.roads.iter().filter_map(|road| {
            let (m2, mm) = road.swept?;
            let cents = u64::try_from((m2 * Decimal::ONE_HUNDRED).trunc()).ok()?;
            Some((road.asset.clone(), cents, mm))
        });
        let mut swept: Vec<_> = swept.collect();
        self.rng.shuffle(&mut swept);
        for (street, cents, mm) in swept {
            let amount = cents.min(left);
            left -= amount;
            if amount == 0 {
                continue;
            }
            let length = part(mm, amount, cents).max(1);
            // Millimetres are the smallest steps of all.
            let count = amount.div_ceil(whole.most()).min(length);
            for n in 0..count {
                let of = |all, n| part(all, n, count);
                let stretch = (street.uid, of(length, n), of(length, n + 1));
                let line = WorkLine {
                    covered: vec![stretch.into()],
                    ..whole.line(of(amount, n + 1) - of(amount, n), Measured::Tracked)
                };
                for time in 0..times {
                    let month =
                        months[(time * months.len() + self.rng.below(months.len())) / times];
                    let snapshot = self.ground.snapshot(&street);
                    let mut job = self.job(whole, month, Placed::new(on(&street), snapshot));
                    job.lines = vec![line.clone()];
                    self.jobs.push(job);
                }
            }
        }
        match left {
            0 => Ok(()),
            left => Err(self.short(whole, left)),
        }
    }

    /// Pipes, street by street, as tracks have them; what the pipes' own lengths do not come to is
    /// typed, pipe by pipe, to the next metre.
    pub(super) fn pipes(&mut self, whole: &Whole<'c>) -> Result<(), YearError> {
        // Kilometres to the metre, in millimetres.
        let mut left = whole.parts * 1000;
        let most = whole.most() * 1000;
        let mut streets = self.pipes_by_street();
        self.rng.shuffle(&mut streets);
        let total: u64 = streets.iter().flatten().map(|(_, mm)| mm).sum();
        let more = self.typed(whole, left.saturating_sub(total), &streets)?;
        left -= more;
        for street in streets {
            let mut way: Vec<Part> = Vec::new();
            for (pipe, mm) in street {
                let long = mm.min(left);
                left -= long;
                let count = long.div_ceil(most);
                for n in 0..count {
                    let (from, to) = (part(long, n, count), part(long, n + 1, count));
                    let so_far: u64 = way.iter().map(|(_, from, to)| to - from).sum();
                    if way.len() == PIPES_AT_ONCE || so_far + (to - from) > most {
                        self.patrol(whole, std::mem::take(&mut way));
                    }
                    way.push((pipe.clone(), from, to));
                }
            }
            self.patrol(whole, way);
        }
        match left {
            0 => Ok(()),
            left => Err(self.short(whole, left / 1000)),
        }
    }

    /// Reports on single pipes, typed to the next metre, that come to so much more than is there;
    /// and how much more it is.
    fn typed(
        &mut self,
        whole: &Whole<'c>,
        wanted: u64,
        streets: &[Vec<Pipe>],
    ) -> Result<u64, YearError> {
        let mut more = 0;
        for (pipe, mm) in streets.iter().flatten() {
            let up = mm.div_ceil(1000) * 1000 - mm;
            if up == 0 || more + up > wanted {
                continue;
            }
            more += up;
            let month = self.rng.below(10);
            self.at_asset(whole, pipe, mm.div_ceil(1000), month);
            if more == wanted {
                break;
            }
        }
        Ok(more)
    }

    fn pipes_by_street(&self) -> Vec<Vec<Pipe>> {
        let mut streets: Vec<Vec<Pipe>> = Vec::new();
        let mut last = None;
        for asset in self.ground.assets_for("pipe-patrol") {
            let metres = property(self.ground.city, asset.uid, "length_m");
            let mm = metres.and_then(|m| {
                let mm = m.parse::<Decimal>().ok()? * Decimal::ONE_THOUSAND;
                u64::try_from(mm.trunc()).ok()
            });
            let Some(pipe) = snapshot_of(&asset).zip(mm) else {
                continue;
            };
            match streets.last_mut() {
                Some(street) if last == Some(asset.street.clone()) => street.push(pipe),
                _ => streets.push(vec![pipe]),
            }
            last = Some(asset.street);
        }
        streets
    }

    /// A patrol along some pipes, and for some of them another in a later month.
    fn patrol(&mut self, whole: &Whole<'c>, way: Vec<Part>) {
        let Some((first, ..)) = way.first() else {
            return;
        };
        let snapshot = self.ground.snapshot(first);
        let covered = way
            .iter()
            .map(|(pipe, from, to)| (pipe.uid, *from, *to).into());
        let covered: Vec<Stretch> = covered.collect();
        let mm: u64 = way.iter().map(|(_, from, to)| to - from).sum();
        let line = WorkLine {
            covered,
            ..whole.line(((mm + 500) / 1000).max(1), Measured::Tracked)
        };
        let name = snapshot.street.clone();
        let mut assets: Vec<_> = way.into_iter().map(|(pipe, ..)| pipe).collect();
        // Parts of one pipe stand one behind the other.
        assets.dedup_by_key(|pipe| pipe.uid);
        let target = Arc::new(Target::Round(Round { name, assets }));
        let month = self.rng.below(8);
        for again in 0..=usize::from(self.rng.chance(0.4)) {
            let place = Placed::new(target.clone(), snapshot.clone());
            let mut job = self.job(whole, month + 2 * again, place);
            job.lines = vec![line.clone()];
            self.jobs.push(job);
        }
    }

    /// A city whose streets or pipes do not come to what is wanted.
    fn short(&self, whole: &Whole<'_>, left: u64) -> YearError {
        YearError::Beyond {
            work: WorkKindId(whole.habit.work.into()),
            wanted: whole.quantity(whole.parts).0,
            most: whole.quantity(whole.parts.saturating_sub(left)).0,
        }
    }

    /// Heating installations: a quarter of them buildings, the others communities, those in print
    /// first.
    pub(super) fn heating(&mut self, whole: &Whole<'c>) -> Result<(), YearError> {
        let count = usize::try_from(whole.parts).unwrap_or(usize::MAX);
        let buildings = (count / 4).min(BUILDINGS.len());
        let months = eligible(&whole.habit.months);
        let mut communities = self.ground.assets_for(whole.habit.work);
        let rank = |name: Option<&str>| COMMUNITIES.iter().position(|c| Some(*c) == name);
        crate::order::sort_by_key(&mut communities, |a| {
            rank(a.name.as_deref()).unwrap_or(COMMUNITIES.len())
        });
        let some = communities.get(..count - buildings);
        let some = some.ok_or_else(|| whole.beyond(communities.len() + buildings))?;
        for (n, asset) in some.iter().enumerate() {
            let month = months[self.rng.below(months.len())];
            if let (Some(near), Some(name)) = (snapshot_of(asset), BUILDINGS.get(n))
                && n < buildings
            {
                let shape = Shape::Point(near.at);
                let name = Some((*name).to_owned());
                let target = Arc::new(Target::Place(Place { shape, name }));
                let snapshot = self.ground.snapshot(&near);
                let mut job = self.job(whole, month, Placed::new(target, snapshot));
                job.lines = vec![whole.line(1, Measured::Counted)];
                self.jobs.push(job);
            }
            if let Some(asset) = snapshot_of(asset) {
                self.at_asset(whole, &asset, 1, month);
            }
        }
        Ok(())
    }

    /// Streets that are patrolled as one goes to work: no figure in print, and every day.
    pub(super) fn road_patrols(&mut self, habit: &'static Habit) {
        let (work, unit) = (WorkKindId(habit.work.into()), UnitId("km".into()));
        for month in 0..10 {
            for day in days(month, habit.week) {
                let Some(road) = self.ground.road(&mut self.rng, false) else {
                    return;
                };
                let mm = (road.length_m * 1000.0) as u64;
                let metres = i64::try_from(mm / 1000).unwrap_or(1).max(1);
                let line = WorkLine {
                    work: work.clone(),
                    quantity: Quantity(Decimal::new(metres, 3).normalize()),
                    unit: unit.clone(),
                    material: None,
                    measured: Measured::Tracked,
                    covered: vec![(road.asset.uid, 0, mm).into()],
                    patches: Vec::new(),
                    assets: Vec::new(),
                };
                self.jobs.push(Job {
                    habit,
                    crew: habit.crews[0],
                    place: self.ground.snapshot(&road.asset),
                    target: on(&road.asset),
                    lines: vec![line],
                    ticks: Vec::new(),
                    checked: Vec::new(),
                    day,
                });
            }
        }
    }
}
