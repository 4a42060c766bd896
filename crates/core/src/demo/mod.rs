//! The demonstration city: from a seed, a believable Shuangliao at its real
//! place, as GeoJSON layers.
//!
//! Nothing in it is surveyed. It is laid out the way such a town grew: a river
//! port with crooked lanes, a railway with its quarter around the station, and
//! ordinary blocks between. The same seed gives the same bytes everywhere.
//!
//! The order of the work, each room knowing only those before it:
//! `plan` (what is drawn by hand) → `frame` (how the plan lies on the ground) →
//! `skeleton` → `blocks` → `homes`, `drainage`, `kerb`, `waters` → `write`.

mod blocks;
mod convex;
mod drainage;
mod frame;
mod homes;
mod kerb;
mod names;
mod network;
mod plan;
mod plane;
mod record;
pub(crate) mod rng;
mod skeleton;
mod sweeping;
mod town;
mod waters;
mod write;
pub mod year;

#[cfg(test)]
mod tests;

use crate::catalog::{Catalog, CatalogError};
use crate::city::City;

/// The seed of the city in `public/city/`.
pub const SEED: u64 = 220_382;

/// The catalogue of the city in `public/city/`.
pub const CATALOG: &[u8] = include_bytes!("../../../../public/city/catalog.json");

/// The city of this seed, with its catalogue and all its layers.
///
/// # Errors
/// Where its own catalogue is none, which tests keep from being so.
pub fn city(seed: u64) -> Result<City, CatalogError> {
    let mut city = City::new(Catalog::read(CATALOG)?.0);
    for (file, text) in layers(seed) {
        let mut files = city.catalog().layers.iter();
        if let Some(id) = files.find(|l| l.file == file).map(|l| l.id.clone()) {
            city.set_layer(&id, text.into_bytes());
        }
    }
    Ok(city)
}

/// The layer files of the city of this seed: name and content.
pub fn layers(seed: u64) -> Vec<(String, String)> {
    write::layers(&town::Town::build(seed), seed)
}
