//! `cargo xtask pack`: a city's layers in columns, for whoever reads them without parsing.

use mendmap_core::catalog::{Catalog, CatalogError};
use mendmap_core::city::City;
use std::path::{Path, PathBuf};

/// Why a city was not packed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackError {
    /// A file could not be read or written.
    #[error("could not use {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The city's catalogue cannot be used.
    #[error("the catalogue: {0}")]
    Catalog(#[from] CatalogError),
    /// Layers of which nothing could be read.
    #[error("nothing could be read of {}; the layers page of the app says why", .0.join(", "))]
    Unread(Vec<String>),
}

/// Writes each layer of the city in one folder to `LAYER.mendmap-layer` in the other, and says how many of
/// its features there are.
///
/// # Errors
/// Every [`PackError`]; the layers that can be read are written all the same.
pub(crate) fn run(city: &Path, out: &Path) -> Result<(), PackError> {
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path);
        bytes.map_err(|source| PackError::Io { path, source })
    };
    let (catalog, _) = Catalog::read(&read(city.join("catalog.json"))?)?;
    let mut unread = Vec::new();
    for file in &catalog.layers {
        let bytes = read(city.join(&file.file))?;
        let size = bytes.len();
        let arrival = City::read_layer_at_once(&catalog, &file.id, bytes);
        let Some(columns) = arrival.columnar(&catalog) else {
            unread.push(file.file.clone());
            continue;
        };
        let path = out.join(format!("{}.mendmap-layer", file.id.0));
        let written = std::fs::create_dir_all(out).and_then(|()| std::fs::write(&path, &columns));
        written.map_err(|source| PackError::Io {
            path: path.clone(),
            source,
        })?;
        let report = arrival.report();
        println!(
            "{}: {} of {} features, {size} bytes as {}",
            path.display(),
            report.loaded,
            report.read,
            columns.len()
        );
    }
    match unread.is_empty() {
        true => Ok(()),
        false => Err(PackError::Unread(unread)),
    }
}
