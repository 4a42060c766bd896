//! A period beside the one before it, and beside the same days of the year before.

use super::counting::reported_in;
use super::group::{before, year_before};
use super::{Holdings, Imported, Period, Scope, Totals, totals};
use crate::catalog::{Catalog, WorkKindId};
use crate::task::Task;
use rust_decimal::Decimal;

/// Where a figure of another period comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was added up from tasks.
    Tasks,
    /// It was imported: nobody here has seen the tasks behind it.
    Imported,
}

/// A line with what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The kind of work.
    pub work: WorkKindId,
    /// How much in the period, of one that is not over up to today.
    pub now: Option<Decimal>,
    /// How much in as many days or months before it. None where nothing is known of that: no report
    /// of that time is here; or it is of what the layers hold, which is known of today alone.
    pub before: Option<(Decimal, Source)>,
    /// How much on the same days of the year before; none as before.
    pub year_ago: Option<(Decimal, Source)>,
}

impl Compared {
    /// How much more than a year ago, in percent to one decimal and rounded toward zero; below zero where
    /// it is less. None where there is nothing to compare with.
    pub fn change(&self) -> Option<Decimal> {
        self.change_from(self.year_ago)
    }

    /// The same against the period before.
    pub fn change_before(&self) -> Option<Decimal> {
        self.change_from(self.before)
    }

    fn change_from(&self, then: Option<(Decimal, Source)>) -> Option<Decimal> {
        let (then, _) = then?;
        let more = self.now?.checked_sub(then)?;
        let percent = more.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then)?;
        Some(percent.trunc_with_scale(1).normalize())
    }
}

/// Adds up a period and the two that it is compared with. What was imported counts for the period
/// that it is of, where it has a figure: it was published, and the tasks of that time may not all be
/// here. It is the whole city's, and so stands beside nothing that is narrowed to crews or places.
pub fn compared(
    catalog: &Catalog,
    scope: &Scope,
    tasks: &[&Task],
    holdings: Option<&Holdings>,
    imported: Option<&Imported>,
    verification: bool,
) -> Vec<Compared> {
    let added_up = |scope: &Scope| {
        let tasks = tasks.iter().copied();
        totals(catalog, scope, tasks, holdings, verification)
    };
    let is_known = |period: Period| tasks.iter().any(|t| reported_in(t, period));
    beside(catalog, scope, holdings, imported, &is_known, &added_up)
}

/// The same by whoever knows whether there is a report of a period, and adds up.
pub(super) fn beside(
    catalog: &Catalog,
    scope: &Scope,
    holdings: Option<&Holdings>,
    imported: Option<&Imported>,
    is_known: &dyn Fn(Period) -> bool,
    added_up: &dyn Fn(&Scope) -> Totals,
) -> Vec<Compared> {
    let counted = scope.counted();
    // What has not begun stands beside nothing.
    let beside = |period: Option<Period>| period.filter(|_| counted.from <= counted.to);
    let (last, year_ago) = (beside(before(counted)), beside(year_before(counted)));
    let then = |period: Option<Period>| {
        // Nothing is not known to be nothing where no report of that time is here.
        let period = period.filter(|period| is_known(*period))?;
        Some(added_up(&scope.over(period)))
    };
    let (of_last, of_year_ago) = (then(last), then(year_ago));
    let is_of_today = |work: &WorkKindId| {
        let kind = catalog.work_kind(work).zip(holdings);
        kind.is_some_and(|(kind, holdings)| holdings.is_of_today(kind, scope))
    };
    let figure = |at: usize, work: &WorkKindId, period: Option<Period>, then: &Option<Totals>| {
        let published = imported
            .filter(|imported| period.is_some() && imported.period == period && scope.is_of_all());
        let published = published.and_then(|imported| imported.figures.get(work));
        if let Some(figure) = published {
            return Some((*figure, Source::Imported));
        }
        let line = then
            .as_ref()?
            .lines
            .get(at)
            .filter(|_| !is_of_today(work))?;
        Some((line.quantity?, Source::Tasks))
    };
    let lines = added_up(scope).lines.into_iter().enumerate();
    lines
        .map(|(at, line)| Compared {
            now: line.quantity,
            before: figure(at, &line.work, last, &of_last),
            year_ago: figure(at, &line.work, year_ago, &of_year_ago),
            work: line.work,
        })
        .collect()
}
