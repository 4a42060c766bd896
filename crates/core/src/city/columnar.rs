//! A layer in columns: written for other programs, and read in place of GeoJSON.

use super::loaded::Loaded;
use super::{Arrival, City};
use crate::catalog::{Catalog, LayerId};
use crate::geodesy::Bbox;
use crate::ingest::Report;
use crate::layer::columnar::{self, ColumnarError};
use mendmap_layers::at_once;

impl Arrival {
    /// The layer in columns (`layer/columnar` has the form of the bytes); none where nothing
    /// was loaded. `catalog` is the one it was read with.
    pub fn columnar(&self, catalog: &Catalog) -> Option<Vec<u8>> {
        let pieces = at_once(self.write_columnar(catalog, &mut async || {}))?;
        Some(pieces.concat())
    }

    /// The same in pieces that follow one another, where something else has to go on meanwhile: `pause` is
    /// awaited every few milliseconds.
    pub async fn write_columnar(
        &self,
        catalog: &Catalog,
        pause: &mut impl AsyncFnMut(),
    ) -> Option<Vec<Vec<u8>>> {
        let layer = &self.loaded.as_ref()?.layer;
        let kinds: Vec<&str> = catalog.asset_kinds.iter().map(|k| &*k.id.0).collect();
        Some(columnar::write(layer, &self.report.layer.0, &kinds, pause).await)
    }

    /// The same with what reading its file said once, see [`City::read_columnar`].
    pub fn reporting(self, report: Report) -> Arrival {
        let layer = self.report.layer;
        Arrival {
            report: Report { layer, ..report },
            ..self
        }
    }

    /// Makes ready now, apart from the city, what it would be asked for as soon as it is in place.
    /// `pause` is awaited every few milliseconds.
    pub async fn settle(&self, pause: &mut impl AsyncFnMut()) {
        if let Some(loaded) = &self.loaded {
            loaded.layer.settle(pause).await;
        }
    }

    /// The box around its features, in degrees.
    pub fn bounds(&self) -> Option<Bbox> {
        self.loaded.as_ref()?.layer.bounds()
    }
}

impl City {
    /// Whether bytes begin as those of a layer in columns do.
    pub fn is_columnar(bytes: &[u8]) -> bool {
        columnar::is_begun(bytes)
    }

    /// Reads a layer from what [`Arrival::columnar`] wrote, apart from the city: the same
    /// layer, to the bit. Its report counts its features; what was mended in the file it was
    /// made from is not known any more. Never panics, and takes no more memory than a fixed
    /// multiple of the bytes.
    ///
    /// # Errors
    /// Every [`ColumnarError`].
    pub fn read_columnar(
        catalog: &Catalog,
        id: &LayerId,
        bytes: &[u8],
    ) -> Result<Arrival, ColumnarError> {
        at_once(City::take_columnar(catalog, id, bytes, &mut async || {}))
    }

    /// The same where something else has to go on meanwhile: `pause` is awaited every few milliseconds.
    ///
    /// # Errors
    /// Every [`ColumnarError`].
    pub async fn take_columnar(
        catalog: &Catalog,
        id: &LayerId,
        bytes: &[u8],
        pause: &mut impl AsyncFnMut(),
    ) -> Result<Arrival, ColumnarError> {
        let file = catalog.layers.iter().find(|file| file.id == *id);
        let file = file.ok_or(ColumnarError::UnknownLayer)?;
        let kind = |kind: &str| {
            file.kinds.iter().find(|known| *known.0 == *kind)?;
            let mut numbered = (0..).zip(&catalog.asset_kinds);
            let (number, kind) = numbered.find(|(_, known)| *known.id.0 == *kind)?;
            Some((number, kind.geometry))
        };
        let layer = columnar::read(bytes, &id.0, kind, pause).await?;
        let rows = layer.len() as usize;
        Ok(Arrival {
            loaded: Some(Loaded::new(layer)),
            report: Report {
                layer: id.clone(),
                bytes: bytes.len(),
                error: None,
                read: rows,
                loaded: rows,
                mended: 0,
                refused: 0,
                problems: Vec::new(),
                remarks: None,
            },
        })
    }
}
