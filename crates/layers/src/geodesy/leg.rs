//! How far something is, and which way.

use super::LonLat;
use geo::{Bearing, Distance, Geodesic};
use geo_types::Point;
use serde::{Deserialize, Serialize};

/// The way to something as the crow flies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    /// How far, in metres.
    pub metres: f64,
    /// Which way; none where one stands at it.
    pub towards: Option<Wind>,
}

/// The eight winds, clockwise from north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wind {
    /// 0°.
    North,
    /// 45°.
    NorthEast,
    /// 90°.
    East,
    /// 135°.
    SouthEast,
    /// 180°.
    South,
    /// 225°.
    SouthWest,
    /// 270°.
    West,
    /// 315°.
    NorthWest,
}

const WINDS: [Wind; 8] = [
    Wind::North,
    Wind::NorthEast,
    Wind::East,
    Wind::SouthEast,
    Wind::South,
    Wind::SouthWest,
    Wind::West,
    Wind::NorthWest,
];

/// Nearer than this one stands at it, as exactly as a phone knows where it is; metres.
const AT_IT: f64 = 10.0;

impl Leg {
    /// The way from one place to another, by the geodesic between them.
    pub fn between(from: LonLat, to: LonLat) -> Self {
        let [a, b] = [from, to].map(|at| Point::new(at.lon, at.lat));
        let metres = Geodesic.distance(a, b);
        let towards = (metres >= AT_IT).then(|| Wind::nearest(Geodesic.bearing(a, b)));
        Leg { metres, towards }
    }
}

impl Wind {
    /// The wind nearest to a bearing, in degrees clockwise from north.
    pub fn nearest(bearing: f64) -> Self {
        let eighth = (bearing.rem_euclid(360.0) / 45.0).round() as usize;
        WINDS[eighth % WINDS.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: LonLat = LonLat {
        lon: 123.5,
        lat: 43.52,
    };

    #[test]
    fn a_leg_says_how_far_and_which_way() {
        let check = |east: f64, north: f64, wind| {
            let there = LonLat::new(HERE.lon + east, HERE.lat + north);
            assert_eq!(Leg::between(HERE, there).towards, wind);
        };
        check(0.0, 0.01, Some(Wind::North));
        check(0.01, 0.0, Some(Wind::East));
        check(-0.01, 0.0, Some(Wind::West));
        check(0.0, -0.01, Some(Wind::South));
        // A degree of longitude is shorter here than one of latitude.
        check(0.01, 0.0073, Some(Wind::NorthEast));
        check(0.0, 0.00005, None);
        let leg = Leg::between(HERE, LonLat::new(123.5, 43.53));
        assert!((leg.metres - 1111.0).abs() < 1.0, "{leg:?}");
    }

    proptest! {
        #[test]
        fn no_wind_is_off_by_more_than_half_an_eighth(bearing in -720.0..720.0_f64) {
            let at = WINDS.iter().position(|w| *w == Wind::nearest(bearing)).unwrap();
            let off = (bearing - at as f64 * 45.0).rem_euclid(360.0);
            prop_assert!(off.min(360.0 - off) <= 22.5, "{bearing}: {off}");
        }
    }
}
