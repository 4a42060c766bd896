//! The drawing board: metres east and north of the town's centre.
//!
//! Only + − × ÷ and √ are used here and in the rooms around: IEEE 754 fixes
//! their every bit, so the files are the same on every machine. Sines are not.

use std::ops::{Add, Mul, Sub};

const CENTRE_LON_E7: f64 = 1_235_000_000.0;
const CENTRE_LAT_E7: f64 = 435_200_000.0;
/// Metres in a degree on the WGS 84 ellipsoid at 43.52° N.
const METRES_PER_LON: f64 = 80_849.977_6;
const METRES_PER_LAT: f64 = 111_102.874_1;
/// How METRES_PER_LON changes with each degree north.
const LON_SHRINK: f64 = -1_335.286_8;

/// A point or a vector, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pt {
    pub(super) x: f64,
    pub(super) y: f64,
}

pub(super) const fn pt(x: f64, y: f64) -> Pt {
    Pt { x, y }
}

impl Add for Pt {
    type Output = Pt;
    fn add(self, o: Pt) -> Pt {
        pt(self.x + o.x, self.y + o.y)
    }
}

impl Sub for Pt {
    type Output = Pt;
    fn sub(self, o: Pt) -> Pt {
        pt(self.x - o.x, self.y - o.y)
    }
}

impl Mul<f64> for Pt {
    type Output = Pt;
    fn mul(self, k: f64) -> Pt {
        pt(self.x * k, self.y * k)
    }
}

impl Pt {
    pub(super) fn dot(self, o: Pt) -> f64 {
        self.x * o.x + self.y * o.y
    }

    pub(super) fn cross(self, o: Pt) -> f64 {
        self.x * o.y - self.y * o.x
    }

    pub(super) fn len(self) -> f64 {
        self.dot(self).sqrt()
    }

    pub(super) fn dist(self, o: Pt) -> f64 {
        (self - o).len()
    }

    /// Length 1, or (1, 0) for a vector without one.
    pub(super) fn unit(self) -> Pt {
        let l = self.len();
        if l > 0.0 {
            self * (1.0 / l)
        } else {
            pt(1.0, 0.0)
        }
    }

    /// Turned left by a right angle.
    pub(super) fn left(self) -> Pt {
        pt(-self.y, self.x)
    }

    pub(super) fn lerp(self, o: Pt, t: f64) -> Pt {
        self + (o - self) * t
    }

    pub(super) fn geographic(self) -> LonLat {
        LonLat {
            lon_e7: (CENTRE_LON_E7 + self.x / METRES_PER_LON * 1e7).round() as i64,
            lat_e7: (CENTRE_LAT_E7 + self.y / METRES_PER_LAT * 1e7).round() as i64,
        }
    }
}

/// A place on the earth, WGS 84, in units of 1e-7 degrees: about a centimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct LonLat {
    pub(super) lon_e7: i64,
    pub(super) lat_e7: i64,
}

impl LonLat {
    /// Degrees. The quotient is the double nearest to the seven decimals, so it
    /// prints as exactly those.
    pub(super) fn degrees(self) -> [f64; 2] {
        [self.lon_e7 as f64 / 1e7, self.lat_e7 as f64 / 1e7]
    }

    /// Metres to a place nearby: flat earth with the scale of the middle latitude,
    /// within a centimetre of the geodesic over a kilometre of this town.
    pub(super) fn metres_to(self, o: LonLat) -> f64 {
        let mid = (self.lat_e7 + o.lat_e7) as f64 / 2.0 - CENTRE_LAT_E7;
        let dx = (o.lon_e7 - self.lon_e7) as f64 / 1e7 * (METRES_PER_LON + LON_SHRINK * mid / 1e7);
        let dy = (o.lat_e7 - self.lat_e7) as f64 / 1e7 * METRES_PER_LAT;
        (dx * dx + dy * dy).sqrt()
    }
}

/// A smooth curve through values at equal steps (Catmull–Rom), held flat
/// beyond the ends. `t` counts steps.
pub(super) fn spline(values: &[f64], t: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else {
        return 0.0;
    };
    let t = t.clamp(0.0, last as f64);
    let i = (t as usize).min(last.saturating_sub(1));
    let at = |k: usize| values[k.min(last)];
    let (a, b, c, d) = (at(i.saturating_sub(1)), at(i), at(i + 1), at(i + 2));
    let f = t - i as f64;
    b + 0.5 * f * (c - a + f * (2.0 * a - 5.0 * b + 4.0 * c - d + f * (3.0 * (b - c) + d - a)))
}

/// Length of a line through these points.
pub(super) fn length(line: &[Pt]) -> f64 {
    line.windows(2).map(|w| w[0].dist(w[1])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Distance, Geodesic, Point};

    #[test]
    fn metres_agree_with_the_geodesic() {
        for (a, b) in [
            (pt(0.0, 0.0), pt(40.0, 3.0)),
            (pt(-2500.0, 2800.0), pt(-1800.0, 2100.0)),
            (pt(2500.0, -2500.0), pt(2500.0, -2460.0)),
        ] {
            let (a, b) = (a.geographic(), b.geographic());
            let [ax, ay] = a.degrees();
            let [bx, by] = b.degrees();
            let truth = Geodesic.distance(Point::new(ax, ay), Point::new(bx, by));
            assert!((a.metres_to(b) - truth).abs() < 0.01);
        }
    }

    #[test]
    fn degrees_print_as_their_decimals() {
        let p = pt(1234.567, -987.654).geographic();
        let shown = format!("{}", p.degrees()[0]);
        assert!(shown.len() <= "123.5152698".len(), "{shown}");
    }

    #[test]
    fn the_spline_meets_its_values() {
        let v = [1.0, 4.0, -2.0, 0.5];
        for (i, x) in v.iter().enumerate() {
            assert!((spline(&v, i as f64) - x).abs() < 1e-12);
        }
        assert_eq!(spline(&v, 99.0), 0.5);
    }
}
