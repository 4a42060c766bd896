//! The kinds and the geometry of a layer, in columns.

use super::geometry::{GeoType, Geometry, Part, split};
use super::{Draft, Ends};
use crate::geodesy::{LonLat, mercator};
use std::sync::OnceLock;

/// What the rows are and where; positions and parts in runs of their own.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(super) kinds: Vec<u16>,
    types: Vec<GeoType>,
    /// Where the parts of each row end.
    row_ends: Ends,
    /// Where the positions of each part end.
    part_ends: Ends,
    parts: Vec<Part>,
    pub(super) coords: Vec<LonLat>,
    /// How many rows and parts there will be, as far as is known.
    expected: [usize; 2],
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
        let [rows, parts] = self.expected;
        for end in &geometry.ends {
            self.part_ends.push(base + end, parts);
        }
        self.parts.extend_from_slice(&geometry.parts);
        self.row_ends.push(self.parts.len() as u32, rows);
    }

    /// Makes room for so many times what there is, for growing step by step moves it all each time.
    pub(crate) fn expect(&mut self, times: f64) {
        let more = |len: usize| (len as f64 * times) as usize - len;
        let rows = more(self.len());
        self.kinds.reserve_exact(rows);
        self.types.reserve_exact(rows);
        let parts = more(self.parts.len());
        self.parts.reserve_exact(parts);
        self.expected = [self.len() + rows, self.parts.len() + parts];
        self.row_ends.expect(self.expected[0]);
        self.part_ends.expect(self.expected[1]);
        self.coords.reserve_exact(more(self.coords.len()));
    }

    /// Gives back what growing took too much.
    pub(crate) fn shrink(&mut self) {
        self.kinds.shrink_to_fit();
        self.types.shrink_to_fit();
        self.row_ends.shrink();
        self.part_ends.shrink();
        self.parts.shrink_to_fit();
        self.coords.shrink_to_fit();
    }

    /// The geometry of a row.
    pub(super) fn geometry(&self, row: u32) -> Geometry<'_> {
        let (parts, coords) = self.runs(row);
        Geometry {
            kind: self.types[row as usize],
            coords: &self.coords[coords.clone()],
            ends: &self.part_ends,
            first: parts.start,
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
            (&self.part_ends, parts.start),
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
        let parts = self.row_ends.range(row as usize);
        let coords = self.part_ends.start(parts.start)..self.part_ends.start(parts.end);
        (parts, coords)
    }
}
