//! From what was counted to the lines that are told.

use super::held::{Holding, Holdings, split};
use super::plan::Plan;
use super::tally::Figures;
use super::{Pending, Scope, TotalLine, WithinTotal};
use crate::catalog::{Catalog, Counting, Nature, WorkKind};
use crate::ids::AssetUid;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeSet;

/// Whether a line of a kind of work was asked for.
fn is_asked(kind: &WorkKind, scope: &Scope) -> bool {
    scope.works.is_empty() || scope.works.contains(&kind.id)
}

/// Whether it is told of one: a line also says what of it is of the kinds within it.
pub(super) fn is_told(kind: &WorkKind, scope: &Scope) -> bool {
    let whole = kind.within.as_ref();
    is_asked(kind, scope) || whole.is_some_and(|id| scope.works.contains(id))
}

/// The lines that were asked for, of the figures of all that are told of.
pub(super) fn lines(
    catalog: &Catalog,
    scope: &Scope,
    all: &[(&WorkKind, Figures)],
    holdings: Option<&Holdings>,
) -> Vec<TotalLine> {
    let asked = all.iter().filter(|(kind, _)| is_asked(kind, scope));
    let line = |(kind, figures): &(&WorkKind, Figures)| {
        let line = Line {
            catalog,
            kind,
            figures,
            scope,
        };
        line.told(all, holdings)
    };
    asked.map(line).collect()
}

/// The assets that the line of a kind counts.
pub(super) fn assets_of(
    catalog: &Catalog,
    kind: &WorkKind,
    figures: &Figures,
    scope: &Scope,
    holdings: Option<&Holdings>,
) -> BTreeSet<AssetUid> {
    let line = Line {
        catalog,
        kind,
        figures,
        scope,
    };
    let held = holdings.and_then(|holdings| line.counted(holdings));
    held.map_or_else(|| figures.places.which.clone(), |held| held.assets)
}

/// A line that was added up.
struct Line<'a> {
    catalog: &'a Catalog,
    kind: &'a WorkKind,
    figures: &'a Figures,
    scope: &'a Scope,
}

impl Line<'_> {
    fn told(&self, all: &[(&WorkKind, Figures)], holdings: Option<&Holdings>) -> TotalLine {
        let Line {
            catalog,
            kind,
            figures,
            scope,
        } = *self;
        let (done, places) = (figures.done, &figures.places);
        let counted = holdings.and_then(|holdings| self.counted(holdings));
        let quantity = match &counted {
            Some(counted) => Some((counted.assets.len() as u64 + counted.elsewhere).into()),
            None => done,
        };
        let years = counted.iter().flat_map(|counted| counted.years.iter());
        let (first, last) = (years.clone().min().copied(), years.max().copied());
        let (assets, beside) = match &counted {
            Some(counted) => (&counted.assets, counted.elsewhere),
            None => (&places.which, places.elsewhere),
        };
        TotalLine {
            work: kind.id.clone(),
            unit: kind.unit.clone(),
            quantity,
            years: first.zip(last),
            split: holdings.map_or_else(Vec::new, |holdings| {
                split(catalog, kind, holdings, assets, beside)
            }),
            done,
            covered_mm: figures.covered_mm,
            monthly_mean: self.monthly_mean(),
            tasks: figures.tasks,
            assets: places.assets,
            elsewhere: places.elsewhere,
            of_which: self.within(all),
            plan: Plan::of(kind, scope.period, quantity),
            shared: figures.shared,
            pending: Pending {
                conflicts: figures.conflicts,
                unverified: figures.unverified,
                other_units: figures.other_units,
            },
        }
    }

    /// What of the line counts by what the layers hold: that, and of what is cumulative also what was
    /// done where they name no year. What is of a programme of theirs counts by that programme's year
    /// and by no day of work; and what they say nothing of counts in the years of the programmes, which
    /// are printed with the figure.
    fn counted(&self, holdings: &Holdings) -> Option<Counted> {
        let held: Vec<&Holding> = holdings.counted(self.kind, self.scope)?;
        let mut counted = Counted {
            assets: held.iter().map(|held| held.uid).collect(),
            elsewhere: 0,
            years: held.iter().filter_map(|held| held.year).collect(),
        };
        let programme = holdings.programme(self.kind);
        let dated = match self.kind.nature {
            Nature::Cumulative => holdings.dated(self.kind),
            Nature::Flow | Nature::Stock => BTreeSet::new(),
        };
        let mut spots = BTreeSet::new();
        for (spot, year) in &self.figures.done_in {
            let is_of_them = programme.is_none_or(|(first, last)| first <= *year && *year <= last);
            let is_dated = spot.asset().is_some_and(|asset| dated.contains(&asset));
            if !is_of_them || is_dated {
                continue;
            }
            match spot.asset() {
                Some(asset) => counted.assets.insert(asset),
                None => spots.insert(*spot),
            };
            counted.years.extend(programme.map(|_| *year));
        }
        counted.elsewhere = spots.len() as u64;
        Some(counted)
    }

    fn within(&self, all: &[(&WorkKind, Figures)]) -> Vec<WithinTotal> {
        let kind = self.kind;
        let within = all.iter().filter(|(inner, _)| {
            let counts = kind.counts != Counting::Entered && inner.counts == kind.counts;
            inner.within.as_ref() == Some(&kind.id) && inner.unit == kind.unit && counts
        });
        let within = within.filter_map(|(inner, figures)| {
            let (work, quantity) = (inner.id.clone(), figures.done?);
            Some(WithinTotal { work, quantity })
        });
        within.collect()
    }

    fn monthly_mean(&self) -> Option<Decimal> {
        let (quantity, months) = self.figures.in_months?;
        let kind = self.kind;
        let decimals = self.catalog.unit(&kind.unit)?.decimals;
        let wanted = kind.counts == Counting::Sum && kind.nature == Nature::Flow;
        let mean = quantity.checked_div(months.into()).filter(|_| wanted)?;
        let down = RoundingStrategy::ToNegativeInfinity;
        Some(mean.round_dp_with_strategy(decimals, down).normalize())
    }
}

/// What of a line counts by what the layers hold.
struct Counted {
    assets: BTreeSet<AssetUid>,
    /// Tasks at places that are no assets.
    elsewhere: u64,
    /// By which it counts.
    years: Vec<i16>,
}
