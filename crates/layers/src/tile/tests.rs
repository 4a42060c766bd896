//! The encoder against the `mvt` crate, both read by a decoder by others.

use super::commands::Commands;
use super::grid::Point;
use super::pbf::{GeomType, LayerWriter, Value};
use geo_types::Geometry;
use mvt_reader::Reader;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A feature to be written by both.
#[derive(Debug, Clone)]
struct Sample {
    id: u64,
    geom_type: GeomType,
    runs: Vec<Vec<Point>>,
    text: String,
    number: u64,
}

/// Runs without two points alike in either axis, since the other encoder takes
/// out points that add nothing.
fn sample() -> impl Strategy<Value = Sample> {
    let axis = || prop::sample::subsequence((-200..4300).collect::<Vec<i64>>(), 12).prop_shuffle();
    let types = prop::sample::select(vec![GeomType::Point, GeomType::Line, GeomType::Polygon]);
    (
        any::<u64>(),
        types,
        axis(),
        axis(),
        1..4usize,
        "[a-z辽河]{0,3}",
        0..300u64,
    )
        .prop_map(|(id, geom_type, x, y, runs, text, number)| {
            let points: Vec<Point> = x.into_iter().zip(y).map(|(x, y)| [x, y]).collect();
            let runs = match geom_type {
                GeomType::Point => 1,
                _ => runs,
            };
            let runs = points.chunks(12 / runs).map(<[Point]>::to_vec).collect();
            Sample {
                id,
                geom_type,
                runs,
                text,
                number,
            }
        })
}

const ORIGIN: Point = [4096 * 7, 4096 * 9];

fn ours(samples: &[Sample]) -> Vec<u8> {
    let mut layer = LayerWriter::new("layer");
    let mut commands = Commands::default();
    for sample in samples {
        commands.start(ORIGIN);
        for run in &sample.runs {
            let run: Vec<Point> = run
                .iter()
                .map(|p| [p[0] + ORIGIN[0], p[1] + ORIGIN[1]])
                .collect();
            match sample.geom_type {
                GeomType::Point => commands.points(&run),
                GeomType::Line => commands.line(&run),
                GeomType::Polygon => commands.ring(&run),
            }
        }
        let attributes = [
            ("t", Value::Text(&sample.text)),
            ("n", Value::Number(sample.number)),
        ];
        layer.feature(sample.id, sample.geom_type, commands.integers(), attributes);
    }
    let mut tile = Vec::new();
    layer.finish(4096, &mut tile);
    tile
}

fn theirs(samples: &[Sample]) -> Vec<u8> {
    let mut tile = mvt::Tile::new(4096);
    let mut layer = tile.create_layer("layer");
    for sample in samples {
        let mut geometry = mvt::GeomEncoder::<f64>::new(match sample.geom_type {
            GeomType::Point => mvt::GeomType::Point,
            GeomType::Line => mvt::GeomType::Linestring,
            GeomType::Polygon => mvt::GeomType::Polygon,
        });
        for (i, run) in sample.runs.iter().enumerate() {
            if i > 0 {
                geometry.complete_geom().unwrap();
            }
            for p in run {
                geometry.add_point(p[0] as f64, p[1] as f64).unwrap();
            }
        }
        let mut feature = layer.into_feature(geometry.encode().unwrap());
        feature.set_id(sample.id);
        feature.add_tag_string("t", &sample.text);
        feature.add_tag_uint("n", sample.number);
        layer = feature.into_layer();
    }
    tile.add_layer(layer).unwrap();
    tile.to_bytes().unwrap()
}

type Decoded = (
    Option<u64>,
    Geometry<i32>,
    BTreeMap<String, mvt_reader::feature::Value>,
);

fn decode(tile: Vec<u8>) -> Vec<Decoded> {
    let features = Reader::new(tile)
        .unwrap()
        .get_features_as::<i32>(0)
        .unwrap();
    features
        .into_iter()
        .map(|f| {
            (
                f.id,
                f.geometry,
                f.properties.into_iter().flatten().collect(),
            )
        })
        .collect()
}

proptest! {
    #[test]
    fn agrees_with_the_mvt_crate(samples in prop::collection::vec(sample(), 1..6)) {
        prop_assert_eq!(decode(ours(&samples)), decode(theirs(&samples)));
    }
}

#[test]
fn an_empty_layer_is_no_layer() {
    let mut tile = Vec::new();
    LayerWriter::new("layer").finish(4096, &mut tile);
    assert!(tile.is_empty());
}

/// The example of the specification, §4.3.5.4: two areas, the second with a hole.
#[test]
fn commands_are_those_of_the_specification() {
    let mut commands = Commands::default();
    commands.start([0, 0]);
    commands.ring(&[[0, 0], [10, 0], [10, 10], [0, 10]]);
    commands.ring(&[[11, 11], [20, 11], [20, 20], [11, 20]]);
    commands.ring(&[[13, 13], [13, 17], [17, 17], [17, 13]]);
    assert_eq!(
        commands.integers(),
        [
            9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, //
            9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, //
            9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15,
        ]
    );
}
