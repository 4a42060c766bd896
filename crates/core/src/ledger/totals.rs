//! How much was done in a period, one line for each kind of work.

use super::held::{Holding, Holdings, Split, split};
use super::plan::{Plan, whole_months};
use super::spots::Spot;
use super::tally::Tally;
use super::{Period, counting::reported_in};
use crate::catalog::{Catalog, Counting, CrewId, Nature, UnitId, WorkKind, WorkKindId};
use crate::ids::AssetUid;
use crate::log::WorkLine;
use crate::task::{Task, Value};
use jiff::civil::Date;
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
    /// Streets it was done on, as the reports have them.
    pub streets: Vec<String>,
    /// Communities it was done in, as the reports have them.
    pub communities: Vec<String>,
    /// Grid cells it was done in, as the reports have them.
    pub grids: Vec<String>,
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
            streets: Vec::new(),
            communities: Vec::new(),
            grids: Vec::new(),
            state: Wanted::Counted,
        }
    }

    /// Whether something there is asked for.
    pub(super) fn is_place(
        &self,
        street: &Option<String>,
        community: &Option<String>,
        grid: &Option<String>,
    ) -> bool {
        let admits = |wanted: &[String], name: &Option<String>| {
            wanted.is_empty() || name.as_ref().is_some_and(|name| wanted.contains(name))
        };
        admits(&self.streets, street)
            && admits(&self.communities, community)
            && admits(&self.grids, grid)
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalLine {
    /// The kind.
    pub work: WorkKindId,
    /// The unit of its quantities.
    pub unit: UnitId,
    /// The figure of the line, without trailing zeros: of a flow how much was
    /// [done](TotalLine::done). Of a stock how many assets the layers hold; of what is cumulative
    /// those that they hold as of the end of a year that had ended, and those that were done up to the
    /// period's end. Where the layers cannot say, what was done.
    pub quantity: Option<Decimal>,
    /// The calendar years by which a cumulative line's assets count: the first and the last.
    pub years: Option<(i16, i16)>,
    /// What of the quantity is of which part, where the catalogue tells the kind in parts.
    pub split: Vec<Split>,
    /// How much was done in the period, or of what is cumulative up to its end, as tasks say.
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
    pub done: Option<Decimal>,
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
/// `verification` only what was verified where the kind asks for it ([`Wanted`] may ask for more
/// or for less). `holdings` are what the layers hold; without them stocks are not known.
pub fn totals<'a>(
    catalog: &Catalog,
    scope: &Scope,
    tasks: impl IntoIterator<Item = &'a Task>,
    holdings: Option<&Holdings>,
    verification: bool,
) -> Totals {
    let mut tallies: Vec<_> = catalog
        .work_kinds
        .iter()
        .map(|kind| (kind, Tally::new(catalog, kind, scope, verification)))
        .collect();
    let ever = Period {
        from: Date::MIN,
        to: scope.period.to,
    };
    let adds_up = tallies
        .iter()
        .any(|(_, tally)| tally.period() != scope.period);
    let widest = if adds_up { ever } else { scope.period };
    let mut certain = Vec::new();
    for task in tasks {
        match whose(task, scope, widest) {
            Whose::Asked => {
                tallies.iter_mut().for_each(|(_, tally)| tally.count(task));
                certain.push(task);
            }
            Whose::Unclear => tallies.iter_mut().for_each(|(_, tally)| tally.doubt(task)),
            Whose::Others => {}
        }
    }
    let works = &scope.works;
    let asked = |kind: &WorkKind| works.is_empty() || works.contains(&kind.id);
    let lines = tallies.iter().filter(|(kind, _)| asked(kind));
    let line = |(kind, tally): &(&WorkKind, Tally<'_>)| {
        let line = Line {
            catalog,
            kind,
            tally,
            scope,
        };
        line.told(&tallies, holdings)
    };
    Totals {
        lines: lines.map(line).collect(),
        unknown: match works.is_empty() {
            true => unknown(catalog, scope.period, &certain),
            false => BTreeMap::new(),
        },
    }
}

/// Whether a task is among those that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// It is.
    Asked,
    /// It is not, or nothing of it was reported in the period.
    Others,
    /// That is in conflict.
    Unclear,
}

/// Whether a task was reported in a period, by a crew and at a place that are asked for.
pub(super) fn whose(task: &Task, scope: &Scope, period: Period) -> Whose {
    if !reported_in(task, period) {
        return Whose::Others;
    }
    let reports = task.report.written().iter();
    let places = reports.map(|w| &w.value.snapshot);
    let here = places.map(|at| scope.is_place(&at.street, &at.community, &at.grid));
    let (mut any, mut all) = (false, true);
    for here in here {
        any |= here;
        all &= here;
    }
    match (given_to(task, &scope.crews), any, all) {
        (Some(false), ..) | (_, false, _) => Whose::Others,
        (Some(true), _, true) => Whose::Asked,
        _ => Whose::Unclear,
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

/// A line that was added up.
struct Line<'a> {
    catalog: &'a Catalog,
    kind: &'a WorkKind,
    tally: &'a Tally<'a>,
    scope: &'a Scope,
}

impl Line<'_> {
    fn told(&self, all: &[(&WorkKind, Tally<'_>)], holdings: Option<&Holdings>) -> TotalLine {
        let Line {
            catalog,
            kind,
            tally,
            scope,
        } = *self;
        let done = tally.quantity();
        let worked_on: BTreeSet<AssetUid> = tally.spots.iter().filter_map(Spot::asset).collect();
        let elsewhere = (tally.spots.len() - worked_on.len()) as u64;
        let held = holdings.and_then(|holdings| holdings.counted(kind, scope));
        let counted = held.as_deref().map(|held| self.held(held, &worked_on));
        let quantity = match &counted {
            Some(assets) => Some(Decimal::from(assets.len() as u64 + self.beside(elsewhere))),
            None => done,
        };
        let years = held.iter().flatten().filter_map(|held| held.year);
        let assets = counted.as_ref().unwrap_or(&worked_on);
        TotalLine {
            work: kind.id.clone(),
            unit: kind.unit.clone(),
            quantity,
            years: years.clone().min().zip(years.max()),
            split: holdings.map_or_else(Vec::new, |holdings| {
                split(catalog, kind, holdings, assets, elsewhere)
            }),
            done,
            covered_mm: tally.covered_mm(),
            monthly_mean: done.and_then(|q| monthly_mean(catalog, kind, scope.period, q)),
            tasks: tally.tasks,
            assets: worked_on.len() as u64,
            elsewhere,
            of_which: self.within(all),
            plan: Plan::of(kind, scope.period, quantity),
            shared: tally.shared,
            pending: Pending {
                conflicts: tally.conflicts + u64::from(tally.disagrees()),
                unverified: tally.unverified,
                other_units: tally.other_units,
            },
        }
    }

    /// What of the line counts: all that is held; of what is cumulative also what was done.
    fn held(&self, held: &[&Holding], worked_on: &BTreeSet<AssetUid>) -> BTreeSet<AssetUid> {
        let mut assets: BTreeSet<_> = held.iter().map(|held| held.uid).collect();
        if self.kind.nature == Nature::Cumulative {
            assets.extend(worked_on);
        }
        assets
    }

    /// What was done at places that are no assets, where that is part of the figure.
    fn beside(&self, elsewhere: u64) -> u64 {
        match self.kind.nature {
            Nature::Cumulative => elsewhere,
            Nature::Flow | Nature::Stock => 0,
        }
    }

    fn within(&self, all: &[(&WorkKind, Tally<'_>)]) -> Vec<WithinTotal> {
        let kind = self.kind;
        let within = all.iter().filter(|(inner, _)| {
            let counts = kind.counts != Counting::Entered && inner.counts == kind.counts;
            inner.within.as_ref() == Some(&kind.id) && inner.unit == kind.unit && counts
        });
        let within = within.filter_map(|(inner, tally)| {
            let (work, quantity) = (inner.id.clone(), tally.quantity()?);
            Some(WithinTotal { work, quantity })
        });
        within.collect()
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
