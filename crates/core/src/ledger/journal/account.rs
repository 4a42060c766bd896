//! A kind of work while rows are added up.

use super::super::spots::Spot;
use super::super::tally::{Figures, Places, Tally, enter};
use super::row::{Adds, Row};
use super::seen::Seen;
use super::words::Asset;
use super::{Journal, taking::is_told};
use crate::catalog::{Counting, Nature};
use crate::ids::AssetUid;
use crate::log::Stretch;
use crate::task::State;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What was counted so far. It is a tally but for what is counted once: that is noted by its number, and
/// looked through when all are counted.
pub(super) struct Account<'a> {
    pub(super) tally: Tally<'a>,
    assets: Vec<Asset>,
    elsewhere: u64,
    most: Vec<(Asset, Decimal)>,
    along: Vec<u32>,
    stretches: Vec<u32>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Did {
    Nothing,
    Count,
    Conflict,
    Wait,
}

/// What is counted once, for one account after another.
#[derive(Default)]
pub(super) struct Once {
    assets: Seen,
    along: Seen,
    stretches: Seen,
}

impl<'a> Account<'a> {
    pub(super) fn new(tally: Tally<'a>) -> Account<'a> {
        Account {
            tally,
            assets: Vec::new(),
            elsewhere: 0,
            most: Vec::new(),
            along: Vec::new(),
            stretches: Vec::new(),
        }
    }

    /// Counts a row of which a report is of the period, by what it adds to this kind.
    pub(super) fn count(&mut self, journal: &Journal, row: &Row, adds: &Adds) -> Did {
        let period = self.tally.period();
        if row.stands && self.tally.counting.admits(row.state == State::Verified) {
            if !adds.has_lines || !period.contains(row.said.day) {
                return Did::Nothing;
            }
            self.add(journal, row, adds);
            return Did::Count;
        }
        match row.state {
            _ if !journal.reported_in(row, period) => Did::Nothing,
            State::Conflict => self.dispute(),
            State::Reported => {
                self.tally.unverified += 1;
                Did::Wait
            }
            _ => Did::Nothing,
        }
    }

    /// Notes a row of which it is not clear whose it is.
    pub(super) fn doubt(&mut self, journal: &Journal, row: &Row) -> Did {
        match is_told(row.state) && journal.reported_in(row, self.tally.period()) {
            true => self.dispute(),
            false => Did::Nothing,
        }
    }

    fn dispute(&mut self) -> Did {
        self.tally.conflicts += 1;
        Did::Conflict
    }

    fn add(&mut self, journal: &Journal, row: &Row, adds: &Adds) {
        let (pools, tally) = (&journal.pools, &mut self.tally);
        let day = row.said.day;
        tally.tasks += 1;
        tally.shared += u64::from(adds.shared);
        tally.other_units += u64::from(adds.other_units);
        let assets = adds.assets.of(&pools.assets);
        self.assets.extend_from_slice(assets);
        self.elsewhere += u64::from(adds.is_elsewhere);
        if tally.kind.nature == Nature::Cumulative {
            let spots = assets.iter().filter_map(|asset| journal.asset(*asset));
            let own = adds.is_elsewhere.then_some(Spot::Task(row.uid));
            let spots = spots.map(Spot::Asset).chain(own);
            tally.done_in.extend(spots.map(|spot| (spot, day.year())));
        }
        match tally.kind.counts {
            Counting::Sum => {
                tally.sum = tally.sum.saturating_add(adds.sum);
                if let Some((over, _, sum)) = &mut tally.months
                    && over.contains(day)
                {
                    *sum = sum.saturating_add(adds.sum);
                }
            }
            Counting::Entered => {
                for (_, figure) in adds.most.of(&pools.most) {
                    enter(&mut tally.entered, day, *figure);
                }
            }
            Counting::Distinct | Counting::CoveredOnce => {
                for (spot, amount) in adds.most.of(&pools.most) {
                    match spot {
                        Some(asset) => self.most.push((*asset, *amount)),
                        None => {
                            tally.most.insert(Spot::Task(row.uid), *amount);
                        }
                    }
                }
                self.along.extend_from_slice(adds.along.of(&pools.along));
                let stretches = adds.stretches.of(&pools.stretches);
                self.stretches.extend_from_slice(stretches);
            }
        }
    }

    /// What it comes to.
    pub(super) fn figures(self, journal: &Journal, once: &mut Once) -> Figures {
        let (words, mut tally) = (&journal.words, self.tally);
        once.assets.begin(words.assets.len());
        let (mut assets, mut which) = (0, BTreeSet::new());
        for asset in self.assets {
            if once.assets.first(asset) {
                assets += 1;
                if tally.kind.split_by.is_some() {
                    which.extend(journal.asset(asset));
                }
            }
        }
        for (asset, most) in greatest(self.most, &mut once.assets, words.assets.len()) {
            if let Some(asset) = journal.asset(asset) {
                tally.most.insert(Spot::Asset(asset), most);
            }
        }
        once.along.begin(words.along.len());
        let along = self.along.into_iter().filter(|n| once.along.first(*n));
        for (asset, along) in along.filter_map(|n| words.along.get(n)) {
            if let Some(asset) = journal.asset(*asset) {
                tally.along.entry(asset).or_default().insert(*along);
            }
        }
        once.stretches.begin(words.stretches.len());
        let stretches = self.stretches.into_iter();
        let stretches = stretches.filter(|n| once.stretches.first(*n));
        let stretches = stretches.filter_map(|n| words.stretches.get(n));
        let stretch =
            |(asset, from, to): &(Asset, u64, u64)| Some((journal.asset(*asset)?, *from, *to));
        let stretches = stretches.filter_map(stretch);
        tally.stretches.extend(stretches.map(Stretch::from));
        tally.figures_at(Places {
            assets,
            elsewhere: self.elsewhere,
            which,
        })
    }
}

/// The greatest amount at each asset.
fn greatest(all: Vec<(Asset, Decimal)>, seen: &mut Seen, len: usize) -> Vec<(Asset, Decimal)> {
    let mut greatest: Vec<(Asset, Decimal)> = Vec::new();
    seen.begin(len);
    for (asset, amount) in all {
        let (at, is_first) = seen.value(asset, || greatest.len() as u32);
        match greatest.get_mut(at as usize) {
            Some((_, most)) if !is_first => *most = amount.max(*most),
            _ => greatest.push((asset, amount)),
        }
    }
    greatest
}

impl Journal {
    pub(super) fn asset(&self, asset: Asset) -> Option<AssetUid> {
        self.words.assets.get(asset).copied()
    }
}
