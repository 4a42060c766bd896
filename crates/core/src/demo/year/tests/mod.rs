//! The demonstration's year: that it comes to what it is to come to, and how it is made.

mod believable;
mod book;
mod indicators;
mod others;
mod published;

use super::*;
use crate::city::City;
use crate::demo::SEED;
use crate::ledger::{Holdings, Period, Scope, TotalLine, Totals, Wanted, paragraph, totals};
use crate::log::Log;
use crate::task::Tasks;
use crate::told::Language;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The demonstration city, read once.
pub(crate) fn city() -> &'static City {
    static CITY: OnceLock<City> = OnceLock::new();
    CITY.get_or_init(|| crate::demo::city(SEED).expect("a city"))
}

/// The published year, made once.
pub(crate) fn published() -> &'static Vec<Event> {
    static EVENTS: OnceLock<Vec<Event>> = OnceLock::new();
    EVENTS.get_or_init(|| year(SEED, city(), &Targets::published()).expect("a year"))
}

pub(crate) fn folded(events: &[Event]) -> Tasks {
    let mut log = Log::new(&city().catalog().city.id);
    log.merge(events.iter().cloned());
    Tasks::from_log(&log, BTreeSet::new())
}

/// The published year as tasks, folded once.
pub(crate) fn tasks() -> &'static Tasks {
    static TASKS: OnceLock<Tasks> = OnceLock::new();
    TASKS.get_or_init(|| folded(published()))
}

fn whole() -> Scope {
    let period = Period {
        from: FIRST,
        to: LAST,
    };
    Scope {
        state: Wanted::Verified,
        ..Scope::of(period)
    }
}

fn added_up(tasks: &Tasks, scope: &Scope) -> Totals {
    totals(
        city().catalog(),
        scope,
        tasks.iter().map(|t| &**t),
        None,
        true,
    )
}

fn of<'t>(totals: &'t Totals, work: &str) -> &'t TotalLine {
    let mut lines = totals.lines.iter();
    let line = lines.find(|line| line.work.as_str() == work);
    line.unwrap_or_else(|| panic!("no line of {work}"))
}
