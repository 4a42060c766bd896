//! The way through several taps.

use super::*;

/// A street of 300 m with a lane off its middle.
fn street() -> Network {
    network(&[
        &[[0.0, 0.0], [150.0, 0.0], [300.0, 0.0]],
        &[[150.0, 0.0], [150.0, 80.0]],
    ])
}

#[test]
fn taps_one_after_the_other_add_up_and_what_is_gone_along_twice_counts_once() {
    let check = |taps: &[[f64; 2]], length: u128, lines: usize| {
        let taps: Vec<_> = taps.iter().map(|&[e, n]| at(e, n)).collect();
        let through = street().through(&taps, &[], 15.0).unwrap();
        assert!(through.length_mm.abs_diff(length) < 100, "{through:?}");
        assert_eq!(through.lines.len(), lines);
    };
    check(&[], 0, 0);
    check(&[[20.0, 1.0]], 0, 0);
    check(&[[20.0, 1.0], [120.0, -1.0]], 100_000, 1);
    check(&[[20.0, 1.0], [120.0, -1.0], [149.0, 60.0]], 190_000, 2);
    check(&[[20.0, 1.0], [120.0, -1.0], [20.0, 0.0]], 100_000, 2);
}

#[test]
fn the_way_between_two_taps_is_chosen_and_choices_begin_anew() {
    let ladder = network(&[
        &[[0.0, 0.0], [300.0, 0.0]],
        &[[0.0, 20.0], [300.0, 20.0]],
        &[[0.0, 0.0], [0.0, 20.0]],
        &[[300.0, 0.0], [300.0, 20.0]],
    ]);
    let taps = [at(50.0, 9.0), at(250.0, 9.5)];
    let through = |chosen: usize| ladder.through(&taps, &[chosen], 15.0).unwrap();
    assert!(through(0).ways >= 2);
    assert_eq!(metres(&through(0).stretches), [(0, 50, 250)]);
    assert_eq!(metres(&through(1).stretches), [(1, 50, 250)]);
    assert_eq!(through(through(0).ways), through(0));
    // What was chosen stays when somebody taps on.
    let on = [taps[0], taps[1], at(280.0, 21.0)];
    let further = ladder.through(&on, &[1], 15.0).unwrap();
    assert_eq!(metres(&further.stretches), [(1, 50, 280)]);
}

#[test]
fn a_tap_beside_every_street_is_told() {
    let beside = street().through(&[at(20.0, 1.0), at(20.0, 400.0)], &[], 15.0);
    assert!(matches!(
        beside,
        Err(NoWay::NothingNear {
            tap: TapEnd::End,
            ..
        })
    ));
}
