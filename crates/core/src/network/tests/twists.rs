//! Detours that are none.

use super::*;
use proptest::prelude::*;

fn run(line: u32, from: i32, to: i32) -> Run {
    Run::new(line, f64::from(from), f64::from(to))
}

#[test]
fn runs_that_go_on_are_one() {
    let way = [run(0, 0, 10), run(0, 10, 25), run(1, 9, 4), run(1, 4, 0)];
    assert_eq!(untwisted(way, 0.0), [run(0, 0, 25), run(1, 9, 0)]);
}

#[test]
fn a_step_back_is_straightened() {
    let way = [run(0, 0, 10), run(0, 10, 7), run(0, 7, 20)];
    assert_eq!(untwisted(way, 5.0), [run(0, 0, 20)]);
    assert_eq!(untwisted(way, 2.0), way);
    // The way back is the longer one, or the whole of what was come by.
    assert_eq!(untwisted([run(0, 5, 8), run(0, 8, 1)], 5.0), [run(0, 5, 1)]);
    assert_eq!(untwisted([run(0, 5, 8), run(0, 8, 5)], 5.0), []);
}

#[test]
fn a_spur_is_cut_off_over_several_lines() {
    let way = [
        run(0, 0, 50),
        run(1, 0, 4),
        run(2, 0, 3),
        run(2, 3, 0),
        run(1, 4, 0),
        run(0, 50, 80),
    ];
    assert_eq!(untwisted(way, 8.0), [run(0, 0, 80)]);
    // As a whole it is longer than its pieces.
    assert_eq!(untwisted(way, 5.0), way);
}

/// Many small steps there and back again are one long way, and no detour.
#[test]
fn a_long_way_back_is_kept_however_it_is_cut() {
    let there = (0..20).map(|n| run(0, n, n + 1));
    let back = (0..20).rev().map(|n| run(0, n + 1, n));
    let way = untwisted(there.chain(back), 8.0);
    assert_eq!(way, [run(0, 0, 20), run(0, 20, 0)]);
}

proptest! {
    #[test]
    fn it_begins_and_ends_where_it_did(steps in prop::collection::vec(-9i32..10, 1..20), metres in 0..12i32) {
        let (mut way, mut at) = (Vec::new(), 0);
        for step in steps.into_iter().filter(|&step| step != 0) {
            way.push(run(0, at, at + step));
            at += step;
        }
        let short = untwisted(way.clone(), f64::from(metres));
        let end = short.iter().fold(0.0, |at, run| {
            assert_eq!(run.from, at);
            run.to
        });
        prop_assert_eq!(end, f64::from(at));
        let length = |way: &[Run]| way.iter().map(Run::length).sum::<f64>();
        prop_assert!(length(&short) <= length(&way));
    }
}
