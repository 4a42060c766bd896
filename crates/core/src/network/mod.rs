//! Streets or pipes as a network: where lines meet, what is near, and the way from one place to
//! another along them.
//!
//! A network is made of line assets of some kinds ([`City::network`]). Its lines are cut where
//! they meet ([`junctions`]); a bridge meets nothing. What is asked of it is answered in
//! stretches of the assets' own geometry, in whole millimetres from each asset's beginning:
//! measured geodesically, rounded once.
//!
//! [`City::network`]: crate::city::City::network

mod between;
mod junctions;
mod line;
mod near;
mod route;
mod through;
mod way;

pub use between::{MAX_WAYS, NoWay, TapEnd};
pub use through::Through;
pub use way::{Snap, Way};

pub(crate) use near::Near;
pub(crate) use route::{Only, Search};
pub(crate) use way::{Run, stretches, untwisted};

use crate::geodesy::{Bbox, LonLat};
use crate::ids::AssetUid;
use crate::index::Tree;
use crate::log::Stretch;
use junctions::Graph;
use line::Line;
use std::collections::BTreeMap;

/// Lines that are joined where they meet.
#[derive(Debug)]
pub struct Network {
    /// The parts of the assets, those of one asset one after the other.
    lines: Vec<Line>,
    /// The lines of each asset.
    of_asset: BTreeMap<AssetUid, std::ops::Range<u32>>,
    segments: Segments,
    graph: Graph,
}

/// The straight pieces of all lines, and their tree.
#[derive(Debug)]
struct Segments {
    /// Line, and the position in it at which the piece begins.
    list: Vec<(u32, u32)>,
    boxes: Vec<Bbox>,
    tree: Tree,
}

/// A place on a line: metres from the line's beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub(crate) line: u32,
    pub(crate) along: f64,
}

impl Network {
    /// The network of some line assets, each with the parts of its geometry. Parts without
    /// length, or with a place off the globe, are left out; of two assets with one uid the
    /// first counts.
    pub fn of(assets: impl IntoIterator<Item = (AssetUid, Vec<Vec<LonLat>>)>) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut of_asset = BTreeMap::new();
        for (asset, parts) in assets {
            if of_asset.contains_key(&asset) {
                continue;
            }
            let (first, mut before) = (lines.len() as u32, 0.0);
            for line in parts.into_iter().filter_map(|p| Line::of(asset, p)) {
                let line = Line { before, ..line };
                before += line.length();
                lines.push(line);
            }
            of_asset.insert(asset, first..lines.len() as u32);
        }
        Network::joined(lines, of_asset)
    }

    fn joined(lines: Vec<Line>, of_asset: BTreeMap<AssetUid, std::ops::Range<u32>>) -> Self {
        let segments = Segments::of(&lines);
        let graph = Graph::of(&lines, &segments);
        Network {
            lines,
            of_asset,
            segments,
            graph,
        }
    }

    /// True where it has no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The length of an asset in millimetres, geodesic, rounded; none where it is not in the
    /// network.
    pub fn length_mm(&self, asset: AssetUid) -> Option<u64> {
        let last = self.lines_of(asset).last()?;
        Some(last.mm(last.length()))
    }

    /// An asset as it is drawn where it is covered, in pieces: a stretch over several parts is
    /// several. What lies beyond the asset's end is left out.
    pub fn drawn(&self, stretch: Stretch) -> Vec<Vec<LonLat>> {
        let ends = [stretch.from_mm, stretch.to_mm].map(|mm| mm as f64 / 1000.0);
        let parts = self.lines_of(stretch.asset).iter();
        let pieces = parts.filter_map(|line| {
            let [from, to] = ends.map(|m| (m - line.before).clamp(0.0, line.length()));
            (from < to).then(|| line.between(from, to))
        });
        pieces.collect()
    }

    fn lines_of(&self, asset: AssetUid) -> &[Line] {
        let range = self.of_asset.get(&asset).cloned().unwrap_or(0..0);
        &self.lines[range.start as usize..range.end as usize]
    }

    pub(crate) fn asset(&self, line: u32) -> AssetUid {
        self.lines[line as usize].asset
    }

    /// The place of a spot.
    pub(crate) fn place(&self, spot: Spot) -> LonLat {
        self.lines[spot.line as usize].place(spot.along)
    }
}

impl Segments {
    fn of(lines: &[Line]) -> Self {
        let (mut list, mut boxes) = (Vec::new(), Vec::new());
        for (number, line) in (0..).zip(lines) {
            for (at, w) in (0..).zip(line.places.windows(2)) {
                list.push((number, at));
                boxes.push(Bbox::from(w[0]).with(w[1]));
            }
        }
        Segments {
            list,
            tree: Tree::of(&boxes),
            boxes,
        }
    }

    /// The pieces whose box touches this one, in order.
    fn touching(&self, bbox: Bbox) -> Vec<(u32, u32)> {
        let mut found: Vec<u32> = self.tree.touching(&self.boxes, bbox).collect();
        found.sort_unstable();
        found.into_iter().map(|n| self.list[n as usize]).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests;
