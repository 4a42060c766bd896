//! Which fixes are believed.

use crate::geodesy::LonLat;
use crate::network::tests::at;
use crate::track::{Cleaned, Doubt, Fix, Rules, cleaned};
use proptest::prelude::*;

/// A fix some metres east of the origin.
fn fix(seconds: u64, east: f64) -> Fix {
    Fix {
        ms: seconds * 1000,
        at: at(east, 0.0),
        accuracy_m: 8.0,
    }
}

/// Somebody who walks east at 1.5 m/s.
fn walk(seconds: std::ops::Range<u64>) -> Vec<Fix> {
    seconds.map(|s| fix(s, s as f64 * 1.5)).collect()
}

fn clean(fixes: &[Fix]) -> Cleaned {
    cleaned(fixes, &Rules::ON_FOOT)
}

fn refused(fixes: &[Fix]) -> Vec<(usize, Doubt)> {
    clean(fixes).refused
}

#[test]
fn the_first_fixes_are_refused_where_they_are_from_a_mast_or_from_memory() {
    let mut fixes = walk(5..60);
    let mast = Fix {
        accuracy_m: 900.0,
        ..fix(0, 300.0)
    };
    fixes.splice(0..0, [mast, fix(1, -400.0), fix(2, -400.0), fix(3, -400.0)]);
    let wrong = [1, 2, 3].map(|n| (n, Doubt::Impossible));
    let all: Vec<_> = [(0, Doubt::Inaccurate)].into_iter().chain(wrong).collect();
    assert_eq!(refused(&fixes), all);
    assert_eq!(clean(&fixes).pieces, [(4..59).collect::<Vec<_>>()]);
}

#[test]
fn echoes_are_refused_and_what_is_around_them_stays() {
    let mut fixes = walk(0..60);
    for (n, east) in [(20, 500.0), (40, -200.0), (41, -201.0), (42, -203.0)] {
        fixes[n].at = at(east, 90.0);
    }
    let wrong = [20, 40, 41, 42].map(|n| (n, Doubt::Impossible));
    assert_eq!(refused(&fixes), wrong);
    assert_eq!(clean(&fixes).pieces.len(), 1);
}

#[test]
fn a_clock_that_jumps_takes_nothing_along() {
    let mut fixes = walk(0..60);
    fixes[30].ms = 86_400_000;
    fixes[31].ms = 3_000;
    let wrong = [30, 31].map(|n| (n, Doubt::Impossible));
    assert_eq!(refused(&fixes), wrong);
}

#[test]
fn what_no_phone_should_say_is_refused() {
    let mut fixes = walk(0..20);
    fixes[3].at = LonLat::new(f64::NAN, 43.0);
    fixes[5].accuracy_m = f64::NAN;
    fixes[7].accuracy_m = -1.0;
    fixes[9].accuracy_m = 0.0;
    let wrong = [
        (3, Doubt::NoPlace),
        (5, Doubt::Inaccurate),
        (7, Doubt::Inaccurate),
    ];
    assert_eq!(refused(&fixes), wrong);
    assert_eq!(clean(&[]), Cleaned::default());
}

#[test]
fn a_pause_is_a_gap_and_a_slow_phone_has_none() {
    let mut fixes = walk(0..30);
    fixes.extend(walk(90..120));
    let lengths =
        |fixes: &[Fix]| -> Vec<usize> { clean(fixes).pieces.iter().map(Vec::len).collect() };
    assert_eq!(lengths(&fixes), [30, 30]);
    let slow: Vec<Fix> = walk(0..900).into_iter().step_by(30).collect();
    assert_eq!(lengths(&slow), [30]);
    // Between two gaps one fix says nothing.
    fixes.push(fix(200, 300.0));
    assert_eq!(refused(&fixes), [(60, Doubt::Alone)]);
}

/// Somebody was carried: neither side is an error.
#[test]
fn a_jump_with_much_on_both_sides_is_a_gap() {
    let mut fixes = walk(0..40);
    fixes.extend(walk(41..80).into_iter().map(|f| fix(f.ms / 1000, 2000.0)));
    let cleaned = clean(&fixes);
    assert_eq!(cleaned.refused, []);
    assert_eq!(cleaned.pieces.len(), 2);
}

proptest! {
    /// Whatever comes, each fix is believed or refused, and those that are believed are in order.
    #[test]
    fn every_fix_is_accounted_for(
        fixes in prop::collection::vec((0u64..90, -300.0..300.0f64, 0.0..60.0f64), 0..60),
    ) {
        let fixes: Vec<Fix> = fixes
            .into_iter()
            .map(|(s, east, accuracy_m)| Fix { accuracy_m, ..fix(s, east) })
            .collect();
        let cleaned = clean(&fixes);
        let mut all: Vec<usize> = cleaned.pieces.iter().flatten().copied().collect();
        prop_assert!(all.windows(2).all(|w| w[0] < w[1] && fixes[w[0]].ms < fixes[w[1]].ms));
        all.extend(cleaned.refused.iter().map(|(n, _)| n));
        all.sort_unstable();
        prop_assert_eq!(all, (0..fixes.len()).collect::<Vec<_>>());
    }
}
