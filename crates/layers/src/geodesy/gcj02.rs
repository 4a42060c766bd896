//! GCJ-02, the shifted datum of Chinese consumer maps. The shift is a published
//! polynomial with sine terms in degrees from 105 E 35 N, made metric on the
//! Krasovsky ellipsoid. Outside a box around China the datum is WGS 84.

use super::LonLat;
use std::f64::consts::PI;

/// Half the long axis, in metres, that the shift is computed with.
const A: f64 = 6_378_245.0;
/// Eccentricity squared of that ellipsoid.
const EE: f64 = 0.006_693_421_622_965_943;
/// Rounds of the fixed point; each gains about five digits, so the third is the last that moves.
const ROUNDS: usize = 4;

/// WGS 84 → GCJ-02.
pub fn to_gcj02(p: LonLat) -> LonLat {
    let (dlon, dlat) = shift(p);
    LonLat::new(p.lon + dlon, p.lat + dlat)
}

/// GCJ-02 → WGS 84, by fixed point: the place whose shift leads here.
pub fn from_gcj02(p: LonLat) -> LonLat {
    (0..ROUNDS).fold(p, |guess, _| {
        let (dlon, dlat) = shift(guess);
        LonLat::new(p.lon - dlon, p.lat - dlat)
    })
}

/// Degrees by which a WGS 84 place is shifted.
fn shift(p: LonLat) -> (f64, f64) {
    let inside = (72.004..=137.8347).contains(&p.lon) && (0.8293..=55.8271).contains(&p.lat);
    if !inside {
        return (0.0, 0.0);
    }
    let (x, y) = (p.lon - 105.0, p.lat - 35.0);
    let waves = |t: f64, terms: [(f64, f64); 3]| -> f64 {
        terms
            .iter()
            .map(|(amplitude, cycles)| amplitude * (cycles * PI * t).sin())
            .sum::<f64>()
            * 2.0
            / 3.0
    };
    let both = waves(x, [(20.0, 6.0), (20.0, 2.0), (0.0, 0.0)]);
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + both
        + waves(y, [(20.0, 1.0), (40.0, 1.0 / 3.0), (0.0, 0.0)])
        + waves(y, [(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0), (0.0, 0.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + both
        + waves(x, [(20.0, 1.0), (40.0, 1.0 / 3.0), (0.0, 0.0)])
        + waves(x, [(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0), (0.0, 0.0)]);
    let phi = p.lat.to_radians();
    let w2 = 1.0 - EE * phi.sin() * phi.sin();
    let meridian = A * (1.0 - EE) / (w2 * w2.sqrt());
    let normal = A / w2.sqrt();
    (
        (east / (normal * phi.cos())).to_degrees(),
        (north / meridian).to_degrees(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::length_m;
    use proptest::prelude::*;

    #[test]
    fn shuangliao_shifts_by_567_m() {
        let p = LonLat::new(123.50, 43.52);
        let g = to_gcj02(p);
        let north = length_m(&[p, LonLat::new(p.lon, g.lat)]);
        let east = length_m(&[p, LonLat::new(g.lon, p.lat)]);
        assert!((north - 270.0).abs() < 1.0, "{north} {east}");
        assert!((east - 499.0).abs() < 2.0, "{east}");
        assert!((length_m(&[p, g]) - 567.0).abs() < 2.0);
        assert!(g.lat > p.lat && g.lon > p.lon);
    }

    #[test]
    fn nothing_shifts_abroad() {
        let p = LonLat::new(-8.61, 41.15);
        assert_eq!(to_gcj02(p), p);
        assert_eq!(from_gcj02(p), p);
    }

    proptest! {
        #[test]
        fn the_way_back_leads_back(lon in 73.0..137.0f64, lat in 1.0..55.0f64) {
            let p = LonLat::new(lon, lat);
            let back = from_gcj02(to_gcj02(p));
            prop_assert!(length_m(&[p, back]) < 1e-3, "{p:?} {back:?}");
        }
    }
}
