//! What of a feature is seen in a tile, as commands.

use super::clip::{clip_line, clip_ring};
use super::commands::Commands;
use super::grid::{Grid, Point, Rect};
use super::pbf::GeomType;
use super::simplify::{Scratch, simplify};
use crate::layer::Part;

/// From this zoom on lines are drawn with all their points.
const EXACT_FROM: u8 = 16;

/// Draws features one after the other, in buffers that are used again.
#[derive(Debug)]
pub(super) struct Pen {
    grid: Grid,
    rect: Rect,
    commands: Commands,
    run: Vec<Point>,
    other: Vec<Point>,
    scratch: Scratch,
}

impl Pen {
    pub(super) fn new(grid: Grid) -> Self {
        Pen {
            grid,
            rect: grid.buffered(),
            commands: Commands::default(),
            run: Vec::new(),
            other: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Draws one point if it is of this tile and no other.
    pub(super) fn own_point(&mut self, units: [u32; 2]) -> Option<&[u32]> {
        let p = self.grid.snap(units);
        self.commands.start(self.grid.origin);
        self.commands.points(&[p]);
        self.grid.owns(p).then(|| self.commands.integers())
    }

    /// Draws a feature; none where nothing of it is in the buffered tile.
    pub(super) fn draw<'p>(
        &mut self,
        parts: impl Iterator<Item = (Part, &'p [[u32; 2]])>,
    ) -> Option<(GeomType, &[u32])> {
        self.commands.start(self.grid.origin);
        let mut kind = GeomType::Point;
        // A feature too small for the grid is drawn all the same.
        let mut speck = None;
        // A hole without its outer ring is nothing.
        let mut outer_drawn = false;
        for (part, units) in parts {
            self.snap(units);
            match part {
                Part::Points => {
                    let rect = self.rect;
                    self.run.retain(|&p| rect.contains(p));
                    self.commands.points(&self.run);
                }
                Part::Line => {
                    kind = GeomType::Line;
                    self.simplify();
                    if let [only] = self.run[..] {
                        speck = speck.or(Some(only));
                    } else {
                        let commands = &mut self.commands;
                        clip_line(&self.run, &self.rect, |piece| commands.line(piece));
                    }
                }
                Part::Outer => {
                    kind = GeomType::Polygon;
                    self.simplify_ring();
                    if doubled_area(&self.run) == 0 {
                        speck = speck.or_else(|| self.seen());
                        outer_drawn = false;
                    } else {
                        outer_drawn = self.ring(true);
                    }
                }
                Part::Hole if outer_drawn => {
                    self.simplify_ring();
                    self.ring(false);
                }
                Part::Hole => {}
            }
        }
        if self.commands.integers().is_empty() {
            self.speck(kind, speck.filter(|&p| self.rect.contains(p))?);
        }
        Some((kind, self.commands.integers()))
    }

    fn snap(&mut self, units: &[[u32; 2]]) {
        let grid = self.grid;
        self.run.clear();
        self.run.extend(units.iter().map(|&u| grid.snap(u)));
    }

    fn simplify(&mut self) {
        if self.grid.zoom < EXACT_FROM {
            simplify(&mut self.run, &mut self.scratch);
        } else {
            self.run.dedup();
        }
    }

    /// Simplifies a ring, unless it is so narrow that nothing would be left.
    fn simplify_ring(&mut self) {
        self.other.clone_from(&self.run);
        self.simplify();
        if self.run.len() < 4 {
            std::mem::swap(&mut self.run, &mut self.other);
            self.run.dedup();
        }
    }

    /// A point of the run in the buffered tile.
    fn seen(&self) -> Option<Point> {
        let mut seen = self.run.first().copied().filter(|&p| self.rect.contains(p));
        clip_line(&self.run, &self.rect, |piece| {
            seen = seen.or(piece.first().copied())
        });
        seen
    }

    /// Draws the run as a ring; false where it has no area in the tile.
    fn ring(&mut self, outer: bool) -> bool {
        clip_ring(&mut self.run, &self.rect, &mut self.other);
        self.run.dedup();
        self.run.pop();
        let area = doubled_area(&self.run);
        if self.run.len() < 3 || area == 0 {
            return false;
        }
        // With y downwards, outer rings have a positive area and holes a negative.
        if (area > 0) != outer {
            self.run.reverse();
        }
        self.commands.ring(&self.run);
        true
    }

    /// The smallest mark that is a valid line or area.
    fn speck(&mut self, kind: GeomType, [x, y]: Point) {
        match kind {
            GeomType::Point => {}
            GeomType::Line => self.commands.line(&[[x, y], [x + 1, y]]),
            GeomType::Polygon => {
                self.commands
                    .ring(&[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]);
            }
        }
    }
}

/// Twice the area of a ring given without its closing point, by the surveyor's
/// formula in the axes of the tile.
fn doubled_area(ring: &[Point]) -> i64 {
    let Some(&[ox, oy]) = ring.first() else {
        return 0;
    };
    ring.windows(2)
        .map(|w| (w[0][0] - ox) * (w[1][1] - oy) - (w[1][0] - ox) * (w[0][1] - oy))
        .sum()
}
