//! Networks drawn in metres around the middle of the demonstration city.

mod between;
mod demo;
mod junctions;
mod plain;
mod through;
mod twists;
mod wander;

pub(crate) use demo::{STREETS, demo};

use super::*;
use crate::geodesy::Local;
use uuid::Uuid;

/// Where 0, 0 is.
const ORIGIN: LonLat = LonLat::new(123.5, 43.52);

/// A place some metres east and north of the origin.
pub(crate) fn at(east: f64, north: f64) -> LonLat {
    Local::at(ORIGIN).place([east, north])
}

/// The asset of a number.
pub(crate) fn asset(number: usize) -> AssetUid {
    AssetUid(Uuid::from_u128(number as u128))
}

/// Lines of places in metres; each is the asset of its number.
pub(crate) fn network(lines: &[&[[f64; 2]]]) -> Network {
    let places = |line: &&[[f64; 2]]| line.iter().map(|&[e, n]| at(e, n)).collect();
    let lines = lines.iter().map(places).enumerate();
    Network::of(lines.map(|(n, line)| (asset(n), vec![line])))
}

/// Stretches by number of asset, in whole metres.
pub(crate) fn metres(stretches: &[Stretch]) -> Vec<(usize, u64, u64)> {
    let metres = |mm: u64| (mm + 500) / 1000;
    let number = |asset: AssetUid| asset.0.as_u128() as usize;
    let stretches = stretches.iter();
    stretches
        .map(|s| (number(s.asset), metres(s.from_mm), metres(s.to_mm)))
        .collect()
}

#[test]
fn an_asset_of_several_parts_is_measured_over_all_of_them() {
    let parts = vec![
        vec![at(0.0, 0.0), at(100.0, 0.0)],
        vec![at(100.0, 20.0), at(100.0, 20.0)],
        vec![at(100.0, 40.0), at(160.0, 40.0)],
    ];
    let twice = vec![vec![at(0.0, 0.0), at(0.0, 900.0)]];
    let network = Network::of([(asset(0), parts), (asset(0), twice)]);
    let length = network.length_mm(asset(0)).unwrap();
    assert!(length.abs_diff(160_000) < 100, "{length}");
    assert_eq!(network.length_mm(asset(1)), None);
    let snap = network.nearest(at(130.0, 41.0), 5.0).unwrap();
    assert!(snap.along_mm.abs_diff(130_000) < 100 && (snap.metres - 1.0).abs() < 0.01);
    let stretch = Stretch::from((asset(0), 90_000, 900_000));
    let drawn = network.drawn(stretch);
    let lengths: Vec<_> = drawn
        .iter()
        .map(|line| crate::geodesy::length_m(line))
        .collect();
    assert!((lengths[0] - 10.0).abs() < 0.1 && (lengths[1] - 60.0).abs() < 0.1);
    assert_eq!(network.drawn(Stretch::from((asset(0), 5, 5))).len(), 0);
}

#[test]
fn nothing_is_near_what_is_no_place() {
    let network = network(&[&[[0.0, 0.0], [9.0, 0.0]]]);
    assert_eq!(network.nearest(LonLat::new(f64::NAN, 0.0), 50.0), None);
    assert_eq!(network.nearest(at(3.0, 0.1), f64::NAN), None);
    assert!(Network::of([]).is_empty());
    // A line of a few millimetres is none.
    let speck = Network::of([(asset(0), vec![vec![at(0.0, 0.0), at(0.002, 0.0)]])]);
    assert!(speck.is_empty() && speck.length_mm(asset(0)).is_none());
}
