//! A loaded layer with what the city keeps beside it.

use super::AssetSummary;
use super::Meant;
use super::detail::plain;
use super::query::Kinds;
use crate::catalog::{Catalog, Fields, GeometryType, LayerFile, Meaning};
use crate::index::{Tree, inner_point};
use crate::layer::Layer;

/// A layer, its tree and its marks.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) layer: Layer,
    pub(super) tree: Tree,
    /// One a row.
    pub(super) marks: Vec<u8>,
    /// Rows that are shown and do not count, ascending: what is only proposed.
    pub(super) uncounted: Vec<u32>,
    /// How many rows each kind has, by its position in the catalogue.
    pub(super) of_kind: Vec<usize>,
    /// The names of its properties, where they are not those that the catalogue has for it.
    pub(super) fields: Option<Fields>,
}

impl Loaded {
    pub(super) fn new(layer: Layer) -> Self {
        let mut of_kind = Vec::new();
        for kind in (0..layer.len()).map(|row| layer.kind(row)) {
            if of_kind.len() <= kind {
                of_kind.resize(kind + 1, 0);
            }
            of_kind[kind] += 1;
        }
        Loaded {
            of_kind,
            tree: Tree::of(&layer),
            marks: vec![0; layer.len() as usize],
            uncounted: Vec::new(),
            fields: None,
            layer,
        }
    }

    /// The rows that are there: those of what is gone, or stands elsewhere, are left out.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        (0..self.layer.len()).filter(|&row| !self.tree.is_hidden(row))
    }

    /// How many of them are of these kinds, without passing over them.
    pub(super) fn count(&self, kinds: &Kinds) -> usize {
        let of_kind = self.of_kind.iter().enumerate();
        let all: usize = of_kind
            .filter(|(kind, _)| kinds.pass(*kind))
            .map(|(_, rows)| rows)
            .sum();
        let is_wanted = |row: &&u32| kinds.pass(self.layer.kind(**row));
        all - self.tree.hidden().iter().filter(is_wanted).count()
    }

    /// Those of them that count.
    pub(super) fn counted(&self) -> impl Iterator<Item = u32> {
        let counts = |row: &u32| self.uncounted.binary_search(row).is_err();
        self.rows().filter(counts)
    }

    /// Whether a row is a point.
    pub(super) fn is_point(&self, row: u32) -> bool {
        self.layer.geometry(row).shape() == GeometryType::Point
    }
}

/// A row of a loaded layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct AssetRef<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) file: &'c LayerFile,
    /// The names of its layer's properties.
    pub(super) fields: &'c Fields,
    /// The place of its rows among the city's.
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

    /// What its properties say of its owner, its date and its state.
    pub(super) fn meant(&self) -> Vec<Meant> {
        let all = self.layer.properties(self.row);
        let said = |meaning| {
            let property = self.fields.named(meaning);
            let (_, value) = all.iter().find(|(name, _)| name == property)?;
            let value = plain(value.clone()).filter(|value| !value.trim().is_empty())?;
            Some(Meant {
                meaning,
                property: property.clone(),
                value,
            })
        };
        Meaning::LOOKED_UP.into_iter().filter_map(said).collect()
    }

    /// Its kind.
    pub(super) fn kind(&self) -> &'c crate::catalog::AssetKind {
        // Rows are only ever given kinds of this catalogue.
        &self.catalog.asset_kinds[self.layer.kind(self.row)]
    }
}
