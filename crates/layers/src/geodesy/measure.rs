//! Geodesic length and area on WGS 84, after C. F. F. Karney, "Algorithms for
//! geodesics", J. Geod. 87 (2013), as GeographicLib computes them.

use super::LonLat;
use geo::{Geodesic, GeodesicArea, Length};
use geo_types::{Coord, LineString, Polygon};
use rust_decimal::{Decimal, RoundingStrategy};

/// Length of a line in metres.
pub fn length_m(line: &[LonLat]) -> f64 {
    Geodesic.length(&line_string(line))
}

/// Area in square metres inside the first ring and outside the others,
/// whichever way they run; closing them is optional.
pub fn area_m2(rings: &[Vec<LonLat>]) -> f64 {
    rings
        .iter()
        .map(|ring| {
            Polygon::new(line_string(ring), Vec::new())
                .geodesic_area_signed()
                .abs()
        })
        .enumerate()
        .map(|(i, area)| if i == 0 { area } else { -area })
        .sum()
}

/// Rounds a measured length or area once, at capture, halves away from zero,
/// and keeps the decimals as zeros where there is nothing to round. None where
/// the measure is no number or beyond 28 digits.
pub fn round_measure(measure: f64, decimals: u32) -> Option<Decimal> {
    let mut rounded = Decimal::from_f64_retain(measure)?
        .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    Some(rounded)
}

fn line_string(line: &[LonLat]) -> LineString<f64> {
    line.iter()
        .map(|p| Coord { x: p.lon, y: p.lat })
        .collect::<Vec<_>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(coords: &[[f64; 2]]) -> Vec<LonLat> {
        coords.iter().map(|&c| c.into()).collect()
    }

    /// The example of GeographicLib's own documentation: Wellington to Salamanca.
    #[test]
    fn length_agrees_with_geographiclib() {
        let line = places(&[[174.81, -41.32], [-5.50, 40.96]]);
        assert!((length_m(&line) - 19_959_679.267_353_82).abs() < 1e-6);
        assert_eq!(length_m(&line[..1]), 0.0);
        assert_eq!(length_m(&[]), 0.0);
    }

    /// GeographicLib's Planimeter on the octant: an eighth of the ellipsoid.
    #[test]
    fn area_agrees_with_geographiclib() {
        let octant = places(&[[0.0, 0.0], [90.0, 0.0], [0.0, 90.0]]);
        let eighth = 510_065_621_724_088.44 / 8.0;
        let area = area_m2(std::slice::from_ref(&octant));
        assert!((area - eighth).abs() < 1.0, "{area} {eighth}");
        let reversed = octant.iter().rev().copied().collect();
        assert!((area_m2(&[reversed]) - eighth).abs() < 1.0);
        assert_eq!(area_m2(&[]), 0.0);
    }

    #[test]
    fn holes_are_taken_out() {
        let square = |r: f64| {
            places(&[
                [123.5 - r, 43.5 - r],
                [123.5 + r, 43.5 - r],
                [123.5 + r, 43.5 + r],
                [123.5 - r, 43.5 + r],
            ])
        };
        let whole = area_m2(&[square(0.02)]);
        let hole = area_m2(&[square(0.01)]);
        let both = area_m2(&[square(0.02), square(0.01)]);
        assert!((both - (whole - hole)).abs() < 1e-6 && hole > 0.0 && whole > 3.9 * hole);
    }

    #[test]
    fn measures_are_rounded_once() {
        assert_eq!(round_measure(820.5, 1).unwrap().to_string(), "820.5");
        assert_eq!(round_measure(0.125, 2).unwrap().to_string(), "0.13");
        assert_eq!(round_measure(-0.125, 2).unwrap().to_string(), "-0.13");
        assert_eq!(round_measure(12.0, 2).unwrap().to_string(), "12.00");
        assert_eq!(round_measure(1395.8449, 2).unwrap().to_string(), "1395.84");
        assert_eq!(round_measure(f64::NAN, 2), None);
        assert_eq!(round_measure(f64::INFINITY, 2), None);
        assert_eq!(round_measure(1e300, 2), None);
    }
}
