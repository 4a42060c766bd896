//! One line of the totals while it is added up: by the way its kind counts.

use super::along::{Along, once};
use super::counting::{Counting, reported_in, targets};
use super::plan::months_over;
use super::spots::{Amount, OfTask, Spot, at_each, millimetres, shares, spots, whole};
use super::{Period, Scope};
use crate::catalog::{self, Catalog, Measure, Nature, Unit, WorkKind, WorkKindId};
use crate::coverage;
use crate::ids::AssetUid;
use crate::log::{Reported, Stretch, WorkLine};
use crate::task::{State, Task};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What one kind of work comes to, when all is counted.
pub(super) struct Figures {
    /// The quantity, in the kind's unit.
    pub(super) done: Option<Decimal>,
    /// The length that was covered, in millimetres; none where the kind does not count so.
    pub(super) covered_mm: Option<u128>,
    /// The sum of the quantities in the whole months of the period that are over, and how many these
    /// are.
    pub(super) in_months: Option<(Decimal, u32)>,
    /// Where it was done.
    pub(super) places: Places,
    /// Of what is cumulative: where it was done in which year, as often as it was.
    pub(super) done_in: Vec<(Spot, i16)>,
    pub(super) tasks: u64,
    pub(super) shared: u64,
    pub(super) conflicts: u64,
    pub(super) unverified: u64,
    pub(super) other_units: u64,
}

/// Where something was done.
pub(super) struct Places {
    /// At so many assets.
    pub(super) assets: u64,
    /// By so many tasks that name none.
    pub(super) elsewhere: u64,
    /// Which assets, where the kind is told in parts of these.
    pub(super) which: BTreeSet<AssetUid>,
}

/// What was counted so far of one kind of work.
pub(super) struct Tally<'a> {
    pub(super) kind: &'a WorkKind,
    unit: Option<&'a Unit>,
    pub(super) counting: Counting<'a>,
    period: Period,
    /// Sum of the quantities.
    pub(super) sum: Decimal,
    /// The months that a mean is of, how many they are, and the sum of the quantities in them.
    pub(super) months: Option<(Period, u32, Decimal)>,
    /// Where it was done.
    pub(super) spots: BTreeSet<Spot>,
    /// Of what is cumulative: where it was done in which year, as often as it was.
    pub(super) done_in: Vec<(Spot, i16)>,
    /// The most that one report says of each spot.
    pub(super) most: BTreeMap<Spot, Decimal>,
    /// What was done along stretches of an asset, of a distinct kind that measures.
    pub(super) along: BTreeMap<AssetUid, BTreeSet<Along>>,
    /// What was covered.
    pub(super) stretches: Vec<Stretch>,
    /// The last day on which a figure was entered, and what was entered on it.
    pub(super) entered: Option<(Date, BTreeSet<Decimal>)>,
    /// Tasks whose report was counted.
    pub(super) tasks: u64,
    /// Lines that were shared out.
    pub(super) shared: u64,
    /// What does not count yet; see [`super::Pending`].
    pub(super) conflicts: u64,
    pub(super) unverified: u64,
    pub(super) other_units: u64,
}

impl<'a> Tally<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        kind: &'a WorkKind,
        scope: &Scope,
        verification: bool,
    ) -> Self {
        let wanted = scope.state;
        let period = scope.counted();
        let months = months_over(scope.period, scope.today);
        Tally {
            kind,
            unit: catalog.unit(&kind.unit),
            counting: Counting::wanted(catalog, &kind.id, wanted, verification),
            period: match kind.nature {
                // Everything up to the period's end.
                Nature::Cumulative => Period {
                    from: Date::MIN,
                    to: period.to,
                },
                Nature::Flow | Nature::Stock => period,
            },
            sum: Decimal::ZERO,
            months: months.map(|(over, count)| (over, count, Decimal::ZERO)),
            spots: BTreeSet::new(),
            done_in: Vec::new(),
            most: BTreeMap::new(),
            along: BTreeMap::new(),
            stretches: Vec::new(),
            entered: None,
            tasks: 0,
            shared: 0,
            conflicts: 0,
            unverified: 0,
            other_units: 0,
        }
    }

    /// The kinds of work whose lines it looks at.
    pub(super) fn works(&self) -> impl Iterator<Item = &'a WorkKindId> {
        self.counting.works()
    }

    /// The days whose reports count.
    pub(super) fn period(&self) -> Period {
        self.period
    }

    /// Counts a task of which a report is of the period.
    pub(super) fn count(&mut self, task: &Task) {
        match self.counting.report(task) {
            Some(report) if self.period.contains(report.done_on) => self.report(task, report),
            Some(_) => {}
            None => {
                let concerned = reported_in(task, self.period) && self.counting.concerns(task);
                self.conflicts += u64::from(concerned && task.state == State::Conflict);
                self.unverified += u64::from(concerned && task.state == State::Reported);
            }
        }
    }

    /// Notes a task of which it is not clear whose it is: it is told, and does not count.
    pub(super) fn doubt(&mut self, task: &Task) {
        let stands = matches!(
            task.state,
            State::Reported | State::Verified | State::Conflict
        );
        let concerned = reported_in(task, self.period) && self.counting.concerns(task);
        self.conflicts += u64::from(stands && concerned);
    }

    /// Counts a report whatever its day is, and whether or not it was checked.
    pub(super) fn report(&mut self, task: &Task, report: &Reported) {
        let lines = self.counting.lines(&report.lines);
        if lines.is_empty() {
            return;
        }
        let (in_unit, others): (Vec<&WorkLine>, Vec<_>) =
            lines.iter().partition(|line| self.counting.is_unit(line));
        self.tasks += 1;
        self.other_units += others.len() as u64;
        let targets = &targets(task);
        let task = task.uid;
        let of = OfTask { task, targets };
        for line in &lines {
            let spots = spots(of, line);
            if self.kind.nature == Nature::Cumulative {
                let year = report.done_on.year();
                self.done_in.extend(spots.iter().map(|spot| (*spot, year)));
            }
            self.spots.extend(spots);
        }
        match self.kind.counts {
            catalog::Counting::Sum => {
                let amounts: Vec<_> = lines.iter().map(|l| self.counting.amount(l)).collect();
                let amount = self.counting.sum(&amounts);
                self.sum = self.sum.saturating_add(amount);
                if let Some((over, _, sum)) = &mut self.months
                    && over.contains(report.done_on)
                {
                    *sum = sum.saturating_add(amount);
                }
            }
            catalog::Counting::Distinct if self.is_counted() => {}
            catalog::Counting::Distinct => {
                let amounts: Vec<_> = in_unit.iter().map(|l| (*l, l.quantity.0)).collect();
                self.raise(of, &amounts, self.decimals());
            }
            catalog::Counting::CoveredOnce => {
                let covered = lines.iter().flat_map(|line| &line.covered);
                self.stretches.extend(covered);
                let bare = in_unit.iter().filter(|line| line.covered.is_empty());
                let amounts: Vec<_> = bare.map(|l| (*l, millimetres(self.unit, l))).collect();
                self.raise(of, &amounts, 0);
            }
            catalog::Counting::Entered => {
                // A figure is of the kind it was entered for, and of no other.
                let own = in_unit.iter().filter(|l| l.work == self.kind.id);
                for line in own {
                    enter(&mut self.entered, report.done_on, line.quantity.0);
                }
            }
        }
    }

    /// Keeps the most that was done at each spot.
    fn raise(&mut self, of: OfTask<'_>, amounts: &[Amount<'_>], decimals: u32) {
        let shared = amounts.iter().filter(|(l, _)| spots(of, l).len() > 1);
        self.shared += shared.count() as u64;
        for (spot, amount) in at_each(&self.counting, of, amounts, decimals) {
            if let Spot::Asset(asset) = spot
                && let Some(along) = along(asset, amounts, amount, decimals)
                && self.kind.counts == catalog::Counting::Distinct
            {
                self.along.entry(asset).or_default().extend(along);
                continue;
            }
            let most = self.most.entry(spot).or_default();
            *most = amount.max(*most);
        }
    }

    /// The decimals of its unit.
    fn decimals(&self) -> u32 {
        self.unit.map_or(0, |unit| unit.decimals)
    }

    /// The most that was said of each spot as a whole, or what was done along it where that is more.
    fn at_spots(&self) -> Decimal {
        let mut most = self.most.clone();
        for (asset, along) in &self.along {
            let along = once(along, self.decimals());
            let whole = most.entry(Spot::Asset(*asset)).or_default();
            *whole = along.max(*whole);
        }
        let mut most = most.values();
        most.try_fold(Decimal::ZERO, |sum, more| sum.checked_add(*more))
            .unwrap_or(Decimal::MAX)
    }

    /// Whether its unit is for things, each of which is one.
    fn is_counted(&self) -> bool {
        self.unit.is_none_or(|unit| unit.measures == Measure::Count)
    }

    /// What it comes to.
    pub(super) fn figures(self) -> Figures {
        let which: BTreeSet<AssetUid> = self.spots.iter().filter_map(Spot::asset).collect();
        let assets = which.len() as u64;
        let elsewhere = self.spots.len() as u64 - assets;
        self.figures_at(Places {
            assets,
            elsewhere,
            which,
        })
    }

    /// The same where it is known at which places it was done.
    pub(super) fn figures_at(self, places: Places) -> Figures {
        let covered_mm = self.covered_mm();
        let disagrees = self.entered.as_ref();
        let disagrees = disagrees.is_some_and(|(_, figures)| figures.len() > 1);
        Figures {
            done: self.quantity(places.assets + places.elsewhere, covered_mm),
            covered_mm,
            in_months: self.months.map(|(_, count, sum)| (sum, count)),
            places,
            tasks: self.tasks,
            shared: self.shared,
            conflicts: self.conflicts + u64::from(disagrees),
            unverified: self.unverified,
            other_units: self.other_units,
            done_in: self.done_in,
        }
    }

    fn quantity(&self, places: u64, covered_mm: Option<u128>) -> Option<Decimal> {
        let quantity = match self.kind.counts {
            catalog::Counting::Sum => self.sum,
            catalog::Counting::Distinct if self.is_counted() => places.into(),
            catalog::Counting::Distinct => self.at_spots(),
            catalog::Counting::CoveredOnce => self.in_unit(covered_mm?),
            catalog::Counting::Entered => match &self.entered {
                Some((_, figures)) if figures.len() == 1 => *figures.first()?,
                _ => return None,
            },
        };
        Some(quantity.normalize())
    }

    /// The length that was covered, in millimetres; none where the kind does not count so.
    fn covered_mm(&self) -> Option<u128> {
        if self.kind.counts != catalog::Counting::CoveredOnce {
            return None;
        }
        // Without a stretch one begins at the beginning.
        let bare = self.most.iter().filter_map(|(spot, mm)| match spot {
            Spot::Asset(asset) => Some(Stretch::from((*asset, 0, whole(*mm)))),
            Spot::Task(_) => None,
        });
        let drawn = self.most.iter().filter_map(|(spot, mm)| match spot {
            Spot::Asset(_) => None,
            Spot::Task(_) => Some(u128::from(whole(*mm))),
        });
        let named = self.stretches.iter().copied();
        Some(coverage::length_mm(named.chain(bare)) + drawn.sum::<u128>())
    }

    /// Millimetres in the kind's unit, rounded half up to its decimals.
    fn in_unit(&self, mm: u128) -> Decimal {
        let mm = i128::try_from(mm).unwrap_or(i128::MAX);
        let metres = Decimal::try_from_i128_with_scale(mm, 3).unwrap_or(Decimal::MAX);
        let quantity = self
            .unit
            .map_or(Some(metres), |unit| unit.from_base(metres));
        quantity.unwrap_or(metres)
    }
}

/// What of one report was done at an asset, stretch by stretch by their lengths; none where some
/// line of it names no stretch there, or several kinds of work share the figure.
fn along(
    asset: AssetUid,
    amounts: &[Amount<'_>],
    amount: Decimal,
    decimals: u32,
) -> Option<Vec<Along>> {
    let work = &amounts.first()?.0.work;
    let mut covered = Vec::new();
    for (line, _) in amounts {
        let here = line.covered.iter().filter(|stretch| stretch.asset == asset);
        let before = covered.len();
        covered.extend(here.copied());
        let is_elsewhere = !line.covered.is_empty() && !line.assets.contains(&asset);
        if line.work != *work || (covered.len() == before && !is_elsewhere) {
            return None;
        }
    }
    let covered = coverage::union(covered);
    let lengths = covered.iter().map(|s| u128::from(s.to_mm - s.from_mm));
    let shares = shares(amount, decimals, &lengths.collect::<Vec<_>>());
    let along = covered.iter().zip(shares).map(|(stretch, amount)| Along {
        from_mm: stretch.from_mm,
        to_mm: stretch.to_mm,
        amount,
    });
    (!covered.is_empty()).then(|| along.collect())
}

/// A figure of a later day goes before, one of the same day stands beside.
pub(super) fn enter(entered: &mut Option<(Date, BTreeSet<Decimal>)>, day: Date, figure: Decimal) {
    match entered {
        Some((last, _)) if *last > day => {}
        Some((last, figures)) if *last == day => {
            figures.insert(figure);
        }
        _ => *entered = Some((day, BTreeSet::from([figure]))),
    }
}
