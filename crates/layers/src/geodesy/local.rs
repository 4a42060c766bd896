//! A flat map around one place, in metres: the metric of every query. It is
//! the ellipsoid's tangent scale at the origin; distances from the origin are
//! right to 0.1 % within 10 km at the latitudes of cities, and the order of
//! near things is right wherever it matters.

use super::{Bbox, LonLat};

/// Half the long axis of WGS 84 in metres.
const A: f64 = 6_378_137.0;
/// Eccentricity squared of WGS 84.
const E2: f64 = 0.006_694_379_990_141_316;

/// Metres east and north of an origin.
#[derive(Debug, Clone, Copy)]
pub struct Local {
    origin: LonLat,
    metres_per_lon: f64,
    metres_per_lat: f64,
}

/// A point of the flat map: metres east, metres north.
pub type Metres = [f64; 2];

impl Local {
    /// The flat map around a place.
    pub fn at(origin: LonLat) -> Self {
        let phi = origin.lat.clamp(-90.0, 90.0).to_radians();
        let w2 = 1.0 - E2 * phi.sin() * phi.sin();
        Local {
            origin,
            metres_per_lon: (A / w2.sqrt() * phi.cos()).to_radians(),
            metres_per_lat: (A * (1.0 - E2) / (w2 * w2.sqrt())).to_radians(),
        }
    }

    /// A place on the flat map.
    pub fn metres(&self, p: LonLat) -> Metres {
        [
            (p.lon - self.origin.lon) * self.metres_per_lon,
            (p.lat - self.origin.lat) * self.metres_per_lat,
        ]
    }

    /// The place at a point of the flat map.
    pub fn place(&self, [east, north]: Metres) -> LonLat {
        LonLat::new(
            self.origin.lon + east / self.metres_per_lon,
            self.origin.lat + north / self.metres_per_lat,
        )
    }

    /// Metres in one degree east and one degree north.
    pub fn per_degree(&self) -> [f64; 2] {
        [self.metres_per_lon, self.metres_per_lat]
    }

    /// The box widened by some metres on each side, and a hair for rounding:
    /// nothing outside is within the metres.
    pub fn reach(&self, b: Bbox, metres: f64) -> Bbox {
        let metres = metres.max(0.0) * (1.0 + 1e-9) + 1e-6;
        let (dlon, dlat) = (metres / self.metres_per_lon, metres / self.metres_per_lat);
        Bbox::from([
            (b.west - dlon).max(-180.0),
            (b.south - dlat).max(-90.0),
            (b.east + dlon).min(180.0),
            (b.north + dlat).min(90.0),
        ])
    }
}

/// Metres between two points of the flat map.
pub fn distance(a: Metres, b: Metres) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// The point of a segment nearest to `p`, as the share of the way from `a` to `b`.
pub fn nearest_on_segment(p: Metres, a: Metres, b: Metres) -> f64 {
    let d = [b[0] - a[0], b[1] - a[1]];
    let len2 = d[0] * d[0] + d[1] * d[1];
    if len2 == 0.0 {
        return 0.0;
    }
    (((p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1]) / len2).clamp(0.0, 1.0)
}

/// Metres from a point to a segment.
pub fn segment_distance(p: Metres, a: Metres, b: Metres) -> f64 {
    distance(p, lerp(a, b, nearest_on_segment(p, a, b)))
}

/// The point at a share of the way from `a` to `b`.
pub fn lerp(a: Metres, b: Metres, t: f64) -> Metres {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::length_m;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn near_distances_agree_with_the_geodesic(
            lon in -179.0..179.0f64, lat in -60.0..60.0f64,
            dlon in -0.05..0.05f64, dlat in -0.05..0.05f64,
        ) {
            let (o, p) = (LonLat::new(lon, lat), LonLat::new(lon + dlon, lat + dlat));
            let flat = distance([0.0; 2], Local::at(o).metres(p));
            let truth = length_m(&[o, p]);
            prop_assert!((flat - truth).abs() <= 0.001 * truth + 1e-6, "{flat} {truth}");
        }

        #[test]
        fn no_point_of_a_segment_is_nearer(
            p in prop::array::uniform2(-9.0..9.0f64),
            a in prop::array::uniform2(-9.0..9.0f64),
            b in prop::array::uniform2(-9.0..9.0f64),
            t in 0.0..=1.0f64,
        ) {
            prop_assert!(segment_distance(p, a, b) <= distance(p, lerp(a, b, t)) + 1e-9);
        }
    }

    #[test]
    fn a_segment_without_length_is_a_point() {
        assert_eq!(segment_distance([3.0, 4.0], [0.0; 2], [0.0; 2]), 5.0);
    }
}
