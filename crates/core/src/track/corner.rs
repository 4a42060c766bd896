//! The corners of an outline that somebody walks.

use super::Fix;
use crate::geodesy::{LonLat, length_m};

/// A fix that is less accurate says nothing of an outline, in metres.
const WORST_M: f64 = 15.0;
/// Nearer than this a corner is the one before, in metres.
const LEAST_M: f64 = 2.0;

/// Whether a fix becomes the next corner of an outline that is walked: if it is accurate enough,
/// and farther from the corner before than it may be wrong. Who stands still makes no corners,
/// whatever the fixes do.
pub fn is_corner(last: Option<LonLat>, fix: &Fix) -> bool {
    if !(fix.accuracy_m > 0.0 && fix.accuracy_m <= WORST_M) {
        return false;
    }
    last.is_none_or(|last| length_m(&[last, fix.at]) >= fix.accuracy_m.max(LEAST_M))
}

#[cfg(test)]
mod tests {
    use super::is_corner;
    use crate::geodesy::{LonLat, length_m};
    use crate::track::Fix;
    use proptest::prelude::*;

    const YARD: LonLat = LonLat {
        lon: 123.5,
        lat: 43.52,
    };

    fn fix(north: f64, accuracy_m: f64) -> Fix {
        let at = LonLat::new(YARD.lon, YARD.lat + north);
        Fix {
            ms: 0,
            at,
            accuracy_m,
        }
    }

    #[test]
    fn the_first_good_fix_is_a_corner_and_a_bad_one_is_none() {
        assert!(is_corner(None, &fix(0.0, 4.0)));
        assert!(!is_corner(None, &fix(0.0, 60.0)));
        assert!(!is_corner(None, &fix(0.0, 0.0)), "accuracy is not known");
        assert!(!is_corner(None, &fix(0.0, f64::NAN)));
    }

    #[test]
    fn standing_still_makes_no_corner_and_walking_on_does() {
        assert!(!is_corner(Some(YARD), &fix(0.00002, 4.0)), "2 m off, ±4 m");
        assert!(is_corner(Some(YARD), &fix(0.00005, 4.0)), "6 m off, ±4 m");
        assert!(!is_corner(Some(YARD), &fix(0.00001, 0.5)), "1 m off");
    }

    proptest! {
        #[test]
        fn corners_lie_farther_apart_than_they_may_be_wrong(steps in prop::collection::vec((-0.0002..0.0002f64, 0.5..30.0f64), 1..60)) {
            let mut corners: Vec<LonLat> = Vec::new();
            let mut north = 0.0;
            for (step, accuracy_m) in steps {
                north += step;
                let fix = fix(north, accuracy_m);
                if is_corner(corners.last().copied(), &fix) {
                    if let Some(last) = corners.last() {
                        prop_assert!(length_m(&[*last, fix.at]) >= accuracy_m);
                    }
                    corners.push(fix.at);
                }
            }
        }
    }
}
