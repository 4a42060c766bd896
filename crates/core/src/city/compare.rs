//! A layer that was read beside what the city has already.

use super::{Arrival, City};
use crate::catalog::GeometryType;
use crate::geodesy::LonLat;
use crate::index::inner_point;
use crate::ingest::{Remarks, is_shifted, is_shifted_from_lines};

/// So many assets are looked at.
const SAMPLE: usize = 400;
/// Lines farther off than this are not what an asset stands at, in metres.
const REACH_M: f64 = 800.0;

impl City {
    /// Adds a warning to the report of a layer that lies off what the city has as GCJ-02 would: off
    /// the same assets as they were loaded before, else off the lines of other layers.
    pub fn compare(&self, arrival: &mut Arrival) {
        let Some(loaded) = &arrival.loaded else {
            return;
        };
        let layer = &loaded.layer;
        let step = (layer.len() as usize / SAMPLE).max(1);
        let rows = || (0..layer.len()).step_by(step);
        let place = |row| inner_point(&layer.geometry(row));
        let before = self.ordinal_of(&arrival.report.layer);
        let before = before.and_then(|ordinal| self.layers.get(ordinal)?.as_ref());
        let pairs: Vec<(LonLat, LonLat)> = before
            .into_iter()
            .flat_map(|before| {
                rows().filter_map(move |row| {
                    let known = before.layer.row_of(&layer.uid(row))?;
                    Some((place(row), inner_point(&before.layer.geometry(known))))
                })
            })
            .collect();
        let remark = is_shifted(&pairs).or_else(|| {
            let places: Vec<LonLat> = rows().map(place).collect();
            is_shifted_from_lines(&places, &|at| self.nearest_line_m(arrival, at))
        });
        if let Some(remark) = remark {
            Remarks::add(&mut arrival.report.remarks, remark);
        }
    }

    /// Metres to the nearest line of another layer.
    fn nearest_line_m(&self, arrival: &Arrival, at: LonLat) -> Option<f64> {
        self.loaded()
            .filter(|(_, file, _)| file.id != arrival.report.layer)
            .flat_map(|(_, _, loaded)| {
                let is_line = |row| loaded.layer.geometry(row).shape() == GeometryType::Line;
                let around = loaded.tree.around(&loaded.layer, at, REACH_M);
                around.filter(move |&(row, _)| is_line(row))
            })
            .map(|(_, metres)| metres)
            .min_by(f64::total_cmp)
    }
}
