//! A file on a map before it is in place.

use super::fixture::{catalog, collection, feature, layer};
use crate::city::{City, Preview};
use crate::geodesy::Bbox;
use serde_json::{Value, json};

fn lamp(n: usize) -> Value {
    let at = json!({"type": "Point", "coordinates": [123.5 + n as f64 * 1e-5, 43.5]});
    feature(at, json!({"kind": "lamp"}))
}

fn pipe(positions: usize) -> Value {
    let line: Vec<Value> = (0..positions)
        .map(|n| json!([123.5 + n as f64 * 1e-6, 43.6]))
        .collect();
    feature(
        json!({"type": "LineString", "coordinates": line}),
        json!({"kind": "pipe"}),
    )
}

fn preview(id: &str, features: &[Value]) -> Option<Preview> {
    City::read_layer_at_once(&catalog(), &layer(id), collection(features)).preview()
}

/// The longitude of a point.
fn lon(geometry: &str) -> f64 {
    let geometry: Value = serde_json::from_str(geometry).unwrap();
    geometry["coordinates"][0].as_f64().unwrap()
}

#[test]
fn a_small_file_is_shown_whole() {
    let shown = preview("points", &[lamp(0), lamp(2)]).unwrap();
    let lons: Vec<f64> = shown
        .geometries
        .iter()
        .map(|geometry| lon(geometry))
        .collect();
    assert_eq!((lons, shown.total), (vec![123.5, 123.50002], 2));
    let around = Bbox::from([123.5, 43.5, 123.50002, 43.5]);
    assert!((shown.bounds.east - around.east).abs() < 1e-9);
    assert_eq!(shown.bounds.south_west(), around.south_west());
    assert_eq!(preview("points", &[]), None);
}

#[test]
fn of_a_large_file_some_are_shown_from_its_beginning_to_its_end() {
    let all: Vec<Value> = (0..9_001).map(lamp).collect();
    let shown = preview("points", &all).unwrap();
    assert_eq!((shown.geometries.len(), shown.total), (1_801, 9_001));
    let last = shown.geometries.last().map(|geometry| lon(geometry));
    assert_eq!(last, Some(123.59), "the last one, every fifth");
    assert!(shown.bounds.east > 123.589);
}

#[test]
fn long_lines_are_fewer_and_one_that_is_too_long_is_left_out() {
    let many: Vec<Value> = (0..100).map(|_| pipe(1_000)).collect();
    assert_eq!(preview("pipes", &many).unwrap().geometries.len(), 34);
    let shown = preview("pipes", &[pipe(50_000), pipe(2), pipe(2)]).unwrap();
    assert_eq!((shown.geometries.len(), shown.total), (1, 3));
}
