//! A season of many assets.

use jiff::civil::{Date, date};
use mendmap_core::catalog::{Catalog, WorkKind};
use mendmap_core::city::Placed;
use mendmap_core::geodesy::{Bbox, LonLat};
use mendmap_core::ids::{AssetUid, TaskUid, Uuid};
use mendmap_core::ledger::season::{Assets, Grid, Grouping, Playhead, Season};
use mendmap_core::ledger::{Cell, Period, What};
use mendmap_core::log::{Measured, Quantity, WorkLine};
use rust_decimal::Decimal;
use std::sync::Arc;

/// How many assets there are.
pub const ASSETS: u64 = 100_000;

/// A year at which some work was done twice at each of [`ASSETS`] assets, on days without an order,
/// half of them before it; with its streets, communities and the cells of a grid, on its first day.
pub fn playhead(catalog: &Catalog, work: &WorkKind) -> Playhead {
    let mut assets = Assets::default();
    for n in 0..ASSETS {
        let (lon, lat) = ((n % 400) as f64, (n / 400) as f64);
        assets.put(Placed {
            uid: uid(n),
            kind: 0,
            at: LonLat::new(123.4 + lon * 0.0005, 43.4 + lat * 0.0005),
            street: Some(format!("{}路", n % 997).into()),
            community: Some(uid(n % 50 * 1_000_000)),
            length_mm: None,
        });
    }
    let assets = Arc::new(assets);
    let what = Arc::new(What {
        verified: true,
        work: Some(work.id.clone()),
        lines: vec![WorkLine {
            work: work.id.clone(),
            quantity: Quantity(Decimal::ONE),
            unit: work.unit.clone(),
            material: None,
            measured: Measured::Counted,
            covered: Vec::new(),
            patches: Vec::new(),
            assets: Vec::new(),
        }],
    });
    let first = date(2024, 1, 1);
    let done = |n: u64| [mixed(n) % 366, mixed(n + ASSETS) % 732].map(|on| day(first, on));
    let cells: Vec<Cell> = (0..ASSETS)
        .flat_map(|n| done(n).map(|on| (n, on)))
        .zip(1..)
        .map(|((n, done_on), task)| Cell {
            task: TaskUid(Uuid::from_u128(task)),
            done_on,
            assets: vec![uid(n)],
            what: Arc::clone(&what),
        })
        .collect();
    let period = Period {
        from: first,
        to: date(2024, 12, 31),
    };
    let grid = Grid::new(Bbox::from([123.4, 43.4, 123.6, 43.525]), 500);
    let groupings = vec![
        Grouping::streets(&assets),
        Grouping::communities(&assets),
        Grouping::cells(&assets, &grid),
    ];
    let season = Season::new(catalog, &work.id, period, [], &cells, assets, false);
    Playhead::new(season, first, groupings)
}

/// Some day of the year before or of the year that begins with `first`.
fn day(first: Date, n: u64) -> Date {
    let days = n as i32 - 183;
    let mut on = first;
    for _ in 0..days.unsigned_abs() {
        let next = if days < 0 {
            on.yesterday()
        } else {
            on.tomorrow()
        };
        on = next.unwrap_or(on);
    }
    on
}

/// Numbers without an order.
fn mixed(n: u64) -> u64 {
    (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

fn uid(n: u64) -> AssetUid {
    AssetUid(Uuid::from_u128(u128::from(mixed(n)) << 40 | u128::from(n)))
}
