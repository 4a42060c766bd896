//! What of a network is near a place.

use super::{Network, Snap, Spot};
use crate::geodesy::{Local, LonLat};
use crate::order;

/// A place on an edge, and how far it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    pub(crate) spot: Spot,
    pub(crate) edge: u32,
    pub(crate) metres: f64,
}

impl Network {
    /// The nearest place of each edge within some metres, nearest first, equally near ones in
    /// the order of the network. None for a place off the globe.
    pub(crate) fn near(&self, at: LonLat, metres: f64) -> Vec<Near> {
        if !at.is_valid() {
            return Vec::new();
        }
        // Not a number is no distance at all.
        let (map, metres) = (Local::at(at), metres.max(0.0));
        let mut found: Vec<Near> = Vec::new();
        for (line, piece) in self.segments.touching(map.reach(at.into(), metres)) {
            let (along, off) = self.lines[line as usize].nearest(piece, &map);
            if off > metres {
                continue;
            }
            let spot = Spot { line, along };
            let edge = self.graph.edge_of(spot);
            let near = Near {
                spot,
                edge,
                metres: off,
            };
            match found.iter_mut().find(|old| old.edge == edge) {
                Some(old) if old.metres <= off => {}
                Some(old) => *old = near,
                None => found.push(near),
            }
        }
        order::sort_by(&mut found, |a, b| a.metres.total_cmp(&b.metres));
        found
    }

    /// The nearest place on a line within some metres.
    pub fn nearest(&self, at: LonLat, within_m: f64) -> Option<Snap> {
        let nearest = self.near(at, within_m).into_iter().next()?;
        Some(self.snap(&nearest))
    }

    pub(super) fn snap(&self, near: &Near) -> Snap {
        let line = &self.lines[near.spot.line as usize];
        Snap {
            asset: line.asset,
            along_mm: line.mm(near.spot.along),
            at: self.place(near.spot),
            metres: near.metres,
        }
    }
}
