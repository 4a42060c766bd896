//! The demonstration's layer files are what the catalogue says of them.

use super::super::*;
use super::city;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

type Properties = serde_json::Map<String, Value>;

/// The properties and the shape of each feature of a layer.
fn features(layer: &LayerFile) -> Vec<(Properties, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city");
    let bytes = std::fs::read(folder.join(&layer.file)).expect(&layer.file);
    let mut file: Value = serde_json::from_slice(&bytes).expect(&layer.file);
    let Value::Array(features) = file["features"].take() else {
        panic!("{} has no features", layer.file);
    };
    let parts = features.into_iter().map(|mut feature| {
        let shape = feature["geometry"]["type"].as_str().map(str::to_owned);
        match feature["properties"].take() {
            Value::Object(properties) => (properties, shape.unwrap_or_default()),
            odd => panic!("{}: {odd}", layer.file),
        }
    });
    parts.collect()
}

#[test]
fn features_have_the_kind_shape_and_class_that_the_catalogue_says() {
    let catalog = city();
    for layer in &catalog.layers {
        let mut met = BTreeMap::<AssetKindId, usize>::new();
        for (properties, shape) in features(layer) {
            let text = |field: &str| properties.get(field).and_then(Value::as_str);
            let id = AssetKindId::from(text(&layer.fields.kind).expect("a kind"));
            let kind = catalog.asset_kind(&id).expect("a known kind");
            assert!(layer.kinds.contains(&id), "{id} in {}", layer.id);
            let drawn = match shape.trim_start_matches("Multi") {
                "Point" => GeometryType::Point,
                "LineString" => GeometryType::Line,
                "Polygon" => GeometryType::Polygon,
                odd => panic!("{odd}"),
            };
            assert_eq!(drawn, kind.geometry, "{id}");
            let code = text(&layer.fields.code).expect("a code");
            let class = kind
                .code
                .as_ref()
                .map(|c| format!("{}{}", catalog.city.id, c.class));
            assert_eq!(code.get(..10), class.as_deref(), "{id} {code}");
            *met.entry(id).or_default() += 1;
        }
        // A kind without an asset would be an empty line of the legend.
        let kinds = met.keys().collect::<Vec<_>>();
        assert_eq!(
            kinds.len(),
            layer.kinds.len(),
            "{} holds only {kinds:?}",
            layer.id
        );
    }
}

#[test]
fn properties_that_work_reads_are_there() {
    let catalog = city();
    for work in &catalog.work_kinds {
        let norm = work.cycle.as_ref().and_then(|c| c.norm_by_class.as_ref());
        let read = work.quantity_from.iter().chain(norm.map(|n| &n.property));
        let read = read.chain(&work.year_from).chain(&work.split_by);
        for property in read {
            let layers = catalog
                .layers
                .iter()
                .filter(|l| l.kinds.iter().any(|k| work.applies_to.contains(k)));
            let found = layers
                .flat_map(features)
                .any(|(p, _)| p.contains_key(property));
            assert!(found, "no asset of {} has {property}", work.id);
        }
    }
}

#[test]
fn programmes_read_properties_that_are_there_and_know_each_trade_of_the_files() {
    let catalog = city();
    for programme in &catalog.programmes {
        let kinds = programme.works.iter().filter_map(|w| catalog.work_kind(w));
        let kinds: Vec<_> = kinds.flat_map(|w| &w.applies_to).collect();
        let layers = catalog.layers.iter();
        let layers = layers.filter(|l| l.kinds.iter().any(|k| kinds.contains(&k)));
        let all: Vec<_> = layers.flat_map(features).map(|(p, _)| p).collect();
        for property in programme.by.iter().chain(&programme.trades_from) {
            let found = all.iter().any(|p| p.contains_key(property));
            assert!(found, "no asset of {} has {property}", programme.id);
        }
        let named = programme.trades_from.iter();
        let named = named.flat_map(|name| all.iter().filter_map(move |p| p[name].as_array()));
        for trade in named.flatten().filter_map(serde_json::Value::as_str) {
            let mut known = programme.trades.iter();
            assert!(known.any(|known| known.in_files() == trade), "{trade}");
        }
    }
}

#[test]
fn the_city_lies_within_its_bounds() {
    let [west, south, east, north] = city().city.bounds;
    let roads = city()
        .layers
        .into_iter()
        .find(|l| l.id.as_str() == "roads")
        .expect("roads");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city");
    let text = std::fs::read_to_string(folder.join(roads.file)).expect("the file");
    let file: Value = serde_json::from_str(&text).expect("json");
    let features = file["features"].as_array().expect("features");
    for point in features
        .iter()
        .flat_map(|f| f["geometry"]["coordinates"].as_array())
        .flatten()
    {
        let (lng, lat) = (point[0].as_f64(), point[1].as_f64());
        assert!(lng.is_some_and(|l| (west..=east).contains(&l)), "{point}");
        assert!(lat.is_some_and(|l| (south..=north).contains(&l)), "{point}");
    }
}
