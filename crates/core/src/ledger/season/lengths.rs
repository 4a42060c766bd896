//! How much of each line was covered, day by day.

use super::assets::Assets;
use super::buckets::Buckets;
use crate::catalog::{self, Catalog, Unit, WorkKindId};
use crate::coverage;
use crate::ids::AssetUid;
use crate::ledger::Ratio;
use crate::ledger::counting::Counting;
use crate::ledger::spots::{OfTask, at_each, millimetres, whole};
use crate::log::{Stretch, WorkLine};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// How much of a line, or of several, was covered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// What was covered, in millimetres; what was covered twice counts once.
    pub mm: u64,
    /// Of so many; none where a length is not known.
    pub of_mm: Option<u64>,
}

impl Covered {
    /// The covered length in metres, to the millimetre.
    pub fn metres(&self) -> Decimal {
        Decimal::try_from_i128_with_scale(self.mm.into(), 3).unwrap_or(Decimal::MAX)
    }

    /// The exact share. A line that was drawn shorter since is covered whole and no more.
    pub fn share(&self) -> Option<Ratio> {
        self.of_mm.map(|whole| Ratio {
            part: self.mm.min(whole),
            whole,
        })
    }

    /// Both together.
    pub fn and(self, other: Covered) -> Covered {
        let lengths = self.of_mm.zip(other.of_mm);
        Covered {
            mm: self.mm.saturating_add(other.mm),
            of_mm: lengths.map(|(a, b)| a.saturating_add(b)),
        }
    }
}

/// What was covered on a day.
#[derive(Debug, Clone, Copy)]
struct Laid {
    asset: u32,
    day: u32,
    from_mm: u64,
    to_mm: u64,
}

/// What was covered of each asset in a period.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths {
    /// The kind of work is counted by stretches; else only those are known that a report names.
    is_measured: bool,
    laid: Vec<Laid>,
    by_asset: Buckets,
}

/// Takes reports in.
pub(super) struct Measure<'a> {
    unit: Option<&'a Unit>,
    lengths: Lengths,
}

impl<'a> Measure<'a> {
    pub(super) fn of(catalog: &'a Catalog, work: &WorkKindId) -> Measure<'a> {
        let kind = catalog.work_kind(work);
        let covered_once = catalog::Counting::CoveredOnce;
        let lengths = Lengths {
            is_measured: kind.is_some_and(|kind| kind.counts == covered_once),
            ..Lengths::default()
        };
        Measure {
            unit: kind.and_then(|kind| catalog.unit(&kind.unit)),
            lengths,
        }
    }

    /// Takes in what a report that counts says was covered on a day, by the rules of the totals: the
    /// stretches that it names and, for a kind that is counted by them, a length without a
    /// stretch from the line's beginning.
    pub(super) fn report(
        &mut self,
        counting: &Counting<'_>,
        assets: &Assets,
        of: OfTask<'_>,
        lines: &[WorkLine],
        day: u32,
    ) {
        let lines = counting.lines(lines);
        for stretch in lines.iter().flat_map(|line| &line.covered) {
            self.lay(assets, stretch.asset, day, stretch.from_mm, stretch.to_mm);
        }
        if !self.lengths.is_measured {
            return;
        }
        let bare = lines.into_iter().filter(|line| line.covered.is_empty());
        let bare = bare.filter(|line| counting.is_unit(line));
        let amounts: Vec<_> = bare.map(|l| (l, millimetres(self.unit, l))).collect();
        for (spot, mm) in at_each(counting, of, &amounts, 0) {
            if let Some(asset) = spot.asset() {
                self.lay(assets, asset, day, 0, whole(mm));
            }
        }
    }

    fn lay(&mut self, assets: &Assets, asset: AssetUid, day: u32, from_mm: u64, to_mm: u64) {
        if let Some(number) = assets.number(&asset).filter(|_| from_mm < to_mm) {
            self.lengths.laid.push(Laid {
                asset: number as u32,
                day,
                from_mm,
                to_mm,
            });
        }
    }

    pub(super) fn finish(self, assets: &Assets) -> Lengths {
        let mut lengths = self.lengths;
        let laid = &lengths.laid;
        let asset = |n: usize| laid[n].asset as usize;
        lengths.by_asset = Buckets::new(laid.len(), assets.len(), &asset);
        lengths
    }
}

impl Lengths {
    /// What was covered of an asset by the end of a day; see [`super::Season::covered`].
    pub(super) fn covered(&self, assets: &Assets, asset: usize, day: u32) -> Option<Covered> {
        let known = assets.all.get(asset)?;
        let laid = self.by_asset.get(asset).iter();
        let laid = laid.map(|n| self.laid[*n as usize]);
        let by_then = laid.filter(|laid| laid.day <= day);
        let stretch = |laid: Laid| Stretch::from((known.uid, laid.from_mm, laid.to_mm));
        let mm = coverage::length_mm(by_then.map(stretch));
        let is_told = mm > 0 || (self.is_measured && known.length_mm.is_some());
        is_told.then(|| Covered {
            mm: u64::try_from(mm).unwrap_or(u64::MAX),
            of_mm: known.length_mm,
        })
    }
}
