//! A phone whose days can be chosen, and the assets of these tests.

use super::super::*;
use crate::catalog::{Catalog, Cycle};
use crate::city::Placed;
use crate::geodesy::{Bbox, LonLat};
use crate::ids::{AssetUid, EventId, TaskUid, Uuid};
use crate::ledger::{Cell, Period};
use crate::log::day::days_between;
use crate::log::testkit::{Phone, asset_uid, work};
use crate::log::{Draft, Kind, Moment, Outcome, Stamp, Subject};
use crate::task::{Mark, Task, Tasks};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many assets there are: drains, and behind them three roads.
pub(super) const DRAINS: u8 = 5;
pub(super) const ROADS: u8 = 3;

/// The first day of the season.
pub(super) const FIRST: Date = date(2024, 4, 1);

pub(super) fn season_2024() -> Period {
    Period {
        from: FIRST,
        to: date(2024, 6, 30),
    }
}

/// So many days after the first day of the season.
pub(super) fn day(number: i32) -> Date {
    let span = jiff::Span::new().days(number);
    FIRST.checked_add(span).unwrap()
}

/// The catalogue of the log's tests, in which drains are cleared every 30 days.
pub(super) fn catalog() -> Catalog {
    let mut catalog = crate::log::testkit::catalog();
    for kind in &mut catalog.work_kinds {
        if ["drain-clear", "drain-check"].contains(&&*kind.id.0) {
            let every = (catalog.asset_kinds[0].id.clone(), 30);
            kind.cycle = Some(Cycle {
                every_days: [every].into(),
                ..Cycle::default()
            });
        }
    }
    catalog
}

pub(super) fn task_number(n: u32) -> TaskUid {
    TaskUid(Uuid::from_u128(0x7a5c << 64 | u128::from(n)))
}

/// Says something about a task on a day, a little later than what was said before.
pub(super) fn say_on(phone: &mut Phone, n: u32, day: Date, kind: impl Into<Kind>) -> EventId {
    let stamp = phone.stamp();
    let noon = days_between(date(1970, 1, 1), day).unwrap() * 86_400_000 + 4 * 3_600_000;
    let stamp = Stamp {
        at: Moment::from_millis(noon + stamp.seq as i64 * 1000, 480).unwrap(),
        offset_ms: 0,
        ..stamp
    };
    let subject = Subject::Task(task_number(n));
    let event = phone.log.seal(Draft::new(subject, kind), stamp).unwrap();
    let id = event.id().unwrap();
    assert_eq!(phone.log.insert(event).outcome, Outcome::Inserted);
    id
}

pub(super) fn tasks(phone: &Phone) -> Vec<Arc<Task>> {
    let tasks = Tasks::from_log(&phone.log, BTreeSet::new());
    tasks.iter().cloned().collect()
}

/// Two streets, of which one has most, and two communities; the last drain is of none.
pub(super) fn assets() -> Arc<Assets> {
    let mut assets = Assets::default();
    for n in 0..DRAINS + ROADS {
        let is_road = n >= DRAINS;
        let last = n == DRAINS - 1;
        assets.put(Placed {
            uid: asset_uid(n),
            kind: usize::from(is_road),
            at: LonLat::new(123.5 + f64::from(n) * 0.004, 43.5),
            street: (!last).then(|| ["辽河路", "北兴街"][usize::from(n == 0)].into()),
            community: (n % 2 == 0 && !last).then(|| asset_uid(100 + n % 4)),
            length_mm: is_road.then_some(1_000_000),
        });
    }
    Arc::new(assets)
}

/// The same, and behind them as many again as it takes that little changes among all.
pub(super) fn assets_and_idle() -> Arc<Assets> {
    let mut assets = Assets::clone(&assets());
    for n in 150..250 {
        assets.put(Placed {
            uid: asset_uid(n),
            kind: 0,
            at: LonLat::new(123.5, 43.5),
            street: None,
            community: None,
            length_mm: None,
        });
    }
    Arc::new(assets)
}

pub(super) fn groupings(assets: &Assets) -> Vec<Grouping> {
    let grid = Grid::new(Bbox::from([123.4, 43.4, 123.6, 43.6]), 500);
    vec![
        Grouping::streets(assets),
        Grouping::communities(assets),
        Grouping::cells(assets, &grid),
    ]
}

pub(super) fn season(phone: &Phone, kind: &str, period: Period, verification: bool) -> Season {
    let tasks = tasks(phone);
    of(&tasks, &[], kind, period, verification)
}

pub(super) fn of(
    tasks: &[Arc<Task>],
    cells: &[Cell],
    kind: &str,
    period: Period,
    verification: bool,
) -> Season {
    let tasks = tasks.iter().map(|task| &**task);
    let (catalog, work) = (catalog(), work(kind));
    Season::new(
        &catalog,
        &work,
        period,
        tasks,
        cells,
        assets(),
        verification,
    )
}

/// The days on which the mark of an asset changes, by number, and to which.
pub(super) fn told(season: &Season, asset: usize) -> Vec<(i32, Mark)> {
    let mut told: Vec<(i32, Mark)> = Vec::new();
    for number in 0..season.days() as i32 {
        let mark = season.mark(asset, day(number));
        if told.last().is_none_or(|(_, last)| *last != mark) {
            told.push((number, mark));
        }
    }
    told
}

pub(super) fn number(uid: AssetUid) -> usize {
    assets().number(&uid).unwrap()
}
