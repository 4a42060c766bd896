//! A layer in columns: written for other programs, and read in place of GeoJSON.

use super::loaded::Loaded;
use super::{Arrival, City};
use crate::catalog::{Catalog, LayerId};
use crate::geodesy::Bbox;
use crate::ingest::Report;
use crate::layer::columnar::{self, ColumnarError};

impl Arrival {
    /// The layer in columns (`layer/columnar` has the form of the bytes); none where nothing
    /// was loaded. `catalog` is the one it was read with.
    pub fn columnar(&self, catalog: &Catalog) -> Option<Vec<u8>> {
        let loaded = self.loaded.as_ref()?;
        let kinds: Vec<&str> = catalog.asset_kinds.iter().map(|k| &*k.id.0).collect();
        Some(columnar::write(&loaded.layer, &self.report.layer.0, &kinds))
    }

    /// The same with what reading its file said once, see [`City::read_columnar`].
    pub fn reporting(self, report: Report) -> Arrival {
        let layer = self.report.layer;
        Arrival {
            report: Report { layer, ..report },
            ..self
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
        let file = catalog.layers.iter().find(|file| file.id == *id);
        let file = file.ok_or(ColumnarError::UnknownLayer)?;
        let layer = columnar::read(bytes, &id.0, |kind| {
            file.kinds.iter().find(|known| *known.0 == *kind)?;
            let mut numbered = (0..).zip(&catalog.asset_kinds);
            let (number, kind) = numbered.find(|(_, known)| *known.id.0 == *kind)?;
            Some((number, kind.geometry))
        })?;
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
