//! Tests of the catalogue, one concern a file.

mod any;
mod colour;
mod demonstration;
mod faults;
mod figures;
#[cfg(not(target_family = "wasm"))]
mod layers;
mod ledger;
mod round_trip;
mod safety;
#[cfg(not(target_family = "wasm"))]
mod schema;
mod small;
mod unusable;

use super::Catalog;

/// The demonstration city's file, as bytes.
const CITY: &[u8] = include_bytes!("../../../../public/city/catalog.json");

/// The demonstration city's catalogue, which must be free of problems.
fn city() -> Catalog {
    let (catalog, problems) = Catalog::read(CITY).expect("the demonstration's catalogue reads");
    assert_eq!(problems, []);
    catalog
}
