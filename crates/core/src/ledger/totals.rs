//! How much was done in a period, one line for each kind of work.

use super::plan::{Plan, whole_months};
use super::spots::Spot;
use super::tally::Tally;
use super::{Period, counting::reported_in};
use crate::catalog::{Catalog, Counting, CrewId, Nature, UnitId, WorkKind, WorkKindId};
use crate::log::WorkLine;
use crate::task::{Task, Value};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What totals are asked of. An empty list narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The days on which the work was done.
    pub period: Period,
    /// Crews it was given to. A task whose crew is in conflict counts for none of them
    /// until a person has ended that.
    pub crews: Vec<CrewId>,
    /// Kinds of work to have lines of.
    pub works: Vec<WorkKindId>,
    /// Which reports count.
    pub state: Wanted,
}

/// Which of the reports that stand count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Those that count by the catalogue: verified ones where the kind of work asks for it.
    #[default]
    Counted,
    /// All, verified or not.
    Reported,
    /// Verified ones only: what is published.
    Verified,
}

impl Scope {
    /// All that was done in a period and counts by the catalogue.
    pub fn of(period: Period) -> Scope {
        Scope {
            period,
            crews: Vec::new(),
            works: Vec::new(),
            state: Wanted::Counted,
        }
    }
}

/// What the tasks of a city add up to in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// A line for each kind of work that was asked for, in the catalogue's order.
    pub lines: Vec<TotalLine>,
    /// Kinds that reports of the period name and the catalogue does not have, each with its
    /// tasks: they count in no line. Only where all kinds were asked for.
    pub unknown: BTreeMap<WorkKindId, u64>,
}

/// How much was done of a kind of work.
///
/// It is what tasks say. The figure of a *stock* (what is under care at the period's end) and
/// of a *cumulative* kind (all up to its end) comes from the asset layers as well, which are
/// not asked here yet: their lines say what was worked on in the period, and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalLine {
    /// The kind.
    pub work: WorkKindId,
    /// The unit of its quantities.
    pub unit: UnitId,
    /// How much, without trailing zeros.
    ///
    /// * A kind that *sums*: the sum of all quantities, as in [`super::completion`].
    /// * A *distinct* one in a unit of things: how many assets, each once, and tasks
    ///   [elsewhere](TotalLine::elsewhere).
    /// * A *distinct* one in a unit that measures: of each asset the most that a report says
    ///   of it, or what was done along its stretches, each once; the sum of these.
    /// * One that is *covered once*: the length of all stretches, what several cover once,
    ///   rounded half up to the unit's decimals. Where a line names no stretch its quantity
    ///   is one from the asset's beginning.
    /// * One that is *entered*: the figure of the last day on which there is one. None where
    ///   there is none, or several that differ.
    ///
    /// Of a line over several assets that are counted each for itself all have an even share, or
    /// one by the length that was covered of each.
    pub quantity: Option<Decimal>,
    /// The length that was covered, in millimetres, where the kind is covered once.
    pub covered_mm: Option<u128>,
    /// The quantity by the calendar months of the period, rounded down to the unit's
    /// decimals: so much in each at least. For flows that are summed, over whole months.
    pub monthly_mean: Option<Decimal>,
    /// Tasks whose report was counted.
    pub tasks: u64,
    /// Different assets it was done to.
    pub assets: u64,
    /// Tasks counted that name no asset, mostly at a drawn place.
    pub elsewhere: u64,
    /// What of the quantity is of the kinds that count within this one, in the catalogue's
    /// order: those directly within it that count in the same way.
    pub of_which: Vec<WithinTotal>,
    /// What was planned for the year, and what of it was reached.
    pub plan: Option<Plan>,
    /// Lines over several assets of which each has an even share of the quantity. The figure
    /// is exact as long as these assets are always reported together.
    pub shared: u64,
    /// What does not count yet.
    pub pending: Pending,
}

/// A part of a line's quantity. Never larger than the whole, unless some quantity is below
/// zero, which no device writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithinTotal {
    /// The kind that counts within.
    pub work: WorkKindId,
    /// How much of it, in the unit of the whole.
    pub quantity: Decimal,
}

/// What does not count yet, of what was reported in the period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pending {
    /// Tasks about which people decided differently; also whose crew is in conflict, where
    /// crews were asked for. And one for figures entered for the same day that differ.
    pub conflicts: u64,
    /// Tasks that wait to be verified.
    pub unverified: u64,
    /// Lines that were not added up because they are in another unit than the catalogue has
    /// for the kind by now. Their assets are counted all the same.
    pub other_units: u64,
}

impl Pending {
    /// True if there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Pending::default()
    }
}

/// Adds up the tasks that were done in a period.
///
/// What counts is what counts for [`super::completion`], which says the rules: the day the
/// work was done on, the lines of the report, nothing that is in conflict, and with
/// `verification` only what was verified where the kind asks for it.
pub fn totals<'a>(
    catalog: &Catalog,
    scope: &Scope,
    tasks: impl IntoIterator<Item = &'a Task>,
    verification: bool,
) -> Totals {
    let (period, crews) = (scope.period, &scope.crews);
    let (mut certain, mut doubtful) = (Vec::new(), Vec::new());
    for task in tasks.into_iter().filter(|task| reported_in(task, period)) {
        match given_to(task, crews) {
            Some(true) => certain.push(task),
            Some(false) => {}
            None => doubtful.push(task),
        }
    }
    let tallies = catalog.work_kinds.iter().map(|kind| {
        let mut tally = Tally::new(catalog, kind, scope, verification);
        certain.iter().for_each(|task| tally.count(task));
        doubtful.iter().for_each(|task| tally.doubt(task));
        (kind, tally)
    });
    let tallies: Vec<_> = tallies.collect();
    let works = &scope.works;
    let asked = |kind: &WorkKind| works.is_empty() || works.contains(&kind.id);
    let lines = tallies.iter().filter(|(kind, _)| asked(kind));
    let lines = lines.map(|(kind, tally)| line(catalog, kind, tally, period, &tallies));
    Totals {
        lines: lines.collect(),
        unknown: match works.is_empty() {
            true => unknown(catalog, period, &certain),
            false => BTreeMap::new(),
        },
    }
}

/// Whether a task was given to one of some crews; none where that is in conflict.
fn given_to(task: &Task, crews: &[CrewId]) -> Option<bool> {
    let one_of = |crew: &Option<CrewId>| crew.as_ref().is_some_and(|crew| crews.contains(crew));
    match &task.crew {
        _ if crews.is_empty() => Some(true),
        Value::Unset => Some(false),
        Value::One(crew) => Some(one_of(&crew.value)),
        Value::Conflict(all) => match all.iter().any(|crew| one_of(&crew.value)) {
            true => None,
            false => Some(false),
        },
    }
}

fn line(
    catalog: &Catalog,
    kind: &WorkKind,
    tally: &Tally<'_>,
    period: Period,
    all: &[(&WorkKind, Tally<'_>)],
) -> TotalLine {
    let quantity = tally.quantity();
    let is_asset = |spot: &&Spot| matches!(spot, Spot::Asset(_));
    let assets = tally.spots.iter().filter(is_asset).count();
    let within = all.iter().filter(|(inner, _)| {
        let counts = kind.counts != Counting::Entered && inner.counts == kind.counts;
        inner.within.as_ref() == Some(&kind.id) && inner.unit == kind.unit && counts
    });
    let within = within.filter_map(|(inner, tally)| {
        let (work, quantity) = (inner.id.clone(), tally.quantity()?);
        Some(WithinTotal { work, quantity })
    });
    TotalLine {
        work: kind.id.clone(),
        unit: kind.unit.clone(),
        quantity,
        covered_mm: tally.covered_mm(),
        monthly_mean: quantity.and_then(|q| monthly_mean(catalog, kind, period, q)),
        tasks: tally.tasks,
        assets: assets as u64,
        elsewhere: (tally.spots.len() - assets) as u64,
        of_which: within.collect(),
        plan: Plan::of(kind, period, quantity),
        shared: tally.shared,
        pending: Pending {
            conflicts: tally.conflicts + u64::from(tally.disagrees()),
            unverified: tally.unverified,
            other_units: tally.other_units,
        },
    }
}

fn monthly_mean(
    catalog: &Catalog,
    kind: &WorkKind,
    period: Period,
    quantity: Decimal,
) -> Option<Decimal> {
    let months = whole_months(period)?;
    let decimals = catalog.unit(&kind.unit)?.decimals;
    let wanted = kind.counts == Counting::Sum && kind.nature == Nature::Flow;
    let mean = quantity.checked_div(months.into()).filter(|_| wanted)?;
    let down = RoundingStrategy::ToNegativeInfinity;
    Some(mean.round_dp_with_strategy(decimals, down).normalize())
}

fn unknown(catalog: &Catalog, period: Period, tasks: &[&Task]) -> BTreeMap<WorkKindId, u64> {
    let mut found = BTreeMap::new();
    for task in tasks {
        let report = task.standing_report();
        let report = report.filter(|report| period.contains(report.done_on));
        let is_unknown = |line: &&WorkLine| catalog.work_kind(&line.work).is_none();
        let lines = report.iter().flat_map(|report| &report.lines);
        let works: BTreeSet<_> = lines.filter(is_unknown).map(|line| &line.work).collect();
        for work in works {
            *found.entry(work.clone()).or_default() += 1;
        }
    }
    found
}
