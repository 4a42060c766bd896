//! One thing at a time, without noise.

use crate::coverage;
use crate::log::{Stretch, TrackPoint};
use crate::network::Network;
use crate::network::tests::{asset, at, metres, network};
use crate::track::{Fix, Matched, Rules, matched};
use proptest::prelude::*;

/// Fixes a second apart along corners in metres, at 1.4 m/s from second `began` on.
fn along(corners: &[[f64; 2]], began: u64) -> Vec<Fix> {
    let (mut fixes, mut left) = (Vec::new(), 0.0);
    for w in corners.windows(2) {
        let [a, b] = [w[0], w[1]];
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        while left <= length {
            let share = left / length;
            let [e, n] = [0, 1].map(|k| a[k] + share * (b[k] - a[k]));
            fixes.push(Fix {
                ms: (began + fixes.len() as u64) * 1000,
                at: at(e, n),
                accuracy_m: 6.0,
            });
            left += 1.4;
        }
        left -= length;
    }
    fixes
}

/// Seconds until somebody has come so many metres.
fn after(metres: f64) -> u64 {
    (metres / 1.4) as u64
}

fn on_foot(network: &Network, fixes: &[Fix]) -> Matched {
    matched(network, fixes, &Rules::ON_FOOT)
}

/// In whole metres, each end within two of what it should be.
fn assert_covered(covered: &[Stretch], wanted: &[(usize, u64, u64)]) {
    let ours = metres(covered);
    let near = |(a, b): (&(usize, u64, u64), &(usize, u64, u64))| {
        a.0 == b.0 && a.1.abs_diff(b.1) <= 2 && a.2.abs_diff(b.2) <= 2
    };
    let same = ours.len() == wanted.len() && ours.iter().zip(wanted).all(near);
    assert!(same, "{ours:?} {wanted:?}");
}

#[test]
fn a_pavement_is_its_street() {
    let street = network(&[&[[0.0, 0.0], [400.0, 0.0]], &[[0.0, 40.0], [400.0, 40.0]]]);
    let matched = on_foot(&street, &along(&[[50.0, 8.0], [300.0, 9.0]], 0));
    assert_covered(&matched.covered, &[(0, 50, 300)]);
    assert!(
        matched.gaps.is_empty() && matched.unmatched.is_empty(),
        "{matched:?}"
    );
    assert!(matched.contested.is_empty());
}

#[test]
fn a_short_gap_is_bridged_and_a_long_one_is_offered() {
    let street = network(&[&[[0.0, 0.0], [1000.0, 0.0]]]);
    for (gap, claimed) in [(60.0, true), (160.0, false)] {
        let mut fixes = along(&[[10.0, 0.0], [200.0, 0.0]], 0);
        fixes.extend(along(
            &[[200.0 + gap, 0.0], [500.0, 0.0]],
            after(190.0 + gap),
        ));
        let matched = on_foot(&street, &fixes);
        assert_eq!(matched.gaps.len(), 1);
        assert_eq!(matched.gaps[0].claimed, claimed);
        assert_covered(&matched.gaps[0].way, &[(0, 200, 200 + gap as u64)]);
        let added = matched.gaps[0].way.iter();
        let added = added.fold(matched.covered.clone(), |c, s| coverage::with(&c, *s));
        assert_covered(&added, &[(0, 10, 500)]);
        if !claimed {
            assert_covered(&matched.covered, &[(0, 10, 200), (0, 360, 500)]);
        }
    }
}

#[test]
fn a_gap_of_hours_is_not_bridged() {
    let street = network(&[&[[0.0, 0.0], [1000.0, 0.0]]]);
    let mut fixes = along(&[[10.0, 0.0], [200.0, 0.0]], 0);
    fixes.extend(along(&[[240.0, 0.0], [500.0, 0.0]], 7200));
    let matched = on_foot(&street, &fixes);
    assert!(!matched.gaps[0].claimed && !matched.gaps[0].way.is_empty());
}

/// Two ways around a green, one hardly longer than the other.
#[test]
fn a_gap_with_two_ways_through_it_is_not_bridged() {
    let green = network(&[
        &[
            [0.0, 0.0],
            [200.0, 0.0],
            [220.0, 20.0],
            [240.0, 0.0],
            [400.0, 0.0],
        ],
        &[[200.0, 0.0], [220.0, -25.0], [240.0, 0.0]],
    ]);
    let mut fixes = along(&[[10.0, 0.0], [195.0, 0.0]], 0);
    fixes.extend(along(&[[245.0, 0.0], [390.0, 0.0]], after(245.0)));
    let matched = on_foot(&green, &fixes);
    assert!(!matched.gaps[0].claimed, "{matched:?}");
    assert_covered(&matched.covered, &[(0, 10, 195), (0, 262, 407)]);
}

#[test]
fn who_leaves_the_lines_is_told() {
    let street = network(&[&[[0.0, 0.0], [800.0, 0.0]]]);
    let corners = [
        [10.0, 0.0],
        [200.0, 0.0],
        [200.0, 250.0],
        [500.0, 250.0],
        [500.0, 0.0],
        [700.0, 0.0],
    ];
    let matched = on_foot(&street, &along(&corners, 0));
    let [off] = matched.unmatched[..] else {
        panic!("{matched:?}")
    };
    assert!((700.0..800.0).contains(&off.metres), "{off:?}");
    assert_covered(&matched.covered, &[(0, 10, 200), (0, 500, 700)]);
}

#[test]
fn a_look_into_a_side_street_is_none_and_a_walk_to_its_end_is_one() {
    let tee = network(&[
        &[[0.0, 0.0], [200.0, 0.0], [400.0, 0.0]],
        &[[200.0, 0.0], [200.0, 60.0]],
    ]);
    for (far, covered) in [
        (8.0, vec![(0, 20, 380)]),
        (60.0, vec![(0, 20, 380), (1, 0, 58)]),
    ] {
        let corners = [
            [20.0, 0.0],
            [200.0, 0.0],
            [200.0, far],
            [200.0, 0.0],
            [380.0, 0.0],
        ];
        assert_covered(&on_foot(&tee, &along(&corners, 0)).covered, &covered);
    }
}

#[test]
fn standing_still_covers_nothing() {
    let street = network(&[&[[0.0, 0.0], [400.0, 0.0]]]);
    let still = (0..600).map(|s| Fix {
        ms: s * 1000,
        at: at(
            100.0 + 5.0 * (s as f64 / 9.0).sin(),
            4.0 * (s as f64 / 7.0).cos(),
        ),
        accuracy_m: 10.0,
    });
    assert_eq!(on_foot(&street, &still.collect::<Vec<_>>()).covered, []);
}

/// The same street twice and in two reports is covered once.
#[test]
fn what_two_patrols_went_along_counts_once() {
    let street = network(&[&[[0.0, 0.0], [400.0, 0.0]]]);
    let there = on_foot(&street, &along(&[[20.0, 1.0], [300.0, 1.0]], 0));
    let back = on_foot(&street, &along(&[[380.0, -2.0], [100.0, -2.0]], 0));
    let both = there.covered.iter().chain(&back.covered).copied();
    assert!(coverage::length_mm(both).abs_diff(360_000) < 4_000);
}

#[test]
fn two_sides_of_a_street_are_contested() {
    let sides =
        |apart: f64| network(&[&[[0.0, 0.0], [400.0, 0.0]], &[[0.0, apart], [400.0, apart]]]);
    let walk = along(&[[50.0, 3.0], [300.0, 3.0]], 0);
    let near = on_foot(&sides(8.0), &walk);
    assert_covered(&near.covered, &[(0, 50, 300)]);
    let [contested] = &near.contested[..] else {
        panic!("{near:?}")
    };
    assert_covered(&contested.taken, &[(0, 50, 300)]);
    assert_eq!(contested.rivals, [asset(1)]);
    assert!(on_foot(&sides(25.0), &walk).contested.is_empty());
}

#[test]
fn without_lines_nothing_is_covered() {
    let matched = on_foot(&Network::of([]), &along(&[[0.0, 0.0], [90.0, 0.0]], 0));
    assert_eq!(matched.covered, []);
    assert_eq!(matched.unmatched.len(), 1);
}

/// A storm pipe 5 m beside a sewer: who patrols both asks for each.
#[test]
fn pipes_under_one_street_are_asked_for_kind_by_kind() {
    let walk = along(&[[50.0, 3.0], [300.0, 3.0]], 0);
    let pipe = |number: usize, north: f64| {
        Network::of([(asset(number), vec![vec![at(0.0, north), at(400.0, north)]])])
    };
    let covered = [pipe(0, 0.0), pipe(1, 5.0)].map(|pipe| on_foot(&pipe, &walk).covered);
    assert_covered(
        &coverage::union(covered.concat()),
        &[(0, 50, 300), (1, 50, 300)],
    );
}

#[test]
fn a_fix_is_what_the_log_keeps() {
    let point = TrackPoint::from((1_234_567_890, 435_200_000, 12, 4_500));
    let fix = Fix::from(point);
    assert_eq!((fix.ms, fix.accuracy_m), (12_000, 4.5));
    assert_eq!((fix.at.lon, fix.at.lat), (123.456789, 43.52));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever a phone says, nothing is covered that is not there.
    #[test]
    fn what_is_covered_lies_on_the_lines(
        fixes in prop::collection::vec((1u64..40, -50.0..450.0f64, -40.0..80.0f64, 0.0..50.0f64), 0..40),
    ) {
        let streets = network(&[
            &[[0.0, 0.0], [200.0, 0.0], [400.0, 0.0]],
            &[[200.0, 0.0], [200.0, 60.0], [0.0, 60.0]],
        ]);
        let mut ms = 0;
        let fixes: Vec<Fix> = fixes
            .into_iter()
            .map(|(seconds, east, north, accuracy_m)| {
                ms += seconds * 1000;
                Fix { ms, at: at(east, north), accuracy_m }
            })
            .collect();
        let matched = matched(&streets, &fixes, &Rules::DRIVING);
        prop_assert_eq!(&coverage::union(matched.covered.iter().copied()), &matched.covered);
        let ways = matched.gaps.iter().flat_map(|gap| &gap.way);
        for s in matched.covered.iter().chain(ways) {
            prop_assert!(s.from_mm < s.to_mm && Some(s.to_mm) <= streets.length_mm(s.asset), "{s:?}");
        }
        prop_assert!(matched.gaps.iter().all(|gap| gap.after < gap.before));
        prop_assert!(matched.unmatched.windows(2).all(|w| w[0].last < w[1].first));
    }
}
