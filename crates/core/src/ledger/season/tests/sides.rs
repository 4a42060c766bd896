//! Two periods side by side, and groups.

use super::super::*;
use super::kit::*;
use crate::city::Placed;
use crate::geodesy::{Bbox, LonLat};
use crate::ledger::{Period, Ratio};
use crate::log::testkit::{Phone, asset_uid, line, on_asset, plotted, report, work};
use crate::task::Mark;
use std::sync::Arc;

fn done_on(phone: &mut Phone, n: u32, asset: u8, on: i32) {
    say_on(phone, n, day(on), plotted("drain-clear", on_asset(asset)));
    let lines = vec![line("drain-clear", "1", "pcs")];
    say_on(phone, n, day(on), report(lines, &day(on).to_string()));
}

#[test]
fn two_years_stand_side_by_side() {
    let mut p = Phone::new(1);
    for (n, asset, on) in [
        (1, 0, -366),
        (2, 0, 5),
        (3, 1, -300),
        (4, 2, 90),
        (5, 3, 91),
    ] {
        done_on(&mut p, n, asset, on);
    }
    let tasks = tasks(&p);
    let (kind, assets) = (work("drain-clear"), assets());
    let of = |period, assets| {
        let tasks = tasks.iter().map(|t| &**t);
        Season::new(&catalog(), &kind, period, tasks, [], assets, false)
    };
    let last = Period {
        from: day(-366),
        to: day(-276),
    };
    let (before, now) = (of(last, assets.clone()), of(season_2024(), assets.clone()));
    let side = SideBySide::ends(&before, &now);
    assert_eq!(side.marks[0], (Mark::Done, Mark::Done));
    assert_eq!(side.marks[1], (Mark::Done, Mark::Overdue));
    let expected = Sides {
        both: 1,
        first: 1,
        second: 1,
        neither: 5,
    };
    assert_eq!(side.whole(), expected);
    let streets = Grouping::streets(&assets);
    let groups: Vec<_> = side
        .groups(&streets)
        .into_iter()
        .map(|(key, sides)| (key.clone(), sides))
        .collect();
    let street = |name: &str| GroupKey::Street(name.into());
    let sides = |both, first, second, neither| Sides {
        both,
        first,
        second,
        neither,
    };
    assert_eq!(
        groups,
        [
            (street("北兴街"), sides(1, 0, 0, 0)),
            (street("辽河路"), sides(0, 1, 1, 4)),
            (GroupKey::Nowhere, sides(0, 0, 0, 1)),
        ]
    );
    // A day before the last ones were done.
    let earlier = SideBySide::at(&before, day(-366), &now, day(89));
    assert_eq!(earlier.whole(), sides(1, 0, 0, 7));
    // Assets in another order are the same ones, and what is not there wears nothing.
    let mut fewer = Assets::default();
    for n in [2, 1, 0] {
        let place = LonLat::default();
        fewer.put(Placed {
            uid: asset_uid(n),
            kind: 0,
            at: place,
            street: None,
            community: None,
            length_mm: None,
        });
    }
    let side = SideBySide::ends(&before, &of(season_2024(), Arc::new(fewer)));
    assert_eq!(side.whole(), expected);
    assert_eq!(side.marks[4], (Mark::Never, Mark::None));
}

#[test]
fn groups_are_sorted_and_add_up() {
    let assets = assets();
    let [streets, communities, cells] = &groupings(&assets)[..] else {
        unreachable!()
    };
    assert_eq!(streets.keys().len(), 3);
    let community = |n| GroupKey::Community(asset_uid(n));
    assert_eq!(
        communities.keys(),
        [community(100), community(102), GroupKey::Nowhere]
    );
    assert_eq!(communities.members(1).collect::<Vec<_>>(), [2, 6]);
    let grid = Grid::new(Bbox::from([123.4, 43.4, 123.6, 43.6]), 500);
    for (n, known) in assets.all.iter().enumerate() {
        let key = &cells.keys()[cells.group(n).unwrap()];
        assert_eq!(key, &GroupKey::Cell(grid.cell(known.at).unwrap()));
    }
    assert!(cells.keys().is_sorted());
    let mut p = Phone::new(1);
    done_on(&mut p, 1, 1, 3);
    let season = season(&p, "drain-clear", season_2024(), false);
    let playhead = Playhead::new(season, day(3), vec![streets.clone()]);
    let shares: Vec<Ratio> = playhead
        .groups(0)
        .map(|(_, counts)| counts.share())
        .collect();
    let ratio = |part, whole| Ratio { part, whole };
    assert_eq!(shares, [ratio(0, 1), ratio(1, 6), ratio(0, 1)]);
    assert_eq!(
        (playhead.day(), playhead.grouping(1).is_none()),
        (day(3), true)
    );
}

#[test]
fn each_asset_is_in_the_group_of_its_name() {
    let mut assets = Assets::default();
    let streets = ["c", "a", "d", "c", "b"];
    for (n, street) in (0..).zip(streets) {
        assets.put(Placed {
            uid: asset_uid(n),
            kind: 0,
            at: LonLat::default(),
            street: Some(street.into()),
            community: None,
            length_mm: None,
        });
    }
    let grouping = Grouping::streets(&assets);
    let names = ["a", "b", "c", "d"].map(|name| GroupKey::Street(name.into()));
    assert_eq!(grouping.keys(), names);
    for (n, street) in streets.into_iter().enumerate() {
        let group = grouping.group(n).unwrap();
        assert_eq!(grouping.keys()[group], GroupKey::Street(street.into()));
    }
    assert_eq!(grouping.members(2).collect::<Vec<_>>(), [0, 3]);
}

#[test]
fn an_asset_is_taken_in_once() {
    let mut assets = Assets::default();
    for lon in [1.0, 2.0] {
        let at = LonLat::new(lon, 1.0);
        assets.put(Placed {
            uid: asset_uid(1),
            kind: 0,
            at,
            street: None,
            community: None,
            length_mm: None,
        });
    }
    assert_eq!((assets.len(), assets.is_empty()), (1, false));
    assert_eq!(assets.all[0].at.lon, 1.0);
    assert_eq!(assets.number(&asset_uid(2)), None);
    // A place that is none lies in no cell.
    let at = LonLat::new(f64::NAN, 1.0);
    assets.put(Placed {
        uid: asset_uid(2),
        kind: 0,
        at,
        street: None,
        community: None,
        length_mm: None,
    });
    let cells = Grouping::cells(&assets, &Grid::new(Bbox::from([0.0, 0.0, 3.0, 3.0]), 100));
    assert_eq!(cells.keys().last(), Some(&GroupKey::Nowhere));
}
