//! A season of some thousand assets is counted as one of a few.

use super::super::*;
use super::kit::*;
use crate::city::Placed;
use crate::geodesy::{Bbox, LonLat};
use crate::ids::{AssetUid, Uuid};
use crate::ledger::{Cell, Period, What};
use crate::log::testkit::{line, work};
use crate::task::Mark;
use std::sync::Arc;

const ASSETS: u64 = 4_000;

/// Numbers without an order.
fn mixed(n: u64) -> u64 {
    (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

fn uid(n: u64) -> AssetUid {
    AssetUid(Uuid::from_u128(u128::from(mixed(n)) << 40 | u128::from(n)))
}

#[test]
fn thousands_are_counted_as_each_of_them() {
    let mut assets = Assets::default();
    for n in 0..ASSETS {
        let (lon, lat) = ((n % 80) as f64, (n / 80) as f64);
        assets.put(Placed {
            uid: uid(n),
            kind: 0,
            at: LonLat::new(123.4 + lon * 0.002, 43.4 + lat * 0.002),
            street: (n % 97 > 0).then(|| format!("{}路", n % 97).into()),
            community: (n % 5 > 0).then(|| uid(n % 5 * 10_000)),
            length_mm: None,
        });
    }
    // Two a drain: one in the half year before the season or in the season, one anywhere.
    let done = |n: u64| [mixed(n) % 270, mixed(n + ASSETS) % 800].map(|on| on as i32 - 180);
    let what = Arc::new(What {
        verified: false,
        work: Some(work("drain-clear")),
        lines: vec![line("drain-clear", "1", "pcs")],
    });
    let cells = (0..ASSETS).flat_map(|n| done(n).map(|on| (n, on)));
    let cells: Vec<Cell> = (0..)
        .zip(cells)
        .map(|(task, (n, on))| Cell {
            task: task_number(task),
            done_on: day(on),
            assets: vec![uid(n)],
            what: what.clone(),
        })
        .collect();
    let (assets, kind) = (Arc::new(assets), work("drain-clear"));
    let Period { from, to } = season_2024();
    let season = Season::new(
        &catalog(),
        &kind,
        season_2024(),
        [],
        &cells,
        assets.clone(),
        false,
    );
    let grid = Grid::new(Bbox::from([123.4, 43.4, 123.6, 43.6]), 500);
    let groupings = vec![
        Grouping::streets(&assets),
        Grouping::communities(&assets),
        Grouping::cells(&assets, &grid),
    ];
    let plain = |n: u64, on: i32| {
        let past = done(n).into_iter().filter(|done| *done <= on);
        match past.clone().any(|done| done >= 0) {
            true => Mark::Done,
            false => match past.max().map(|last| on - last) {
                Some(32..) => Mark::Overdue,
                Some(30..) => Mark::Due,
                _ => Mark::Never,
            },
        }
    };
    let mut playhead = Playhead::new(season, from, groupings);
    let mut worn = playhead.season().at(from);
    let forwards = 0..playhead.season().days() as i32;
    for on in forwards.clone().chain(forwards.rev().step_by(7)) {
        playhead.go(day(on), &mut |asset, mark| worn[asset] = mark);
        let mut counts = Counts::default();
        for n in 0..ASSETS {
            let mark = plain(n, on);
            assert_eq!(worn[n as usize], mark, "{n} {on}");
            counts.put(mark);
        }
        assert_eq!(playhead.whole(), counts);
        for which in 0..3 {
            let groups = playhead.groups(which).map(|(_, counts)| counts.share());
            let (part, whole) = groups.fold((0, 0), |sum, s| (sum.0 + s.part, sum.1 + s.whole));
            assert_eq!((part, whole), (counts.share().part, ASSETS));
        }
    }
    playhead.go(to, &mut |_, _| {});
    assert!(playhead.whole().share().part > ASSETS / 4);
    assert_eq!(playhead.groups(0).count(), 97);
}
