//! The server's clock as measured from here.

use super::super::clock::Offset;
use super::super::lane::{Wait, pause};
use super::super::*;
use super::kit::*;
use proptest::prelude::*;

#[test]
fn a_slower_answer_counts_only_where_a_clock_was_set() {
    let check = |measures: &[(i64, i64, i64)], expect| {
        let mut offset = Offset::default();
        for &(sent, came, server) in measures {
            offset.measure(sent, came, server);
        }
        assert_eq!(offset.ms, expect, "{measures:?}");
    };
    check(&[(0, 100, 1_050)], Some(1_000));
    // Slower and in accord; quicker; slower and at odds.
    check(&[(0, 100, 1_050), (0, 3_000, 2_000)], Some(1_000));
    check(&[(0, 100, 1_050), (0, 10, 1_045)], Some(1_040));
    check(&[(0, 100, 1_050), (0, 3_000, 9_000)], Some(7_500));
    // The clock was set back under way: it measures nothing.
    check(&[(0, 100, 1_050), (100, 0, 9_000)], Some(1_000));
    check(&[(100, 0, 1_050)], None);
    // Nonsense from outside does no harm.
    check(&[(i64::MIN, i64::MAX, 0)], None);
    check(&[(0, 0, i64::MAX), (0, 0, i64::MIN)], Some(i64::MIN));
}

#[test]
fn a_clock_that_is_far_off_is_shown() {
    let mut answer = answered(2, [(1, accepted(1))]);
    let Input::PushAnswered { server_ms, .. } = &mut answer else {
        panic!()
    };
    *server_ms = NOON - 3_600_000;
    let machine = check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (
                0,
                answer,
                &["store#3: a1 at 1", "Sending { n: 1 }, skew -3600000"],
            ),
        ],
    );
    assert_eq!(machine.offset_ms(), Some(-3_600_000));
}

proptest! {
    #[test]
    fn the_truth_is_never_further_than_half_of_the_quickest_round_trip(
        truth in -200_000_000..200_000_000_i64,
        trips in prop::collection::vec((0..90_000_i64, 0..90_000_i64), 1..8),
    ) {
        let (mut offset, mut now, mut quickest) = (Offset::default(), NOON, i64::MAX);
        for (there, back) in trips {
            let (sent, server) = (now, now + there + truth);
            now += there + back;
            offset.measure(sent, now, server);
            let wrong = (offset.ms.unwrap() - truth).abs();
            quickest = quickest.min(there + back);
            prop_assert!(wrong <= quickest / 2 + 1, "{wrong} of {quickest}");
        }
    }

    #[test]
    fn a_pause_is_at_least_half_of_what_it_could_be(failures in 1..40_u32, random: u64) {
        let most = (2_000_i64 << (failures - 1).min(16)).min(300_000);
        let wait = pause(NOON, failures, random).until - NOON;
        prop_assert!((most / 2..=most).contains(&wait), "{wait} of {most}");
    }

    #[test]
    fn a_wait_ends_by_its_time_whatever_the_clock_does(ms in 0..1_000_000_i64, clock: i64) {
        let wait = Wait::of(NOON, ms);
        prop_assert_eq!(wait.is_over(clock), !(NOON..NOON + ms).contains(&clock));
    }
}
