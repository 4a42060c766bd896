//! The R-tree over the boxes of a layer's rows.

use super::packed::Packed;
use super::{Boxes, shape};
use crate::geodesy::{Bbox, Local, LonLat};
use crate::layer::Layer;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::BinaryHeap;

/// A box in degrees and its row.
type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// From so many rows on a tree is packed: it is made two to three times as fast as the other and takes
/// half its memory, of which only a large layer has something.
const PACKED_FROM: usize = 200_000;

/// An R-tree of rows.
#[derive(Debug)]
pub struct Tree {
    /// One of the two has all rows, the other none.
    rstar: RTree<Entry>,
    packed: Packed,
    /// Rows that are not found, ascending; few.
    hidden: Vec<u32>,
}

impl Tree {
    /// The tree of a layer, or of other boxes, which are given again with each question.
    pub fn of<'b>(boxes: impl Into<Boxes<'b>>) -> Self {
        Tree::packed_from(boxes.into(), PACKED_FROM)
    }

    /// The same, packed if there are so many.
    fn packed_from(boxes: Boxes<'_>, packed_from: usize) -> Self {
        let is_packed = boxes.count() as usize >= packed_from;
        let entry = |row| {
            let [west, south, east, north] = boxes.rect(row);
            Entry::new(Rectangle::from_corners([west, south], [east, north]), row)
        };
        let entries = (0..boxes.count()).filter(|_| !is_packed).map(entry);
        Tree {
            rstar: RTree::bulk_load(entries.collect()),
            packed: match is_packed {
                true => Packed::over(boxes),
                false => Packed::default(),
            },
            hidden: Vec::new(),
        }
    }

    /// Finds these rows no more, given ascending; and those again that it did not find before.
    pub fn hide(&mut self, rows: Vec<u32>) {
        self.hidden = rows;
    }

    /// The rows that are not found, ascending.
    pub fn hidden(&self) -> &[u32] {
        &self.hidden
    }

    /// Whether a row is not found.
    pub fn is_hidden(&self, row: u32) -> bool {
        self.hidden.binary_search(&row).is_ok()
    }

    /// Rows whose box touches this one, in no order.
    pub fn touching<'t>(
        &'t self,
        boxes: impl Into<Boxes<'t>>,
        b: Bbox,
    ) -> impl Iterator<Item = u32> {
        let envelope = AABB::from_corners([b.west, b.south], [b.east, b.north]);
        let small = self.rstar.locate_in_envelope_intersecting(&envelope);
        let found = small.map(|entry| entry.data);
        found
            .chain(self.packed.touching(boxes.into(), b.into()))
            .filter(|&row| !self.is_hidden(row))
    }

    /// The same, ascending.
    pub fn touching_sorted(&self, boxes: Boxes<'_>, b: Bbox) -> Vec<u32> {
        let all = self.packed.bounds().or_else(|| {
            let envelope = self.rstar.root().envelope();
            let ([west, south], [east, north]) = (envelope.lower(), envelope.upper());
            (self.rstar.size() > 0).then_some([west, south, east, north])
        });
        if all.is_some_and(|[west, south, east, north]| {
            b.west <= west && b.south <= south && b.east >= east && b.north >= north
        }) {
            let count = (self.packed.len() + self.rstar.size()) as u32;
            return (0..count).filter(|&row| !self.is_hidden(row)).collect();
        }
        let mut rows: Vec<u32> = self.touching(boxes, b).collect();
        rows.sort_unstable();
        rows
    }

    /// Rows within some metres of a place, with their distances, in no order.
    pub fn around<'t>(
        &'t self,
        layer: &'t Layer,
        at: LonLat,
        metres: f64,
    ) -> impl Iterator<Item = (u32, f64)> {
        let local = Local::at(at);
        self.touching(layer, local.reach(at.into(), metres))
            .map(move |row| (row, shape::distance(&layer.geometry(row), &local, at)))
            .filter(move |&(_, distance)| distance <= metres)
    }

    /// The `k` nearest rows that pass, nearest first, equally near ones by row;
    /// none for a place off the globe.
    pub fn nearest(
        &self,
        layer: &Layer,
        at: LonLat,
        k: usize,
        pass: impl Fn(u32) -> bool,
    ) -> Vec<(u32, f64)> {
        // The tree cannot order what is no number.
        if !at.is_valid() {
            return Vec::new();
        }
        let local = Local::at(at);
        let per_degree = local.per_degree();
        let shortest_degree = per_degree[0].min(per_degree[1]) * (1.0 - 1e-9);
        // The tree's order is by degrees to the box. A degree is never shorter
        // than the shorter of the two, so this bounds the metres from below,
        // with a hair for rounding.
        let bound = |degrees2: f64| degrees2.sqrt() * shortest_degree;
        let mut best: BinaryHeap<Candidate> = BinaryHeap::new();
        let small = self
            .rstar
            .nearest_neighbor_iter_with_distance_2(&[at.lon, at.lat])
            .map(|(entry, degrees2)| (entry.data, degrees2));
        for (row, degrees2) in small.chain(self.packed.near(layer.into(), at.into())) {
            let full = best.len() >= k;
            if full
                && best
                    .peek()
                    .is_none_or(|worst| bound(degrees2) > worst.metres)
            {
                break;
            }
            if self.is_hidden(row) || !pass(row) {
                continue;
            }
            let metres = shape::distance(&layer.geometry(row), &local, at);
            best.push(Candidate { metres, row });
            if full {
                best.pop();
            }
        }
        let sorted = best.into_sorted_vec();
        sorted.into_iter().map(|c| (c.row, c.metres)).collect()
    }
}

/// A row by its distance, the farthest the greatest.
#[derive(Debug, PartialEq)]
struct Candidate {
    metres: f64,
    row: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.metres
            .total_cmp(&other.metres)
            .then(self.row.cmp(&other.row))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_or_not_it_finds_the_same(
            places in prop::collection::vec((-9..9_i8, -9..9_i8, 0..3_u8), 0..300),
            x in -10..10_i8,
            y in -10..10_i8,
        ) {
            let boxes: Vec<Bbox> = places
                .iter()
                .map(|&(x, y, size)| {
                    let (x, y, size) = (f64::from(x), f64::from(y), f64::from(size));
                    Bbox::from([x, y, x + size, y + size / 2.0])
                })
                .collect();
            let seen = Bbox::from([x.into(), y.into(), f64::from(x) + 3.0, f64::from(y) + 2.0]);
            let found = [0, usize::MAX].map(|packed_from| {
                let mut tree = Tree::packed_from((&boxes).into(), packed_from);
                tree.hide(vec![1, 7]);
                let mut rows: Vec<u32> = tree.touching(&boxes, seen).collect();
                rows.sort_unstable();
                rows
            });
            prop_assert_eq!(&found[0], &found[1]);
        }
    }
}
