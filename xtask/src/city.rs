//! `cargo xtask city`: the demonstration city's layers, written to public/city; and its year of
//! work, as a file of events.

use mendmap_core::catalog::CatalogError;
use mendmap_core::demo::{self, year::Targets, year::YearError, year::year};
use mendmap_core::log::{Scope, export_file};
use std::path::{Path, PathBuf};

/// Where the layers lie, from the workspace's root.
const DIR: &str = "public/city";

/// Why the city could not be written or is not current.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CityError {
    /// A file could not be read or written.
    #[error("could not write {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Files that are not what the seed makes.
    #[error("stale in {DIR}: {}; run `cargo xtask city` and commit what it writes", .0.join(", "))]
    Stale(Vec<String>),
    /// The demonstration's own catalogue is none.
    #[error("the demonstration's catalogue: {0}")]
    Catalog(#[from] CatalogError),
    /// The year of work cannot be made.
    #[error("the demonstration's year: {0}")]
    Year(#[from] YearError),
}

/// Writes the demonstration's year of work into a file that the app takes in.
///
/// # Errors
/// Where it cannot be made or written.
pub(crate) fn write_year(to: &Path) -> Result<(), CityError> {
    let city = demo::city(demo::SEED)?;
    let events = year(demo::SEED, &city, &Targets::published())?;
    let bytes = export_file(&city.catalog().city.id, Scope::All, &events);
    let folder = to.parent().map_or(Ok(()), std::fs::create_dir_all);
    folder
        .and_then(|()| std::fs::write(to, bytes))
        .map_err(|source| CityError::Io {
            path: to.to_path_buf(),
            source,
        })?;
    println!("wrote {} events to {}", events.len(), to.display());
    Ok(())
}

/// Writes the layers below the workspace's root, or with `check` only says whether the files
/// are what the seed makes.
///
/// # Errors
/// Where a file cannot be written, or with `check` is not current.
pub(crate) fn run(root: &Path, check: bool) -> Result<(), CityError> {
    let dir = &root.join(DIR);
    let io = |path: &Path| {
        let path = path.to_path_buf();
        move |source| CityError::Io { path, source }
    };
    let mut stale = Vec::new();
    std::fs::create_dir_all(dir).map_err(io(dir))?;
    for (name, text) in demo::layers(demo::SEED) {
        let path = dir.join(&name);
        let current = std::fs::read(&path).is_ok_and(|there| there == text.as_bytes());
        if !current && check {
            stale.push(name);
        } else if !current {
            std::fs::write(&path, text).map_err(io(&path))?;
            println!("wrote {}", path.display());
        }
    }
    if stale.is_empty() {
        println!("{DIR} is what the seed makes");
        Ok(())
    } else {
        Err(CityError::Stale(stale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demonstration_city_is_what_its_seed_makes() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        if let Err(stale) = run(&root, true) {
            panic!("{stale}");
        }
    }
}
