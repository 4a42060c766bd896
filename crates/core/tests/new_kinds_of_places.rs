//! A new kind of place is a change to the catalogue plus a GeoJSON, and no code:
//! canteens for the elderly and police posts, through the public doors alone.

use mendmap_core::catalog::{AssetKindId, Catalog, LayerId, WorkKindId};
use mendmap_core::city::{City, Filter, tiles_touching};
use mendmap_core::geodesy::{Bbox, LonLat};
use mendmap_core::ledger::{Completion, Period, completion};
use mvt_reader::Reader;
use mvt_reader::feature::Value as Attribute;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CATALOG: &str = include_str!("../../../public/city/catalog.json");
const CANTEEN: LonLat = LonLat::new(123.501, 43.521);

/// What a city would add to the file.
fn extended() -> Value {
    let mut file: Value = serde_json::from_str(CATALOG).expect("the catalogue is JSON");
    let mut append = |list: &str, entry: Value| {
        let list = file[list].as_array_mut().expect("a list");
        list.push(entry);
    };
    append(
        "asset_kinds",
        json!({
            "id": "elderly-canteen",
            "code": { "class": "9031", "local": true },
            "geometry": "point",
            "label": { "zh": "老年食堂", "en": "Canteen for the elderly" },
            "symbol": "bowl",
            "colour": { "light": "#8a3a0f", "dark": "#f0b08a" },
            "priority": 95
        }),
    );
    append(
        "asset_kinds",
        json!({
            "id": "police-post",
            "code": { "class": "9032", "local": true },
            "geometry": "point",
            "label": { "zh": "警务室", "en": "Police post" },
            "symbol": "badge",
            "colour": { "light": "#1f3f8a", "dark": "#9db7f5" },
            "priority": 94
        }),
    );
    append(
        "layers",
        json!({
            "id": "services",
            "label": { "zh": "便民服务", "en": "Services" },
            "file": "services.geojson",
            "kinds": ["elderly-canteen", "police-post"],
            "fields": { "name": "名称", "kind": "类别" },
            "min_zoom": 12
        }),
    );
    append(
        "work_kinds",
        json!({
            "id": "service-inspect",
            "family": "communities",
            "label": { "zh": "便民服务点检查", "en": "Service points inspected" },
            "action": { "zh": "检查完成", "en": "Inspected" },
            "unit": "place",
            "applies_to": ["elderly-canteen", "police-post"],
            "counts": "distinct",
            "cycle": { "per_year": "12" },
            "default_quantity": "1"
        }),
    );
    file
}

fn services() -> Vec<u8> {
    let feature = |at: [f64; 2], properties: Value| {
        json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": at },
            "properties": properties
        })
    };
    let features = [
        // Names no kind: the layer's first.
        feature(
            CANTEEN.into(),
            json!({ "名称": "北丰老年食堂", "ObjID": "2203829031000001" }),
        ),
        feature(
            [123.5011, 43.521],
            json!({ "名称": "北丰警务室", "类别": "police-post", "ObjID": "2203829032000001" }),
        ),
        feature(
            [123.51, 43.53],
            json!({ "名称": "木器厂老年食堂", "类别": "elderly-canteen" }),
        ),
    ];
    let file = json!({ "type": "FeatureCollection", "features": features });
    file.to_string().into_bytes()
}

fn city() -> City {
    let (catalog, problems) =
        Catalog::read(extended().to_string().as_bytes()).expect("a catalogue");
    assert_eq!(problems, []);
    let mut city = City::new(catalog);
    let report = city.set_layer(&LayerId::from("services"), services());
    assert_eq!((report.loaded, report.refused), (3, 0), "{report:?}");
    city
}

#[test]
fn they_are_tapped_and_found() {
    let city = city();
    let hits = city.tap(CANTEEN, 20.0, &["services".into()]);
    let kinds: Vec<_> = hits.iter().map(|h| h.asset.kind.as_str()).collect();
    assert_eq!(kinds, ["elderly-canteen", "police-post"]);
    assert_eq!(hits[0].asset.name.as_deref(), Some("北丰老年食堂"));

    let names = |text: &str| -> Vec<String> {
        let found = city.search(text, 9, None).best;
        found.into_iter().filter_map(|f| f.asset.name).collect()
    };
    assert_eq!(names("老年食堂").len(), 2);
    assert_eq!(names("2203829032"), ["北丰警务室"]);

    let canteens = Filter::kinds([AssetKindId::from("elderly-canteen")]);
    assert_eq!(city.nearest(CANTEEN, 9, None, &canteens).total, 2);
}

#[test]
fn they_are_on_the_map() {
    let city = city();
    let bbox = Bbox::around([CANTEEN]).expect("a box");
    let mut kinds = BTreeMap::<String, usize>::new();
    for tile in tiles_touching(bbox, 16) {
        let reader = Reader::new(city.tile(tile)).expect("a tile");
        for layer in reader.get_layer_metadata().expect("layers") {
            assert_eq!(layer.name, "services");
            let features = reader.get_features(layer.layer_index).expect("features");
            for feature in features {
                let attributes = feature.properties.unwrap_or_default();
                if let Some(Attribute::String(kind)) = attributes.get("k") {
                    *kinds.entry(kind.clone()).or_default() += 1;
                }
            }
        }
    }
    let kinds: Vec<_> = kinds.keys().map(String::as_str).collect();
    assert_eq!(kinds, ["elderly-canteen", "police-post"]);
}

#[test]
fn work_is_offered_and_counted_there() {
    let city = city();
    let catalog = city.catalog();
    let post = AssetKindId::from("police-post");
    let offered = catalog.work_for_asset(&post);
    let offered: Vec<_> = offered.map(|w| w.id.as_str()).collect();
    assert_eq!(offered, ["service-inspect"]);

    let work = WorkKindId::from("service-inspect");
    let kind = catalog.work_kind(&work).expect("the kind");
    let assets: Vec<_> = city.assets_of(&kind.applies_to).map(|a| a.uid).collect();
    let period = Period {
        from: "2024-01-01".parse().expect("a day"),
        to: "2024-12-31".parse().expect("a day"),
    };
    let Completion {
        never, open, done, ..
    } = completion(catalog, &work, period, [], [], assets, false);
    assert_eq!((never, open, done), (3, 0, 0));
}

/// The editor's help stays good for it as well.
#[cfg(not(target_family = "wasm"))]
#[test]
fn they_fit_the_schema() {
    let schema = include_str!("../../../public/city/catalog.schema.json");
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    if let Err(error) = validator.validate(&extended()) {
        panic!("{}: {error}", error.instance_path());
    }
}
