//! `cargo xtask pack CITY OUT`: the layers of a city in columns.

use crate::error::Result;

/// Packs the layers of the city in the first folder into the second.
#[cfg(feature = "city")]
pub(crate) fn run(args: &[String]) -> Result<()> {
    use std::path::Path;
    let [city, out] = args else {
        return Err(crate::error::Error::Usage(
            "pack: a city's folder, with its catalog.json, and a folder to write to".to_owned(),
        ));
    };
    Ok(crate::pack::run(Path::new(city), Path::new(out))?)
}

/// Without core it asks a program that has it.
#[cfg(not(feature = "city"))]
pub(crate) fn run(args: &[String]) -> Result<()> {
    super::city::with_core("pack", args)
}
