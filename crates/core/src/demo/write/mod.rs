//! The town as GeoJSON layers.

mod places;
mod sewers;
mod streets;

use super::kerb::Spot;
use super::record::{Kind, Layer, Record, point};
use super::town::Town;
use geojson::JsonValue;

const NOTHING: [(&str, JsonValue); 0] = [];

/// All layer files of a town.
pub(super) fn layers(town: &Town, seed: u64) -> Vec<(String, String)> {
    let writer = Writer { town, seed };
    [
        writer.roads(),
        writer.manholes(),
        writer.drains(),
        writer.pumps(),
        writer.toilets(),
        writer.renovated(),
        writer.lamps(),
        writer.pipes(),
        writer.heated(),
        writer.outfalls(),
        writer.waters(),
        writer.railway(),
        writer.parks(),
    ]
    .into_iter()
    .map(|layer| layer.finish(seed))
    .collect()
}

struct Writer<'a> {
    town: &'a Town,
    seed: u64,
}

impl<'a> Writer<'a> {
    fn street(&self, s: usize) -> &'a str {
        &self.town.net.streets[s].name
    }

    fn year(&self, s: usize) -> i16 {
        self.town.net.streets[s].year
    }

    fn spots(&self, layer: &mut Layer, spots: &[Spot], kind: Kind, word: &str) {
        for (i, spot) in spots.iter().enumerate() {
            let record = Record {
                kind,
                serial: i + 1,
                name: format!("{}{word}{}", self.street(spot.street), i + 1),
                street: self.street(spot.street),
                year: self.year(spot.street),
                at: spot.at,
            };
            layer.push(record, point(spot.at), NOTHING);
        }
    }
}

/// Metres to the centimetre, as a number whose digits are those.
fn metres(m: f64) -> JsonValue {
    ((m * 100.0).round() / 100.0).into()
}
