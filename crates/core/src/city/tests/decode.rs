//! Tiles as a decoder by others reads them.

use geo_types::Geometry;
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use std::collections::BTreeMap;

/// A feature of a decoded tile.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decoded {
    pub(super) layer: String,
    pub(super) id: u64,
    pub(super) geometry: Geometry<i32>,
    pub(super) attributes: BTreeMap<String, Value>,
}

impl Decoded {
    /// A text attribute.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.attributes.get(key)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The mark.
    pub(super) fn mark(&self) -> u64 {
        match self.attributes.get("s") {
            Some(Value::UInt(mark)) => *mark,
            None => 0,
            odd => panic!("{odd:?}"),
        }
    }

    /// True for the point that goes with an area.
    pub(super) fn is_point(&self) -> bool {
        matches!(self.geometry, Geometry::Point(_) | Geometry::MultiPoint(_))
    }
}

/// All features of a tile, in its order.
pub(super) fn decode(tile: Vec<u8>) -> Vec<Decoded> {
    let reader = Reader::new(tile).unwrap();
    let layers = reader.get_layer_metadata().unwrap();
    let mut all = Vec::new();
    let names: std::collections::BTreeSet<_> = layers.iter().map(|l| &l.name).collect();
    assert_eq!(names.len(), layers.len(), "two layers of one name");
    for layer in layers {
        assert_eq!((layer.version, layer.extent), (2, 4096));
        let features = reader.get_features_as::<i32>(layer.layer_index).unwrap();
        assert!(!features.is_empty(), "an empty layer");
        all.extend(features.into_iter().map(|f| Decoded {
            layer: layer.name.clone(),
            id: f.id.unwrap(),
            geometry: f.geometry,
            attributes: f.properties.unwrap().into_iter().collect(),
        }));
    }
    all
}
