//! Rounds, street by street, and assets that are looked after again and again.

use super::YearError;
use super::ground::{property, snapshot_of};
use super::habits::REGULATING;
use super::jobs::{Maker, Placed, eligible};
use super::split::{by_months, part};
use super::whole::Whole;
use crate::city::AssetSummary;
use crate::log::{AssetSnapshot, Measured, Round, Target, Ticked};
use std::sync::Arc;

impl<'c> Maker<'c> {
    /// Rounds, street by street, of so many things about, and what is mended on the way.
    pub(super) fn rounds(
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
    pub(super) fn distinct(
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
