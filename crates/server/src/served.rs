//! The app that is served, as far as its catalogue says what it is of.

use crate::problem::Problem;
use crate::serve;
use mendmap_core::catalog::Catalog;
use mendmap_core::settings::{Settings, over};
use mendmap_core::sync::{Digest, content};
use std::path::Path;
use std::sync::Arc;

/// The folder of the app that is served, for what is read from its catalogue.
#[derive(Clone)]
pub(crate) struct Dist(pub(crate) Arc<Path>);

/// Its catalogue as it is now.
#[derive(Clone)]
pub(crate) struct Served {
    pub(crate) catalog: Catalog,
    /// The bytes of its file.
    pub(crate) bytes: Arc<[u8]>,
    /// SHA-256 of the catalogue's bytes.
    pub(crate) digest: Digest,
}

impl Dist {
    /// Reads the catalogue, as long as it is of this city.
    ///
    /// # Errors
    /// [`Problem::Internal`], whose cause is logged here and goes no further.
    pub(crate) async fn served(&self, city: &str) -> Result<Served, Problem> {
        let (dist, city) = (self.0.clone(), city.to_owned());
        let reading = tokio::task::spawn_blocking(move || read(&dist, &city));
        reading.await.unwrap_or_else(|error| Err(broken(&error)))
    }
}

impl Served {
    /// With what administrators set of the catalogue over its file.
    pub(crate) fn heeding(self, settings: &Settings) -> Served {
        match over(&self.bytes, settings) {
            Ok(over) => Served {
                catalog: over.catalog,
                ..self
            },
            // It was read a moment ago.
            Err(error) => {
                tracing::error!(%error, "nothing can be laid over the catalogue that is served");
                self
            }
        }
    }
}

/// The same, for who waits already.
pub(crate) fn read(dist: &Path, city: &str) -> Result<Served, Problem> {
    let (catalog, bytes) = serve::catalog(dist).map_err(|error| broken(&error))?;
    match catalog.city.id == city {
        true => Ok(Served {
            catalog,
            digest: content(&bytes),
            bytes: bytes.into(),
        }),
        false => Err(broken(&"it is another city's by now")),
    }
}

fn broken(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "the catalogue that is served cannot be read");
    Problem::Internal
}
