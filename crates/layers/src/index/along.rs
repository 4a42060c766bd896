//! A line that is asked about, and where things stand beside it.

use crate::catalog::GeometryType;
use crate::geodesy::local::{Metres, distance, lerp, nearest_on_segment};
use crate::geodesy::{Bbox, Local, LonLat};
use crate::layer::{Geometry, Part};

/// A drawn line on the flat map around its middle.
#[derive(Debug)]
pub struct Path {
    local: Local,
    places: Vec<LonLat>,
    points: Vec<Metres>,
}

/// Where something stands beside a line, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// From the line's start to where it is nearest.
    pub along: f64,
    /// From the line: positive on the left, negative on the right.
    pub offset: f64,
}

impl Path {
    /// The path of a line; none where it has no places, or one off the globe.
    /// One place is a path without length.
    pub fn of(line: &[LonLat]) -> Option<Self> {
        if !line.iter().all(LonLat::is_valid) {
            return None;
        }
        let bbox = Bbox::around(line.iter().copied())?;
        let local = Local::at(bbox.center());
        let mut places = line.to_vec();
        if let [only] = line {
            places.push(*only);
        }
        let points = places.iter().map(|&p| local.metres(p)).collect();
        Some(Path {
            local,
            places,
            points,
        })
    }

    /// The boxes around its segments, widened by some metres.
    pub fn boxes(&self, metres: f64) -> impl Iterator<Item = Bbox> {
        self.places
            .windows(2)
            .map(move |w| self.local.reach(Bbox::from(w[0]).with(w[1]), metres))
    }

    /// Where a geometry is nearest to the path; the earliest place of several.
    pub fn side(&self, geometry: &Geometry) -> Option<Side> {
        let mut best: Option<Side> = None;
        let mut start = 0.0;
        for w in self.points.windows(2) {
            let (a, b) = (w[0], w[1]);
            let length = distance(a, b);
            self.touches(geometry, a, b, &mut |share, p| {
                let on = lerp(a, b, share);
                let cross = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
                let metres = distance(on, p);
                let side = Side {
                    along: start + share * length,
                    offset: if cross < 0.0 && metres > 0.0 {
                        -metres
                    } else {
                        metres
                    },
                };
                let nearer =
                    |old: Side| (side.offset.abs(), side.along) < (old.offset.abs(), old.along);
                if best.is_none_or(nearer) {
                    best = Some(side);
                }
            });
            start += length;
        }
        best
    }

    /// Calls with candidates for the nearest pair of a segment and a geometry:
    /// the share of the way along the segment, and the point of the geometry.
    fn touches(
        &self,
        geometry: &Geometry,
        a: Metres,
        b: Metres,
        found: &mut dyn FnMut(f64, Metres),
    ) {
        let area = geometry.shape() == GeometryType::Polygon;
        if area && super::contains(geometry, self.local.place(a)) {
            found(0.0, a);
        }
        for (part, run) in geometry.parts() {
            for &p in run {
                let p = self.local.metres(p);
                found(nearest_on_segment(p, a, b), p);
            }
            if part == Part::Points {
                continue;
            }
            for w in run.windows(2) {
                let (c, d) = (self.local.metres(w[0]), self.local.metres(w[1]));
                for (share, end) in [(0.0, a), (1.0, b)] {
                    found(share, lerp(c, d, nearest_on_segment(end, c, d)));
                }
                if let Some(share) = crossing(a, b, c, d) {
                    found(share, lerp(a, b, share));
                }
            }
        }
    }
}

/// Where along `a b` the segment `c d` crosses it.
fn crossing(a: Metres, b: Metres, c: Metres, d: Metres) -> Option<f64> {
    let (r, s) = ([b[0] - a[0], b[1] - a[1]], [d[0] - c[0], d[1] - c[1]]);
    let denominator = r[0] * s[1] - r[1] * s[0];
    if denominator == 0.0 {
        return None;
    }
    let q = [c[0] - a[0], c[1] - a[1]];
    let t = (q[0] * s[1] - q[1] * s[0]) / denominator;
    let u = (q[0] * r[1] - q[1] * r[0]) / denominator;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some(t)
}
