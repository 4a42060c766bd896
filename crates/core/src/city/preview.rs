//! What a file holds, for a map, before it is in place.

use super::Arrival;
use super::export::outline;
use crate::geodesy::Bbox;
use serde::{Deserialize, Serialize};

/// So many features are shown at most.
const FEATURES: usize = 2_000;
/// So many positions at most, in all of them.
const POSITIONS: usize = 40_000;

/// A file on a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Geometries as texts of GeoJSON objects: of every feature, or evenly of some.
    pub geometries: Vec<String>,
    /// How many features there are.
    pub total: usize,
    /// The box around all of them.
    pub bounds: Bbox,
}

impl Arrival {
    /// It on a map, thinned where it holds much; none where it holds nothing.
    pub fn preview(&self) -> Option<Preview> {
        let layer = &self.loaded.as_ref()?.layer;
        let total = layer.len() as usize;
        let positions = |row| layer.geometry(row).coords().len();
        let all: usize = (0..layer.len()).map(positions).sum();
        let every = total.div_ceil(FEATURES).max(all.div_ceil(POSITIONS));
        let mut left = POSITIONS;
        let rows = (0..layer.len()).step_by(every.max(1));
        let shown = rows.filter(|&row| {
            let rest = left.checked_sub(positions(row));
            left = rest.unwrap_or(left);
            rest.is_some()
        });
        Some(Preview {
            geometries: shown.map(|row| outline(&layer.geometry(row))).collect(),
            total,
            bounds: layer.bounds()?,
        })
    }
}
