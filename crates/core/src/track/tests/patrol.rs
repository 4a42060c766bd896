//! Whole recordings: pauses, gaps, several networks, and what a person says.

use crate::geodesy::LonLat;
use crate::ids::TaskUid;
use crate::log::{Stretch, TrackPoint};
use crate::network::Network;
use crate::network::tests::{asset, at, metres, network};
use crate::track::{Patrolled, Recording, Rules, patrolled, thinned};
use proptest::prelude::*;
use uuid::Uuid;

const BEGAN: i64 = 1_714_700_000_000;

fn recording() -> Recording {
    Recording::begin(TaskUid(Uuid::from_u128(7)), BEGAN, false)
}

/// Walks east along the street from one metre to another, a fix each second; the second after.
fn walk(recording: &mut Recording, mut second: i64, from: f64, to: f64) -> i64 {
    let mut east = from;
    while east <= to {
        recording.hear(BEGAN + second * 1000, at(east, 3.0), 6.0);
        east += 1.4;
        second += 1;
    }
    second
}

fn on_foot(networks: &[&Network], recording: &Recording) -> Patrolled {
    let by_hand = &recording.by_hand;
    patrolled(networks, &recording.legs, &Rules::ON_FOOT, by_hand)
}

/// In whole metres, each end within three of what it should be.
fn assert_covered(covered: &[Stretch], wanted: &[(usize, u64, u64)]) {
    let ours = metres(covered);
    let near = |(a, b): (&(usize, u64, u64), &(usize, u64, u64))| {
        a.0 == b.0 && a.1.abs_diff(b.1) <= 3 && a.2.abs_diff(b.2) <= 3
    };
    let same = ours.len() == wanted.len() && ours.iter().zip(wanted).all(near);
    assert!(same, "{ours:?} {wanted:?}");
}

fn street() -> Network {
    network(&[&[[0.0, 0.0], [1000.0, 0.0]]])
}

#[test]
fn what_is_gone_in_a_pause_is_not_claimed_however_short_it_is() {
    let mut one = recording();
    let second = walk(&mut one, 0, 10.0, 200.0);
    one.pause();
    assert!(!one.hear(BEGAN + second * 1000, at(210.0, 3.0), 6.0));
    one.go_on();
    walk(&mut one, second + 30, 250.0, 400.0);
    let seen = on_foot(&[&street()], &one);
    assert_covered(&seen.covered, &[(0, 10, 200), (0, 250, 400)]);
    assert!(seen.gaps.is_empty());
    assert!((seen.gone_m - 340.0).abs() < 6.0, "{}", seen.gone_m);
    assert_eq!(one.legs.len(), 2);
    one.pause();
    one.go_on();
    one.go_on();
    assert_eq!(one.legs.len(), 3, "a leg without a fix is used again");
}

#[test]
fn a_gap_counts_where_a_person_says_so() {
    let mut one = recording();
    let second = walk(&mut one, 0, 10.0, 200.0);
    walk(&mut one, second + 200, 480.0, 700.0);
    let seen = on_foot(&[&street()], &one);
    assert_covered(&seen.covered, &[(0, 10, 200), (0, 480, 700)]);
    let [gap] = &seen.gaps[..] else {
        panic!("{seen:?}")
    };
    assert!(
        !gap.counts && !gap.is_plain && (195..210).contains(&gap.seconds),
        "{gap:?}"
    );
    one.by_hand.turn_gap(gap.id, true);
    one.by_hand.turn_gap(gap.id, true);
    let with = on_foot(&[&street()], &one);
    assert_covered(&with.covered, &[(0, 10, 700)]);
    assert_covered(&with.matched, &[(0, 10, 200), (0, 480, 700)]);
    one.by_hand.turn_gap(gap.id, false);
    assert_eq!(on_foot(&[&street()], &one), seen);
}

#[test]
fn a_street_is_taken_out_and_another_put_in_by_hand() {
    let two = network(&[&[[0.0, 0.0], [500.0, 0.0]], &[[0.0, 300.0], [400.0, 300.0]]]);
    let mut one = recording();
    walk(&mut one, 0, 10.0, 200.0);
    one.by_hand.turn(asset(1), true, false);
    assert_covered(
        &on_foot(&[&two], &one).covered,
        &[(0, 10, 200), (1, 0, 400)],
    );
    one.by_hand.turn(asset(0), false, true);
    assert_covered(&on_foot(&[&two], &one).covered, &[(1, 0, 400)]);
    one.by_hand.turn(asset(0), true, true);
    one.by_hand.turn(asset(1), false, false);
    assert_covered(&on_foot(&[&two], &one).covered, &[(0, 10, 200)]);
}

#[test]
fn a_touch_means_all_of_a_line_and_the_next_one_nothing_of_it() {
    let lane = network(&[&[[0.0, 0.0], [500.0, 0.0]]]);
    let mut one = recording();
    walk(&mut one, 0, 10.0, 200.0);
    for covered in [&[(0, 0, 500)][..], &[], &[(0, 0, 500)]] {
        let seen = on_foot(&[&lane], &one);
        let counts = !seen.covered.is_empty();
        one.by_hand.tap(asset(0), counts, !seen.matched.is_empty());
        assert_covered(&on_foot(&[&lane], &one).covered, covered);
    }
}

#[test]
fn a_line_that_only_a_gap_led_along_is_taken_out_too() {
    let mut one = recording();
    let second = walk(&mut one, 0, 10.0, 200.0);
    walk(&mut one, second + 200, 480.0, 700.0);
    let gap = on_foot(&[&street()], &one).gaps[0].id;
    one.by_hand.turn_gap(gap, true);
    one.by_hand.turn(asset(0), false, false);
    assert!(on_foot(&[&street()], &one).covered.is_empty());
}

#[test]
fn a_sewer_and_a_storm_pipe_under_one_street_are_both_covered() {
    let sewer = street();
    let storm = Network::of([(asset(5), vec![vec![at(100.0, 4.0), at(1000.0, 4.0)]])]);
    let mut one = recording();
    let second = walk(&mut one, 0, 10.0, 50.0);
    walk(&mut one, second + 40, 106.0, 300.0);
    let seen = on_foot(&[&sewer, &storm], &one);
    assert_covered(&seen.covered, &[(0, 10, 300), (5, 6, 200)]);
    let [gap] = &seen.gaps[..] else {
        panic!("{seen:?}")
    };
    assert!(
        gap.is_plain,
        "along the sewer, whatever the storm pipe says: {gap:?}"
    );
    assert_eq!(seen.beside_m, 0.0, "beside the one is along the other");
    let beside = on_foot(&[&storm], &one);
    assert!((beside.beside_m - 40.0).abs() < 15.0, "{}", beside.beside_m);
}

#[test]
fn bad_fixes_are_counted_and_not_believed() {
    let mut one = recording();
    for (second, far) in [(0, 900.0), (1, 600.0)] {
        one.hear(BEGAN + second * 1000, at(far, far), 1500.0);
    }
    let second = walk(&mut one, 10, 10.0, 100.0);
    one.hear(BEGAN + second * 1000, at(800.0, 0.0), 6.0);
    walk(&mut one, second + 1, 102.8, 200.0);
    let seen = on_foot(&[&street()], &one);
    assert_eq!(seen.refused, 3);
    assert_covered(&seen.covered, &[(0, 10, 200)]);
}

#[test]
fn of_a_second_the_most_accurate_is_kept_and_nothing_from_before() {
    let mut one = recording();
    assert!(one.hear(BEGAN + 5_000, at(0.0, 0.0), 20.0));
    assert!(!one.hear(BEGAN + 5_400, at(9.0, 0.0), 30.0));
    assert!(one.hear(BEGAN + 5_900, at(3.0, 0.0), 8.0));
    assert!(!one.hear(BEGAN + 4_000, at(7.0, 0.0), 3.0));
    assert!(!one.hear(BEGAN - 1, at(7.0, 0.0), 3.0));
    assert!(!one.hear(BEGAN + 6_000, LonLat::new(f64::NAN, 0.0), 3.0));
    let [point] = one.legs[0][..] else {
        panic!("{one:?}")
    };
    assert_eq!((point.seconds, point.accuracy_mm), (5, 8_000));
}

proptest! {
    #[test]
    fn what_the_log_keeps_has_both_ends_and_both_sides_of_a_gap(
        pauses in prop::collection::vec(1u32..40, 0..60),
    ) {
        let mut seconds = 0;
        let leg: Vec<TrackPoint> = pauses
            .iter()
            .map(|pause| {
                seconds += pause;
                TrackPoint::from((0, 0, seconds, 5_000))
            })
            .collect();
        let kept = thinned(&leg);
        prop_assert_eq!(kept.first(), leg.first());
        prop_assert_eq!(kept.last(), leg.last());
        prop_assert!(kept.iter().all(|point| leg.contains(point)));
        for pair in leg.windows(2).filter(|w| w[1].seconds - w[0].seconds >= 10) {
            prop_assert!(kept.contains(&pair[0]) && kept.contains(&pair[1]));
        }
        for pair in kept.windows(2) {
            let gone = pair[1].seconds - pair[0].seconds;
            let is_gap = leg.windows(2).any(|w| w == pair);
            prop_assert!(gone < 20 || is_gap, "{} s", gone);
        }
    }
}
