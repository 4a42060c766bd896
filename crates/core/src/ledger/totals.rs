//! How much was done in a period, one line for each kind of work.

use super::held::{Holdings, Split};
use super::line::{is_told, lines};
use super::plan::Plan;
use super::tally::{Figures, Tally};
use super::{Period, Scope, counting::reported_in};
use crate::catalog::{Catalog, UnitId, WorkKind, WorkKindId};
use crate::log::WorkLine;
use crate::task::Task;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

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
    /// [done](TotalLine::done). Of a stock how many assets the layers hold, which is known of today
    /// alone, whatever the period is. Of what is cumulative those that they hold as of the end of a
    /// year that had ended; and of what they know no year of what was done up to the period's end, in
    /// the years that they name. Where the layers cannot say, what was done.
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
    /// decimals: so much in each at least. For flows that are summed, over whole months; of a
    /// period that is not over those that are.
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
/// or for less). A period that is not over counts up to today ([`Scope::counted`]). `holdings` are what
/// the layers hold; without them stocks are not known.
pub fn totals<'a>(
    catalog: &Catalog,
    scope: &Scope,
    tasks: impl IntoIterator<Item = &'a Task>,
    holdings: Option<&Holdings>,
    verification: bool,
) -> Totals {
    let (figures, certain) = figures(catalog, scope, tasks, verification);
    Totals {
        lines: lines(catalog, scope, &figures, holdings),
        unknown: match scope.works.is_empty() {
            true => unknown(catalog, scope.counted(), &certain),
            false => BTreeMap::new(),
        },
    }
}

/// What each kind that is told of comes to, and the tasks that are asked for.
pub(super) fn figures<'c, 'a>(
    catalog: &'c Catalog,
    scope: &Scope,
    tasks: impl IntoIterator<Item = &'a Task>,
    verification: bool,
) -> (Vec<(&'c WorkKind, Figures)>, Vec<&'a Task>) {
    let kinds = catalog.work_kinds.iter();
    let mut tallies: Vec<_> = kinds
        .filter(|kind| is_told(kind, scope))
        .map(|kind| (kind, Tally::new(catalog, kind, scope, verification)))
        .collect();
    let concerned = Concerned::of(&tallies);
    let period = scope.counted();
    let ever = Period {
        from: Date::MIN,
        to: period.to,
    };
    let adds_up = tallies.iter().any(|(_, tally)| tally.period() != period);
    let widest = if adds_up { ever } else { period };
    let mut certain = Vec::new();
    for task in tasks {
        match whose(catalog, task, scope, widest) {
            Whose::Asked => {
                concerned.by(task, |n| tallies[n].1.count(task));
                certain.push(task);
            }
            Whose::Unclear => concerned.by(task, |n| tallies[n].1.doubt(task)),
            Whose::Others => {}
        }
    }
    let figures = tallies.into_iter();
    let figures = figures.map(|(kind, tally)| (kind, tally.figures()));
    (figures.collect(), certain)
}

/// Which tallies a line of some kind of work can move: of a city's many kinds each task concerns one
/// or two.
struct Concerned<'a>(BTreeMap<&'a WorkKindId, Vec<usize>>);

impl<'a> Concerned<'a> {
    fn of(tallies: &[(&'a WorkKind, Tally<'a>)]) -> Self {
        let mut all: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (n, (_, tally)) in tallies.iter().enumerate() {
            for work in tally.works() {
                all.entry(work).or_default().push(n);
            }
        }
        Concerned(all)
    }

    /// Names each tally that may be concerned by a task, once.
    fn by(&self, task: &Task, mut each: impl FnMut(usize)) {
        let reports = task.report.written().iter();
        let lines = reports.flat_map(|w| &w.value.lines).map(|line| &line.work);
        let asked = task.work.written().iter().map(|w| &w.value);
        let mut found: Vec<usize> = Vec::new();
        for n in lines
            .chain(asked)
            .filter_map(|work| self.0.get(work))
            .flatten()
        {
            if !found.contains(n) {
                found.push(*n);
            }
        }
        found.into_iter().for_each(&mut each);
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
pub(super) fn whose(catalog: &Catalog, task: &Task, scope: &Scope, period: Period) -> Whose {
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
    let theirs = match scope.crews.is_empty() {
        true => Some(true),
        false => scope.crew_of(task, catalog).is_among(&scope.crews),
    };
    match (theirs, any, all) {
        (Some(false), ..) | (_, false, _) => Whose::Others,
        (Some(true), _, true) => Whose::Asked,
        _ => Whose::Unclear,
    }
}

fn unknown(catalog: &Catalog, period: Period, tasks: &[&Task]) -> BTreeMap<WorkKindId, u64> {
    let known: BTreeSet<&WorkKindId> = catalog.work_kinds.iter().map(|kind| &kind.id).collect();
    let mut found = BTreeMap::new();
    for task in tasks {
        let report = task.standing_report();
        let report = report.filter(|report| period.contains(report.done_on));
        let is_unknown = |line: &&WorkLine| !known.contains(&line.work);
        let lines = report.iter().flat_map(|report| &report.lines);
        let works: BTreeSet<_> = lines.filter(is_unknown).map(|line| &line.work).collect();
        for work in works {
            *found.entry(work.clone()).or_default() += 1;
        }
    }
    found
}
