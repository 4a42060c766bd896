//! A line with the way from its beginning measured at each of its places.

use crate::geodesy::local::{Local, Metres, distance, lerp, nearest_on_segment};
use crate::geodesy::{LonLat, length_m};
use crate::ids::AssetUid;

/// One part of an asset's geometry.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) asset: AssetUid,
    /// Length of the asset's parts before this one, in metres.
    pub(super) before: f64,
    /// At least two.
    pub(super) places: Vec<LonLat>,
    /// Metres from the beginning to each place, geodesic.
    pub(super) along: Vec<f64>,
}

impl Line {
    /// None where it is shorter than a centimetre, or has a place off the globe.
    pub(super) fn of(asset: AssetUid, places: Vec<LonLat>) -> Option<Self> {
        if !places.iter().all(LonLat::is_valid) {
            return None;
        }
        let mut end = 0.0;
        let mut along = vec![0.0];
        for w in places.windows(2) {
            end += length_m(w);
            along.push(end);
        }
        (end > 0.01).then_some(Line {
            asset,
            before: 0.0,
            places,
            along,
        })
    }

    /// Metres from its beginning to its end.
    pub(super) fn length(&self) -> f64 {
        self.along.last().copied().unwrap_or(0.0)
    }

    /// Whole millimetres from the beginning of the asset.
    pub(super) fn mm(&self, along: f64) -> u64 {
        // `as` saturates; a line is never that long.
        ((self.before + along) * 1000.0).round() as u64
    }

    /// The place after some metres.
    pub(super) fn place(&self, along: f64) -> LonLat {
        let last = self.places.len() - 2;
        let at = self.along.partition_point(|&m| m <= along);
        let at = at.saturating_sub(1).min(last);
        let (start, end) = (self.along[at], self.along[at + 1]);
        let share = match end > start {
            true => ((along - start) / (end - start)).clamp(0.0, 1.0),
            false => 0.0,
        };
        let [a, b] = [self.places[at], self.places[at + 1]];
        match share {
            0.0 => a,
            1.0 => b,
            _ => LonLat::from(lerp(a.into(), b.into(), share)),
        }
    }

    /// The line from one place of it to another, backwards where that comes before.
    pub(super) fn between(&self, from: f64, to: f64) -> Vec<LonLat> {
        let (low, high) = (from.min(to), from.max(to));
        let places = self.places.iter().zip(&self.along);
        let inner = places.filter(|&(_, &m)| low < m && m < high);
        let mut drawn = vec![self.place(low)];
        drawn.extend(inner.map(|(&p, _)| p));
        drawn.push(self.place(high));
        if from > to {
            drawn.reverse();
        }
        drawn
    }

    /// Where the straight piece that begins at a position is nearest to the middle of a flat
    /// map: metres along the line, and metres from there.
    pub(super) fn nearest(&self, at: u32, map: &Local) -> (f64, f64) {
        const MIDDLE: Metres = [0.0; 2];
        let at = at as usize;
        let [a, b] = [self.places[at], self.places[at + 1]].map(|p| map.metres(p));
        let share = nearest_on_segment(MIDDLE, a, b);
        let along = match share {
            1.0 => self.along[at + 1],
            _ => self.along[at] + share * (self.along[at + 1] - self.along[at]),
        };
        (along, distance(MIDDLE, lerp(a, b, share)))
    }
}
