//! The R-tree over the boxes of a layer's rows: packed, for layers do not change (what is amended lies
//! over them in layers of its own).

use super::shape;
use crate::geodesy::{Bbox, Local, LonLat};
use crate::layer::Layer;
use mendmap_quick::Packed;
use std::collections::BinaryHeap;

/// An R-tree of rows.
#[derive(Debug)]
pub(crate) struct Tree {
    packed: Packed,
    /// Rows that are not found, ascending; few.
    hidden: Vec<u32>,
}

impl Tree {
    /// The tree of a layer.
    pub(crate) fn of(layer: &Layer) -> Self {
        Tree::over((0..layer.len()).map(|row| layer.geometry(row).bbox()))
    }

    /// The tree of some boxes; the rows are their positions.
    pub(crate) fn over(boxes: impl Iterator<Item = Bbox>) -> Self {
        let boxes: Vec<[f64; 4]> = boxes.map(Into::into).collect();
        Tree {
            packed: Packed::over(&boxes),
            hidden: Vec::new(),
        }
    }

    /// Finds these rows no more, given ascending; and those again that it did not find before.
    pub(crate) fn hide(&mut self, rows: Vec<u32>) {
        self.hidden = rows;
    }

    /// The rows that are not found, ascending.
    pub(crate) fn hidden(&self) -> &[u32] {
        &self.hidden
    }

    /// Whether a row is not found.
    pub(crate) fn is_hidden(&self, row: u32) -> bool {
        self.hidden.binary_search(&row).is_ok()
    }

    /// Rows whose box touches this one, in no order.
    pub(crate) fn touching(&self, b: Bbox) -> impl Iterator<Item = u32> {
        let found = self.packed.touching(b.into());
        found.filter(|&row| !self.is_hidden(row))
    }

    /// Rows within some metres of a place, with their distances, in no order.
    pub(crate) fn around(
        &self,
        layer: &Layer,
        at: LonLat,
        metres: f64,
    ) -> impl Iterator<Item = (u32, f64)> {
        let local = Local::at(at);
        self.touching(local.reach(at.into(), metres))
            .map(move |row| (row, shape::distance(&layer.geometry(row), &local, at)))
            .filter(move |&(_, distance)| distance <= metres)
    }

    /// The `k` nearest rows that pass, nearest first, equally near ones by row;
    /// none for a place off the globe.
    pub(crate) fn nearest(
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
        for (row, degrees2) in self.packed.near(at.into()) {
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
