//! Web Mercator (EPSG:3857) in fractions of the world's width: `x` east from
//! 180 W, `y` south from the top of the square. As `u32` the world is 2³² wide,
//! one unit 9.3 mm at the equator, and a tile address is the upper bits.

use super::LonLat;
use std::f64::consts::PI;

/// Northern and southern edge of the square, in degrees; what lies beyond is
/// drawn on the edge.
pub const MAX_LAT: f64 = 85.051_128_779_806_6;

/// A place in the square, each axis from 0 to 1.
pub fn project(p: LonLat) -> [f64; 2] {
    let lat = p.lat.clamp(-MAX_LAT, MAX_LAT).to_radians();
    [
        (p.lon + 180.0) / 360.0,
        0.5 - (lat.sin().atanh()) / (2.0 * PI),
    ]
}

/// The place at a point of the square.
pub fn unproject([x, y]: [f64; 2]) -> LonLat {
    LonLat::new(
        x * 360.0 - 180.0,
        ((0.5 - y) * 2.0 * PI).sinh().atan().to_degrees(),
    )
}

/// A place in whole units, rounded; the eastern and southern edge are the last unit.
pub fn project_u32(p: LonLat) -> [u32; 2] {
    // `as` saturates, which is what the edges want. A `map` of an array is a loop with calls where
    // it is built for size, and each position of a layer comes by here.
    let [x, y] = project(p);
    [(x * UNITS).round() as u32, (y * UNITS).round() as u32]
}

/// The place at a unit.
pub fn unproject_u32(units: [u32; 2]) -> LonLat {
    unproject(units.map(|u| f64::from(u) / UNITS))
}

/// Units in the world's width.
const UNITS: f64 = 4_294_967_296.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::length_m;
    use proptest::prelude::*;

    #[test]
    fn corners_and_middle() {
        assert_eq!(project_u32(LonLat::new(-180.0, MAX_LAT)), [0, 0]);
        assert_eq!(project_u32(LonLat::new(0.0, 0.0)), [1 << 31, 1 << 31]);
        assert_eq!(project_u32(LonLat::new(180.0, -90.0)), [u32::MAX; 2]);
    }

    /// EPSG Guidance Note 7-2, example of method 1024: 100°20'W 24°22'54.433"N.
    #[test]
    fn agrees_with_the_epsg_example() {
        let p = LonLat::new(-(100.0 + 20.0 / 60.0), 24.0 + 22.0 / 60.0 + 54.433 / 3600.0);
        let [x, y] = project(p);
        let width = 2.0 * PI * 6_378_137.0;
        assert!(((x - 0.5) * width - -11_169_055.58).abs() < 0.01);
        assert!(((0.5 - y) * width - 2_800_000.00).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn units_are_centimetres(lon in -180.0..180.0f64, lat in -85.0..85.0f64) {
            let p = LonLat::new(lon, lat);
            prop_assert!(length_m(&[p, unproject_u32(project_u32(p))]) < 0.014);
            let q = unproject(project(p));
            prop_assert!((q.lon - lon).abs() < 1e-12 * 360.0 && (q.lat - lat).abs() < 1e-10);
        }
    }
}
