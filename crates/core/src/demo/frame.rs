//! From the straight plan to the ground: the town lies askew, its long streets
//! bow, and near the water everything follows the river's bends.

use super::plane::{Pt, pt, spline};
use super::rng::Rng;

/// Metres of plan between two knots of the river's course, from `SOUTH` on.
const KNOT: f64 = 620.0;
/// Where the river enters the picture, in plan metres.
pub(super) const SOUTH: f64 = -2_700.0;
/// Where it leaves.
pub(super) const NORTH: f64 = 5_900.0;
/// Plan metres from the river road within which streets still bend with it.
const REACH: f64 = 1_300.0;
/// The plan's point that lies at the centre of the map.
pub(super) const CENTRE: Pt = pt(1_780.0, 1_640.0);

/// How plan metres (u along the streets going east, v going north) come to lie
/// on the ground.
#[derive(Debug)]
pub(super) struct Frame {
    bends: Vec<f64>,
    cos: f64,
    sin: f64,
    bow_ns: f64,
    bow_ew: f64,
}

impl Frame {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = Rng::stream(seed, "frame");
        let knots = ((NORTH - SOUTH) / KNOT) as usize + 2;
        let mut side = 1.0;
        let bends = (0..knots)
            .map(|k| {
                let v = SOUTH + k as f64 * KNOT;
                // A river is held by its embankment in town and roams outside.
                let room = if (-400.0..=3_700.0).contains(&v) {
                    95.0
                } else {
                    330.0
                };
                side = -side;
                side * rng.range(0.3, 1.0) * room
            })
            .collect();
        // Half-angle form: a rotation without sines.
        let t = rng.range(0.045, 0.075);
        Frame {
            bends,
            cos: (1.0 - t * t) / (1.0 + t * t),
            sin: 2.0 * t / (1.0 + t * t),
            bow_ns: rng.range(60.0, 110.0),
            bow_ew: rng.range(70.0, 120.0),
        }
    }

    /// Ground metres of a point of the plan.
    pub(super) fn place(&self, p: Pt) -> Pt {
        let d = p - CENTRE;
        let (s, t) = (d.x / 1_800.0, d.y / 1_700.0);
        let pull = (1.0 - p.x.max(0.0) / REACH).max(0.0);
        let pull = pull * pull * (3.0 - 2.0 * pull);
        let x = d.x + self.bend(p.y) * pull + self.bow_ns * t * t / (1.0 + 0.3 * t * t);
        let y = d.y - self.bow_ew * s * s / (1.0 + 0.3 * s * s) + 18.0 * s * t / (1.0 + s * s);
        pt(x * self.cos - y * self.sin, x * self.sin + y * self.cos)
    }

    fn bend(&self, v: f64) -> f64 {
        spline(&self.bends, (v - SOUTH) / KNOT)
    }

    /// The ground line of a straight stretch of plan, with a vertex at least
    /// every `step` metres.
    pub(super) fn line(&self, a: Pt, b: Pt, step: f64) -> Vec<Pt> {
        let pieces = (a.dist(b) / step) as usize + 1;
        (0..=pieces)
            .map(|k| self.place(a.lerp(b, k as f64 / pieces as f64)))
            .collect()
    }

    /// Ground point at share `t` of a straight stretch of plan, `aside` metres
    /// to the left of it.
    pub(super) fn beside(&self, a: Pt, b: Pt, t: f64, aside: f64) -> Pt {
        let step = 1.0 / a.dist(b).max(1.0);
        let here = a.lerp(b, t);
        let ahead = self.place(a.lerp(b, t + step));
        let behind = self.place(a.lerp(b, t - step));
        self.place(here) + (ahead - behind).unit().left() * aside
    }
}
