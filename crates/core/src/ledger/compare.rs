//! A period beside the one before it, and beside the same days of the year before.

use super::group::{before, year_before};
use super::{Holdings, Imported, Scope, Totals, totals};
use crate::catalog::{Catalog, WorkKindId};
use crate::task::Task;
use rust_decimal::Decimal;

/// Where a figure of last year comes from.
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
    /// How much in the period.
    pub now: Option<Decimal>,
    /// How much in the period before it. None where nothing at all is known of that.
    pub before: Option<Decimal>,
    /// How much on the same days of the year before.
    pub year_ago: Option<(Decimal, Source)>,
}

impl Compared {
    /// How much more than a year ago, in percent to one decimal and rounded toward zero; below zero where
    /// it is less. None where there is nothing to compare with.
    pub fn change(&self) -> Option<Decimal> {
        let (then, _) = self.year_ago?;
        let more = self.now?.checked_sub(then)?;
        let percent = more.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then)?;
        Some(percent.trunc_with_scale(1).normalize())
    }
}

/// Adds up a period and the two that it is compared with. What was imported counts for a year ago
/// where it has a figure: it was published, and the tasks of that time may not all be here.
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
    let then = |period| {
        let scope = Scope {
            period,
            ..scope.clone()
        };
        // Nothing is not known to be nothing where no report of that time is here.
        let reported = tasks
            .iter()
            .any(|t| super::counting::reported_in(t, period));
        reported.then(|| added_up(&scope))
    };
    let last = before(scope.period).and_then(then);
    let year_ago = year_before(scope.period).and_then(then);
    let figure = |totals: &Option<Totals>, at: usize| {
        let line = totals.as_ref().and_then(|totals| totals.lines.get(at));
        line.and_then(|line| line.quantity)
    };
    let lines = added_up(scope).lines.into_iter().enumerate();
    lines
        .map(|(at, line)| {
            let said = imported.and_then(|imported| imported.figures.get(&line.work));
            let said = said.map(|figure| (*figure, Source::Imported));
            let tasks = figure(&year_ago, at).map(|figure| (figure, Source::Tasks));
            Compared {
                now: line.quantity,
                before: figure(&last, at),
                year_ago: said.or(tasks),
                work: line.work,
            }
        })
        .collect()
}
