use super::*;
use crate::ids::Uuid;
use proptest::prelude::*;

/// A place in a small town, on a grid of some metres.
fn at(x: i32, y: i32) -> LonLat {
    LonLat::new(123.5 + f64::from(x) / 1e4, 43.52 + f64::from(y) / 1e4)
}

fn uid(n: usize) -> AssetUid {
    AssetUid(Uuid::from_u128(n as u128))
}

fn spots(places: &[(i32, i32)]) -> Vec<Spot> {
    let spot = |(n, (x, y)): (usize, &(i32, i32))| Spot {
        uid: uid(n),
        at: at(*x, *y),
    };
    places.iter().enumerate().map(spot).collect()
}

fn crew(id: &str, load: u32, near: &[(i32, i32)]) -> CrewLoad {
    CrewLoad {
        crew: CrewId(id.into()),
        load,
        near: near.iter().map(|(x, y)| at(*x, *y)).collect(),
    }
}

fn places(most: usize) -> impl Strategy<Value = Vec<(i32, i32)>> {
    prop::collection::vec((0..60, 0..60), 0..most)
}

fn crews(most: usize) -> impl Strategy<Value = Vec<CrewLoad>> {
    let one = (0..12u32, prop::collection::vec((-90..150, -90..150), 0..3));
    prop::collection::vec(one, 1..most).prop_map(|crews| {
        let crews = crews.into_iter().enumerate();
        crews
            .map(|(n, (load, near))| crew(&format!("crew-{n}"), load, &near))
            .collect()
    })
}

fn got(split: &Split) -> Vec<(&str, Vec<AssetUid>)> {
    let shares = split.shares.iter();
    let uids = |share: &Share| share.assets.iter().map(|spot| spot.uid).collect();
    shares
        .map(|share| (share.crew.0.as_str(), uids(share)))
        .collect()
}

/// The loads that a plain count comes to: one asset after the other to whoever has least.
fn poured(assets: usize, crews: &[CrewLoad]) -> Vec<u32> {
    let mut loads: Vec<u32> = crews.iter().map(|crew| crew.load).collect();
    for _ in 0..assets {
        if let Some(least) = loads.iter_mut().min() {
            *least += 1;
        }
    }
    loads.sort_unstable();
    loads
}

proptest! {
    #[test]
    fn each_asset_goes_to_one_crew_and_the_loads_come_out_level(
        places in places(40), crews in crews(6), give in 0..4u32,
    ) {
        let split = split(&spots(&places), &crews, give);
        let mut all: Vec<_> = got(&split).into_iter().flat_map(|(_, uids)| uids).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..places.len()).map(uid).collect::<Vec<_>>());
        let poured = poured(places.len(), &crews);
        // The level is what those come to that get anything.
        let loads: Vec<u32> = crews.iter().map(|crew| crew.load).collect();
        let level = poured.first().copied().unwrap_or(0);
        let top = level + u32::from(
            loads.iter().map(|load| level.saturating_sub(*load)).sum::<u32>() < places.len() as u32,
        );
        for (share, crew) in split.shares.iter().zip(&crews) {
            prop_assert_eq!(&share.crew, &crew.crew);
            prop_assert_eq!(share.before, crew.load);
            prop_assert_eq!(share.after, crew.load + share.assets.len() as u32);
            prop_assert!(share.after + give >= level, "{} {level}", share.after);
            prop_assert!(share.after <= (top + give).max(crew.load), "{} {top}", share.after);
        }
        if give == 0 {
            let mut after: Vec<u32> = split.shares.iter().map(|share| share.after).collect();
            after.sort_unstable();
            prop_assert_eq!(after, poured);
        }
    }

    #[test]
    fn no_two_assets_could_be_swapped_for_the_better(
        places in places(40), crews in crews(6), give in 0..3u32,
    ) {
        let crews: Vec<&CrewLoad> = crews.iter().collect();
        let (whose, costs) = pieces::pieces(&spots(&places), &crews, give);
        for (a, at_a) in whose.iter().enumerate() {
            for (b, at_b) in whose.iter().enumerate() {
                let now = costs[a][*at_a] + costs[b][*at_b];
                prop_assert!(now <= costs[a][*at_b] + costs[b][*at_a], "{a} {b}");
            }
        }
    }

    #[test]
    fn the_order_of_assets_and_crews_makes_no_difference(
        (places, shuffled) in places(30).prop_flat_map(|places| {
            let spots = spots(&places);
            (Just(spots.clone()), Just(spots).prop_shuffle())
        }),
        (crews, turned) in crews(5).prop_flat_map(|crews| (Just(crews.clone()), Just(crews).prop_shuffle())),
        give in 0..3u32,
    ) {
        let ours = split(&places, &crews, give);
        let mut other = split(&shuffled, &turned, give);
        let order: Vec<_> = other.shares.iter().map(|share| share.crew.clone()).collect();
        let given: Vec<_> = turned.iter().map(|crew| crew.crew.clone()).collect();
        prop_assert_eq!(order, given);
        other.shares.sort_by(|a, b| a.crew.cmp(&b.crew));
        prop_assert_eq!(ours, other);
    }

    #[test]
    fn what_a_person_moves_is_moved_and_the_loads_say_so(
        places in places(20), crews in crews(4),
        moves in prop::collection::vec((prop::collection::vec(0..20usize, 0..4), 0..4usize), 0..4),
    ) {
        let before = split(&spots(&places), &crews, 0);
        let name = |n: usize| CrewId(format!("crew-{n}"));
        let moved = |(assets, to): &(Vec<usize>, usize)| Moved {
            assets: assets.iter().copied().map(uid).collect(),
            to: name(*to),
        };
        let after = before.clone().moved(&moves.iter().map(moved).collect::<Vec<_>>());
        // One asset after the other, by hand.
        let mut whose: Vec<Vec<AssetUid>> = got(&before).into_iter().map(|(_, uids)| uids).collect();
        for (assets, to) in &moves {
            for asset in assets.iter().filter(|asset| **asset < places.len() && *to < crews.len()) {
                whose.iter_mut().for_each(|uids| uids.retain(|known| *known != uid(*asset)));
                whose[*to].push(uid(*asset));
            }
        }
        for ((share, was), whose) in after.shares.iter().zip(&before.shares).zip(whose) {
            let uids = |share: &Share| crate::order::distinct(share.assets.iter().map(|s| s.uid));
            prop_assert_eq!(uids(share), crate::order::distinct(whose));
            prop_assert_eq!((&share.crew, share.before), (&was.crew, was.before));
            prop_assert_eq!(share.after, share.before + share.assets.len() as u32);
            let way: Vec<LonLat> = share.assets.iter().map(|spot| spot.at).collect();
            prop_assert_eq!(share.way_m, length_m(&way));
            if uids(share) == uids(was) {
                prop_assert_eq!(share, was, "what is not touched stays as it is");
            }
        }
    }
}

#[test]
fn two_quarters_go_to_the_crews_that_work_there() {
    let west = (0..10).map(|n| (n, n % 2));
    let east = (0..10).map(|n| (400 + n, n % 2));
    let assets = spots(&west.chain(east).collect::<Vec<_>>());
    let crews = [
        crew("east", 3, &[(420, 0)]),
        crew("west", 3, &[(-40, 0), (900, 900)]),
    ];
    let split = split(&assets, &crews, 0);
    let numbers = |from: usize| (from..from + 10).map(uid).collect::<Vec<_>>();
    let sorted = |share: &Share| crate::order::distinct(share.assets.iter().map(|spot| spot.uid));
    assert_eq!(sorted(&split.shares[0]), numbers(10));
    assert_eq!(sorted(&split.shares[1]), numbers(0));
    assert_eq!((split.shares[0].before, split.shares[0].after), (3, 13));
    // The way begins on the side of the other work.
    assert_eq!(split.shares[0].assets[0].uid, uid(19));
    assert_eq!(split.shares[1].near, Some(at(-40, 0)));
    assert_eq!(split.shares[1].assets[0].uid, uid(0));
    // Ten metres and some from one to the next.
    assert!(
        (100.0..700.0).contains(&split.shares[0].way_m),
        "{}",
        split.shares[0].way_m
    );
}

#[test]
fn a_street_is_cut_across_though_the_crews_work_on_either_side_of_it() {
    let street: Vec<_> = (0..40).map(|n| (n / 2 * 5, n % 2 * 2)).collect();
    let crews = [
        crew("north", 0, &[(50, 300)]),
        crew("south", 0, &[(50, -300)]),
    ];
    let split = split(&spots(&street), &crews, 0);
    for share in &split.shares {
        let xs = share.assets.iter().map(|spot| spot.at.lon);
        let (west, east) = (
            xs.clone().fold(f64::MAX, f64::min),
            xs.fold(f64::MIN, f64::max),
        );
        assert!((east - west) * 1e4 < 60.0, "half a street: {west} {east}");
    }
}

#[test]
fn who_has_too_much_already_gets_nothing() {
    let assets = spots(&[(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)]);
    let crews = [
        crew("busy", 40, &[(2, 0)]),
        crew("free", 1, &[]),
        crew("idle", 0, &[]),
    ];
    let after = |give| {
        let split = split(&assets, &crews, give);
        split
            .shares
            .iter()
            .map(|share| share.after)
            .collect::<Vec<_>>()
    };
    assert_eq!(after(0), [40, 3, 3]);
    assert_eq!(after(1)[0], 40);
    assert_eq!(split(&assets, &[], 0), Split::default());
    assert!(
        split(&[], &crews, 0)
            .shares
            .iter()
            .all(|share| share.assets.is_empty())
    );
}

#[test]
fn a_little_unevenness_saves_way() {
    // Six here and four there, far apart.
    let assets: Vec<_> = (0..6)
        .map(|n| (n, 0))
        .chain((0..4).map(|n| (500 + n, 0)))
        .collect();
    let crews = [crew("a", 0, &[]), crew("b", 0, &[])];
    let ways = |give| {
        split(&spots(&assets), &crews, give)
            .shares
            .iter()
            .map(|s| s.way_m)
            .sum::<f64>()
    };
    assert!(ways(0) > 3000.0, "one goes over there: {}", ways(0));
    assert!(ways(1) < 100.0, "{}", ways(1));
}
