//! A loaded layer with what the city keeps beside it.

use super::AssetSummary;
use crate::catalog::{Catalog, LayerFile};
use crate::index::{Tree, inner_point};
use crate::layer::Layer;

/// A layer, its tree and its marks.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) layer: Layer,
    pub(super) tree: Tree,
    /// One a row.
    pub(super) marks: Vec<u8>,
}

impl Loaded {
    pub(super) fn new(layer: Layer) -> Self {
        Loaded {
            tree: Tree::of(&layer),
            marks: vec![0; layer.len() as usize],
            layer,
        }
    }
}

/// A row of a loaded layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct AssetRef<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) file: &'c LayerFile,
    /// Position of the layer in the catalogue.
    pub(super) ordinal: usize,
    pub(super) layer: &'c Layer,
    pub(super) row: u32,
}

impl<'c> AssetRef<'c> {
    /// What a list shows of it.
    pub(super) fn summary(&self) -> AssetSummary {
        let (layer, row) = (self.layer, self.row);
        AssetSummary {
            uid: layer.uid(row),
            layer: self.file.id.clone(),
            kind: self.kind().id.clone(),
            code: layer.code(row).map(Into::into),
            name: layer.name(row).map(Into::into),
            street: layer.street(row).map(Into::into),
            at: inner_point(&layer.geometry(row)),
        }
    }

    /// Its kind.
    pub(super) fn kind(&self) -> &'c crate::catalog::AssetKind {
        // Rows are only ever given kinds of this catalogue.
        &self.catalog.asset_kinds[self.layer.kind(self.row)]
    }
}
