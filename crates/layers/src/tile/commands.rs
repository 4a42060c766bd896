//! The geometry of a feature as a vector tile has it: commands and differences
//! (Mapbox Vector Tile Specification 2.1, §4.3).

use super::grid::Point;

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// Commands in the making.
#[derive(Debug, Default)]
pub(super) struct Commands {
    integers: Vec<u32>,
    origin: Point,
    cursor: Point,
}

impl Commands {
    /// Starts a geometry whose points count from a tile's corner.
    pub(super) fn start(&mut self, origin: Point) {
        self.integers.clear();
        self.origin = origin;
        self.cursor = origin;
    }

    /// What was made.
    pub(super) fn integers(&self) -> &[u32] {
        &self.integers
    }

    /// Adds all points of a point feature.
    pub(super) fn points(&mut self, points: &[Point]) {
        self.run(MOVE_TO, points);
    }

    /// Adds a line; its points follow each other without repeats.
    pub(super) fn line(&mut self, line: &[Point]) {
        if let Some((first, rest)) = line.split_first() {
            self.run(MOVE_TO, &[*first]);
            self.run(LINE_TO, rest);
        }
    }

    /// Adds a ring, given without its closing point.
    pub(super) fn ring(&mut self, ring: &[Point]) {
        self.line(ring);
        self.integers.push(command(CLOSE_PATH, 1));
    }

    fn run(&mut self, id: u32, points: &[Point]) {
        if points.is_empty() {
            return;
        }
        self.integers.push(command(id, points.len()));
        for &p in points {
            self.integers.push(zigzag(p[0] - self.cursor[0]));
            self.integers.push(zigzag(p[1] - self.cursor[1]));
            self.cursor = p;
        }
    }
}

/// Low three bits the command, the others how often.
fn command(id: u32, count: usize) -> u32 {
    (count as u32) << 3 | id
}

/// Small numbers of either sign as small numbers. Differences within a
/// buffered tile fit 32 bits many times over.
fn zigzag(n: i64) -> u32 {
    let n = n as i32;
    ((n << 1) ^ (n >> 31)) as u32
}
