//! The JSON Schema beside the file says what the reader says.

use super::super::*;
use super::any::catalogs;
use super::small::{full, put, small};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const SCHEMA: &str = include_str!("../../../../public/city/catalog.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

fn validator() -> &'static Validator {
    static VALIDATOR: LazyLock<Validator> =
        LazyLock::new(|| jsonschema::draft202012::new(&schema()).expect("a schema"));
    &VALIDATOR
}

#[track_caller]
fn assert_valid(file: &Value) {
    let errors: Vec<_> = validator()
        .iter_errors(file)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_demonstration_fits_its_schema() {
    let file = serde_json::from_slice(super::CITY).expect("the file is JSON");
    assert_valid(&file);
    assert_eq!(file["$schema"], "catalog.schema.json");
}

#[test]
fn the_example_of_the_docs_is_whole() {
    let docs = include_str!("../../../../docs/catalog.md");
    let (_, rest) = docs.split_once("```json\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    assert_valid(&serde_json::from_str(example).expect("it is JSON"));
    let (_, problems) = Catalog::read(example.as_bytes()).expect("a catalogue");
    assert_eq!(problems, []);
}

#[test]
fn the_schema_itself_fits_the_language_of_schemas() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

#[test]
fn typical_mistakes_are_refused() {
    let validator = validator();
    assert_valid(&small());
    for (pointer, value) in [
        ("/version", Value::Null),
        ("/work_kinds", Value::Null),
        ("/work_kind", json!([])),
        ("/format", json!(2)),
        ("/city/id", json!("22038")),
        ("/city/center", json!([43.52, 123.5])),
        ("/city/bounds", json!([123.4, 43.4, 123.6])),
        ("/asset_kinds/0/code", json!("0104")),
        ("/asset_kinds/0/code/class", json!("104")),
        ("/asset_kinds/0/colour/light", json!("green")),
        ("/asset_kinds/0/colour/dark", Value::Null),
        ("/asset_kinds/0/geometry", json!("Point")),
        ("/asset_kinds/0/label/en", Value::Null),
        ("/asset_kinds/0/label/zh", json!("")),
        ("/asset_kinds/0/id", json!("storm drain")),
        ("/asset_kinds/0/color", json!("#123456")),
        ("/units/0/decimals", json!("0")),
        ("/units/0/decimals", json!(9)),
        ("/units/1/size", json!("0")),
        ("/units/1/measures", json!("metres")),
        ("/work_kinds/0/unit", Value::Null),
        ("/work_kinds/0/counts", json!("summed")),
        ("/work_kinds/0/places", json!(["area"])),
        ("/work_kinds/0/plan/2024", json!(3600)),
        ("/work_kinds/0/plan/2024", json!("-1")),
        ("/work_kinds/0/plan/next", json!("1")),
        ("/work_kinds/0/limts", json!([])),
        ("/work_kinds/0/limits/0/hours", Value::Null),
        ("/work_kinds/0/cycle/not_in_months", json!([13])),
        ("/work_kinds/0/cycle/per_year", json!(1)),
        ("/work_kinds/0/cycle/per_year", Value::Null),
        ("/prechecks/0/readings/0/max", json!(23.5)),
        ("/layers/0/kinds", json!([])),
        ("/layers/0/kinds", json!("drain")),
        ("/layers/0/file", Value::Null),
        ("/base_map/datum", json!("GCJ02")),
    ] {
        let mut file = small();
        put(&mut file, pointer, value.clone());
        assert!(
            !validator.is_valid(&file),
            "{pointer} = {value} should be refused"
        );
    }
}

/// With the property below this holds schema and types together: a member that
/// only the schema has is unknown to the reader, one that only the types have is
/// unknown to the schema.
#[test]
fn every_member_of_the_schema_is_read() {
    let schema = schema();
    let file = full();
    assert_valid(&file);
    let (_, problems) = Catalog::read(file.to_string().as_bytes()).expect("a catalogue");
    assert_eq!(problems, []);

    let mut used = BTreeSet::new();
    walk(&schema, &schema, &file, "", &mut used);
    let mut named = BTreeSet::new();
    members(&schema, "", &mut named);
    let unused: Vec<_> = named.difference(&used).collect();
    assert!(unused.is_empty(), "no sample for {unused:?}");
}

/// Where in the schema members are declared, as `def/member`.
fn members(schema: &Value, at: &str, named: &mut BTreeSet<String>) {
    if let Some(defs) = schema.get("$defs").and_then(Value::as_object) {
        for (name, def) in defs {
            members(def, name, named);
        }
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let at = format!("{at}/{name}");
            members(property, &at, named);
            named.insert(at);
        }
    }
    if let Some(items) = schema.get("items") {
        members(items, at, named);
    }
}

/// Notes the declarations that a file makes use of.
fn walk(root: &Value, schema: &Value, file: &Value, at: &str, used: &mut BTreeSet<String>) {
    if let Some(def) = schema.get("$ref").and_then(Value::as_str) {
        let name = def.trim_start_matches("#/$defs/");
        walk(root, &root["$defs"][name], file, name, used);
    }
    if let (Some(properties), Some(file)) = (schema.get("properties"), file.as_object()) {
        for (name, value) in file {
            if let Some(property) = properties.get(name) {
                let at = format!("{at}/{name}");
                walk(root, property, value, &at, used);
                used.insert(at);
            }
        }
    }
    if let (Some(items), Some(file)) = (schema.get("items"), file.as_array()) {
        for value in file {
            walk(root, items, value, at, used);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_written_fits_the_schema(catalog in catalogs()) {
        let text = catalog.write().expect("it is written");
        let file = serde_json::from_str(&text).expect("it is JSON");
        assert_valid(&file);
    }
}
