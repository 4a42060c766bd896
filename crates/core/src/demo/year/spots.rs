//! Work that is measured, somewhere on the streets; and figures that are entered.

use super::YearError;
use super::ground::{Road, on};
use super::habits::Make;
use super::jobs::{Maker, Placed};
use super::split::{by_months, pieces, tidy};
use super::whole::Whole;
use crate::geodesy::LonLat;
use crate::log::{Measured, Place, Position, Shape, Target, WorkLine};
use std::sync::Arc;

impl<'c> Maker<'c> {
    /// Amounts on streets or along them, in a season and of a size.
    pub(super) fn on_streets(&mut self, whole: &Whole<'c>) -> Result<(), YearError> {
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

    /// A rate each month, the last as it is to be.
    pub(super) fn entered(&mut self, whole: &Whole<'c>) {
        let [lon, lat] = self.ground.city.catalog().city.center;
        let at = LonLat::new(lon, lat);
        let snapshot = self.ground.snapshot_at(at);
        let Some(at) = Position::from_degrees(lon, lat) else {
            return;
        };
        let shape = Shape::Point(at);
        let name = Some("生活垃圾处理场".into());
        let target = Arc::new(Target::Place(Place { shape, name }));
        for month in 0..10 {
            let place = Placed::new(target.clone(), snapshot.clone());
            let mut job = self.job(whole, month, place);
            job.lines = vec![whole.line(whole.parts, Measured::Typed)];
            self.jobs.push(job);
        }
    }
}
