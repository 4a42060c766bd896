//! The kinds and the geometry of a layer, in columns.

use super::Draft;
use super::geometry::{GeoType, Geometry, Part, split};
use crate::geodesy::{LonLat, mercator};
use std::sync::OnceLock;

/// What the rows are and where; positions and parts in runs of their own.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(super) kinds: Vec<u16>,
    types: Vec<GeoType>,
    /// Where the parts of each row end.
    row_ends: Vec<u32>,
    /// Where the positions of each part end.
    part_ends: Vec<u32>,
    parts: Vec<Part>,
    pub(super) coords: Vec<LonLat>,
    /// The same positions as the encoder of tiles wants them, from its first question on: projecting
    /// is a tenth of what reading takes, and much that is read is never drawn.
    mercator: OnceLock<Vec<[u32; 2]>>,
}

impl Columns {
    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Adds a row; `kind` is its position in the catalogue. A draft without a type is taken for a point.
    pub(crate) fn push(&mut self, kind: u16, geometry: &Draft) {
        self.kinds.push(kind);
        self.types.push(geometry.kind.unwrap_or(GeoType::Point));
        let base = self.coords.len() as u32;
        self.coords.extend_from_slice(&geometry.coords);
        self.part_ends
            .extend(geometry.ends.iter().map(|end| base + end));
        self.parts.extend_from_slice(&geometry.parts);
        self.row_ends.push(self.parts.len() as u32);
    }

    /// Makes room for so many times what there is, for growing step by step moves it all each time.
    pub(crate) fn expect(&mut self, times: f64) {
        let more = |len: usize| (len as f64 * times) as usize - len;
        let rows = more(self.len());
        self.kinds.reserve_exact(rows);
        self.types.reserve_exact(rows);
        self.row_ends.reserve_exact(rows);
        let parts = more(self.parts.len());
        self.parts.reserve_exact(parts);
        self.part_ends.reserve_exact(parts);
        self.coords.reserve_exact(more(self.coords.len()));
    }

    /// Gives back what growing took too much.
    pub(crate) fn shrink(&mut self) {
        self.kinds.shrink_to_fit();
        self.types.shrink_to_fit();
        self.row_ends.shrink_to_fit();
        self.part_ends.shrink_to_fit();
        self.parts.shrink_to_fit();
        self.coords.shrink_to_fit();
    }

    /// The geometry of a row.
    pub(super) fn geometry(&self, row: u32) -> Geometry<'_> {
        let (parts, coords) = self.runs(row);
        Geometry {
            kind: self.types[row as usize],
            coords: &self.coords[coords.clone()],
            base: coords.start as u32,
            ends: &self.part_ends[parts.clone()],
            parts: &self.parts[parts],
        }
    }

    /// The parts of a row in Mercator units.
    pub(super) fn mercator(&self, row: u32) -> impl Iterator<Item = (Part, &[[u32; 2]])> {
        let (parts, coords) = self.runs(row);
        let all = self.mercator.get_or_init(|| {
            let mut all = Vec::new();
            self.project_more(&mut all, usize::MAX);
            all
        });
        split(
            &all[coords.clone()],
            coords.start as u32,
            &self.part_ends[parts.clone()],
            &self.parts[parts],
        )
    }

    /// Projects so many more positions behind those that are; false where none is left.
    fn project_more(&self, all: &mut Vec<[u32; 2]>, count: usize) -> bool {
        let rest = self.coords.get(all.len()..).unwrap_or_default();
        all.reserve_exact(rest.len());
        all.extend(rest.iter().take(count).map(|&p| mercator::project_u32(p)));
        count < rest.len()
    }

    /// Projects all positions now, with a pause after every `stride`.
    pub(super) async fn project(&self, stride: usize, pause: &mut impl AsyncFnMut()) {
        if self.mercator.get().is_some() {
            return;
        }
        let mut all = Vec::new();
        while self.project_more(&mut all, stride) {
            pause().await;
        }
        // Somebody may have asked meanwhile, and got the same.
        let _ = self.mercator.set(all);
    }

    /// The parts and the positions of a row.
    fn runs(&self, row: u32) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let row = row as usize;
        let start_of = |ends: &[u32], i: usize| match i {
            0 => 0,
            _ => ends[i - 1] as usize,
        };
        let parts = start_of(&self.row_ends, row)..self.row_ends[row] as usize;
        let coords = start_of(&self.part_ends, parts.start)..start_of(&self.part_ends, parts.end);
        (parts, coords)
    }
}
