//! Choosing many assets at once, by a box or by a name. A drawn ring is [`City::within`], an area
//! that is an asset [`City::inside`].

use super::loaded::AssetRef;
use super::{AssetSummary, City, Filter};
use crate::catalog::Locates;
use crate::geodesy::Bbox;
use crate::ids::AssetUid;
use crate::index::inner_point;
use crate::order::distinct;

impl City {
    /// The assets that lie in a box, by layer and row: a line or an area where its representative
    /// point lies, as [`City::within`] has it.
    pub fn within_box(&self, bbox: Bbox, filter: &Filter) -> Vec<AssetSummary> {
        let lies = |asset: &AssetRef| bbox.contains(inner_point(&asset.layer.geometry(asset.row)));
        let found = self.in_box(bbox, filter, lies);
        found.iter().map(AssetRef::summary).collect()
    }

    /// The assets that stand on a street, by layer and row: those that name it, and of those that
    /// name none whichever it is nearest to.
    pub fn on_street(&self, street: &str, filter: &Filter) -> Vec<AssetSummary> {
        let stands = |asset: &AssetRef| match asset.layer.street(asset.row) {
            Some(own) => own == street,
            None => {
                let at = inner_point(&asset.layer.geometry(asset.row));
                asset.kind().locates.is_none()
                    && self.where_is(at).street.as_deref() == Some(street)
            }
        };
        let mut found = Vec::new();
        for (ordinal, file, loaded, kinds) in self.filtered(filter) {
            let rows = loaded
                .rows()
                .filter(|&row| kinds.pass(loaded.layer.kind(row)));
            let assets = rows.map(|row| self.asset_ref(ordinal, file, loaded, row));
            found.extend(assets.filter(stands).map(|asset| asset.summary()));
        }
        found
    }

    /// The assets that lie in a community of this name, or in any of several that have it, each
    /// once.
    pub fn in_community(&self, name: &str, filter: &Filter) -> Vec<AssetSummary> {
        let communities = self.named_communities(name);
        let mut found: Vec<AssetSummary> = Vec::new();
        let mut known: Vec<AssetUid> = Vec::new();
        for community in communities {
            let inside = self.inside(&community, filter).unwrap_or_default();
            let more: Vec<_> = (inside.into_iter())
                .filter(|asset| known.binary_search(&asset.uid).is_err())
                .collect();
            known = distinct(known.into_iter().chain(more.iter().map(|asset| asset.uid)));
            found.extend(more);
        }
        found
    }

    /// The communities that are called so.
    fn named_communities(&self, name: &str) -> Vec<AssetUid> {
        let mut found = Vec::new();
        for (_, _, loaded) in self.loaded() {
            let is_one = |row: &u32| {
                let kind = &self.catalog.asset_kinds[loaded.layer.kind(*row)];
                kind.locates == Some(Locates::Community)
                    && loaded.layer.name(*row).as_deref() == Some(name)
            };
            let rows = loaded.rows().filter(is_one);
            found.extend(rows.map(|row| loaded.layer.uid(row)));
        }
        found
    }
}
