//! A packed R-tree over boxes that do not change: sorted along a Hilbert curve, sixteen by sixteen. The
//! boxes themselves stay with whoever has them, who gives them with each question: they are most of what
//! a tree would hold.

use super::Boxes;
use crate::geodesy::{less, more};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Boxes in one of the level above.
const WIDTH: usize = 16;

/// West, south, east and north; any unit.
type Rect = [f64; 4];

/// An R-tree of boxes, which are known by their rows.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Level 0.
    rows: Vec<u32>,
    /// Those around them, level by level from the first on; the last is the one around all.
    boxes: Vec<Rect>,
    /// Where each level of boxes ends.
    ends: Vec<usize>,
}

impl Packed {
    /// The tree over these boxes.
    pub(super) fn over(of: Boxes<'_>) -> Self {
        if of.count() == 0 {
            return Packed::default();
        }
        let order = sorted(keys(of));
        let rows: Vec<u32> = order.into_iter().map(|one| one as u32).collect();
        let mut boxes: Vec<Rect> = Vec::with_capacity(rows.len() / (WIDTH - 1) + 8);
        boxes.resize(rows.len().div_ceil(WIDTH), NOTHING);
        around_rows(of, &rows, &mut boxes);
        let mut ends = vec![boxes.len()];
        let mut from = 0;
        while boxes.len() - from > 1 {
            let to = boxes.len();
            for start in (from..to).step_by(WIDTH) {
                let below = &boxes[start..to.min(start + WIDTH)];
                boxes.push(around(below.iter().copied()));
            }
            from = to;
            ends.push(boxes.len());
        }
        Packed { rows, boxes, ends }
    }

    /// The box around all; none where there is none.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.boxes.last().copied()
    }

    /// How many boxes there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Rows whose box touches this one, in no order.
    pub(super) fn touching<'t>(&'t self, of: Boxes<'t>, rect: Rect) -> Touching<'t> {
        let top = self.boxes.len().checked_sub(1);
        Touching {
            tree: self,
            of,
            rect,
            open: top.map(|top| (top, self.ends.len())).into_iter().collect(),
            leaves: [].iter(),
            all: false,
        }
    }

    /// All rows by how far their box is from a place, nearest first: with the square of that.
    pub(super) fn near<'t>(&'t self, of: Boxes<'t>, at: [f64; 2]) -> Near<'t> {
        let mut near = Near {
            tree: self,
            of,
            at,
            open: BinaryHeap::new(),
        };
        if let Some(top) = self.boxes.len().checked_sub(1) {
            near.add(top, self.ends.len());
        }
        near
    }

    /// What is in a box: others of the level below it, or rows.
    fn below(&self, node: usize, level: usize) -> std::ops::Range<usize> {
        let start_of = |level: usize| level.checked_sub(2).map_or(0, |below| self.ends[below]);
        let end_of = |level: usize| {
            level
                .checked_sub(1)
                .map_or(self.rows.len(), |n| self.ends[n])
        };
        let first = start_of(level - 1) + (node - start_of(level)) * WIDTH;
        first..(first + WIDTH).min(end_of(level - 1))
    }

    /// The rows in a box, whatever is between.
    fn rows_below(&self, node: usize, level: usize) -> std::ops::Range<usize> {
        let (mut from, mut to) = (node, node);
        for level in (2..=level).rev() {
            from = self.below(from, level).start;
            to = self.below(to, level).end - 1;
        }
        self.below(from, 1).start..self.below(to, 1).end
    }
}

/// Widens the boxes of the first level by what lies in each. Row by row as the layer has them, and not as they are
/// sorted: that would be from one end of its memory to the other for each.
fn around_rows(of: Boxes<'_>, rows: &[u32], boxes: &mut [Rect]) {
    let mut box_of = vec![0; rows.len()];
    for (place, &row) in rows.iter().enumerate() {
        box_of[row as usize] = (place / WIDTH) as u32;
    }
    for (row, place) in (0..).zip(box_of) {
        let wider = &mut boxes[place as usize];
        *wider = union(*wider, of.rect(row));
    }
}

/// What any box is around.
const NOTHING: Rect = [
    f64::INFINITY,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NEG_INFINITY,
];

fn contains(outer: &Rect, inner: &Rect) -> bool {
    outer[0] <= inner[0] && inner[2] <= outer[2] && outer[1] <= inner[1] && inner[3] <= outer[3]
}

fn around(boxes: impl Iterator<Item = Rect>) -> Rect {
    boxes.fold(NOTHING, union)
}

fn union([w, s, e, n]: Rect, b: Rect) -> Rect {
    [less(w, b[0]), less(s, b[1]), more(e, b[2]), more(n, b[3])]
}

fn touch(a: &Rect, b: &Rect) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// For each box where its middle lies on the curve, above its row.
fn keys(of: Boxes<'_>) -> Vec<u64> {
    let [west, south, east, north] = of.bounds().unwrap_or_default();
    let scale = |size: f64| if size > 0.0 { 65_535.0 / size } else { 0.0 };
    let (x, y) = (scale(east - west), scale(north - south));
    let keys = (0_u64..)
        .zip((0..of.count()).map(|row| of.rect(row)))
        .map(|(row, b)| {
            // What is no number is 0, what is too large the largest.
            let along = ((b[0] + b[2]) / 2.0 - west) * x;
            let up = ((b[1] + b[3]) / 2.0 - south) * y;
            u64::from(hilbert(along as u16, up as u16)) << 32 | row
        });
    keys.collect()
}

/// How far along the Hilbert curve a cell of a grid of 2¹⁶ by 2¹⁶ lies.
fn hilbert(x: u16, y: u16) -> u32 {
    let (mut x, mut y) = (u32::from(x), u32::from(y));
    let mut along = 0;
    for bit in (0..16).rev() {
        let (right, up) = (x >> bit & 1, y >> bit & 1);
        along = along << 2 | ((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    along
}

/// Sorts by the upper half, eleven bits at a time.
fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    const BITS: u32 = 11;
    let mut other = vec![0; keys.len()];
    for shift in [32, 32 + BITS, 32 + 2 * BITS] {
        let digit = |key: u64| (key >> shift) as usize & ((1 << BITS) - 1);
        let mut starts = [0_u32; 1 << BITS];
        for &key in &keys {
            starts[digit(key)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for &key in &keys {
            let start = &mut starts[digit(key)];
            other[*start as usize] = key;
            *start += 1;
        }
        std::mem::swap(&mut keys, &mut other);
    }
    keys
}

/// See [`Packed::touching`].
#[derive(Debug)]
pub(super) struct Touching<'t> {
    tree: &'t Packed,
    of: Boxes<'t>,
    rect: Rect,
    /// Boxes whose insides are still to be looked at, with their levels.
    open: Vec<(usize, usize)>,
    /// What is left of the rows in one of them.
    leaves: std::slice::Iter<'t, u32>,
    /// Whether all of these touch: of what is in a box that lies in what is asked for nothing is looked at.
    all: bool,
}

impl Iterator for Touching<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            for &row in self.leaves.by_ref() {
                if self.all || touch(&self.of.rect(row), &self.rect) {
                    return Some(row);
                }
            }
            let (node, level) = self.open.pop()?;
            self.all = contains(&self.rect, &self.tree.boxes[node]);
            if self.all || level == 1 {
                self.leaves = self.tree.rows[self.tree.rows_below(node, level)].iter();
                continue;
            }
            for child in self.tree.below(node, level) {
                if touch(&self.tree.boxes[child], &self.rect) {
                    self.open.push((child, level - 1));
                }
            }
        }
    }
}

/// See [`Packed::near`].
#[derive(Debug)]
pub(super) struct Near<'t> {
    tree: &'t Packed,
    of: Boxes<'t>,
    at: [f64; 2],
    open: BinaryHeap<Open>,
}

impl Near<'_> {
    fn add(&mut self, node: usize, level: usize) {
        let [w, s, e, n] = match level {
            0 => self.of.rect(self.tree.rows[node]),
            _ => self.tree.boxes[node],
        };
        let [x, y] = self.at;
        let (dx, dy) = ((w - x).max(x - e).max(0.0), (s - y).max(y - n).max(0.0));
        self.open.push(Open {
            square: dx * dx + dy * dy,
            node,
            level,
        });
    }
}

impl Iterator for Near<'_> {
    type Item = (u32, f64);

    fn next(&mut self) -> Option<(u32, f64)> {
        loop {
            let Open {
                square,
                node,
                level,
            } = self.open.pop()?;
            if level == 0 {
                return Some((self.tree.rows[node], square));
            }
            for child in self.tree.below(node, level) {
                self.add(child, level - 1);
            }
        }
    }
}

/// A box that waits for its turn, the nearest the greatest.
#[derive(Debug)]
struct Open {
    square: f64,
    node: usize,
    level: usize,
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        other.square.total_cmp(&self.square)
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Open {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Bbox;
    use proptest::prelude::*;

    fn boxes() -> impl Strategy<Value = Vec<Bbox>> {
        let one = (-9..9_i8, -9..9_i8, 0..3_u8, 0..3_u8);
        prop::collection::vec(one, 0..700).prop_map(|all| {
            let rect = |(x, y, w, h): (i8, i8, u8, u8)| {
                let (x, y) = (f64::from(x), f64::from(y));
                Bbox::from([x, y, x + f64::from(w), y + f64::from(h)])
            };
            all.into_iter().map(rect).collect()
        })
    }

    proptest! {
        #[test]
        fn it_finds_what_looking_at_all_finds(boxes in boxes(), x in -10..10_i8, y in -10..10_i8) {
            let (x, y) = (f64::from(x), f64::from(y));
            let rect = [x, y, x + 2.0, y + 3.0];
            let tree = Packed::over(Boxes::from(&boxes));
            let mut found: Vec<u32> = tree.touching(Boxes::from(&boxes), rect).collect();
            found.sort_unstable();
            let all = (0_u32..).zip(&boxes).filter(|&(_, &b)| touch(&b.into(), &rect));
            let all: Vec<u32> = all.map(|(row, _)| row).collect();
            prop_assert_eq!(found, all);
        }

        #[test]
        fn the_nearest_come_first_and_each_comes_once(boxes in boxes(), x in -10..10_i8, y in -10..10_i8) {
            let at = [f64::from(x), f64::from(y)];
            let tree = Packed::over(Boxes::from(&boxes));
            let near: Vec<(u32, f64)> = tree.near(Boxes::from(&boxes), at).collect();
            prop_assert!(near.is_sorted_by(|a, b| a.1 <= b.1));
            for &(row, square) in &near {
                let [w, s, e, n] = Boxes::from(&boxes).rect(row);
                let (dx, dy) = (at[0].clamp(w, e) - at[0], at[1].clamp(s, n) - at[1]);
                prop_assert_eq!(square, dx * dx + dy * dy);
            }
            let mut rows: Vec<u32> = near.into_iter().map(|(row, _)| row).collect();
            rows.sort_unstable();
            prop_assert_eq!(rows, (0..boxes.len() as u32).collect::<Vec<_>>());
        }
    }

    #[test]
    fn neighbours_on_the_curve_are_neighbours_on_the_map() {
        let mut cells: Vec<_> = (0..64_u16)
            .flat_map(|x| (0..64_u16).map(move |y| (x, y)))
            .collect();
        cells.sort_unstable_by_key(|&(x, y)| hilbert(x, y));
        for pair in cells.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            assert_eq!(a.0.abs_diff(b.0) + a.1.abs_diff(b.1), 1, "{a:?} {b:?}");
        }
    }
}
