//! Assets with what they are counted by: where they are, and on which street and in which
//! community.

use super::loaded::{AssetRef, Loaded};
use super::{AT_STREET_M, City};
use crate::catalog::{AssetKindId, GeometryType, Locates};
use crate::geodesy::{LonLat, length_m};
use crate::ids::AssetUid;
use crate::index::{contains, inner_point};
use std::borrow::Cow;

/// An asset and where it is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<'a> {
    /// Its uid.
    pub uid: AssetUid,
    /// The place of its kind among those of the catalogue.
    pub kind: usize,
    /// A point on it, as in [`super::AssetSummary`].
    pub at: LonLat,
    /// Its street: its own name where it is one, else the one that it names, else the nearest.
    pub street: Option<Cow<'a, str>>,
    /// The community that it lies in: the smallest of several, or itself.
    pub community: Option<AssetUid>,
    /// Geodesic length of a line, in whole millimetres.
    pub length_mm: Option<u64>,
}

impl City {
    /// Tells all assets of some kinds that count, as [`City::uids_of`] has them. For ten thousands
    /// at once: only layers that hold streets or communities are asked where each is.
    pub fn placed(&self, kinds: &[AssetKindId], each: &mut dyn FnMut(Placed<'_>)) {
        let wanted = self.wanted_kinds(Some(kinds));
        let (streets, communities) = (
            self.that_locate(Locates::Street),
            self.that_locate(Locates::Community),
        );
        for (ordinal, file, loaded) in self.loaded() {
            let layer = &loaded.layer;
            for row in loaded.counted().filter(|&row| wanted.pass(layer.kind(row))) {
                let asset = self.asset_ref(ordinal, file, loaded, row);
                let at = inner_point(&layer.geometry(row));
                // A street without a name is not on another one.
                let street = match asset.kind().locates {
                    Some(Locates::Street) => layer.name(row),
                    _ => layer.street(row).or_else(|| self.street_at(&streets, at)),
                };
                each(Placed {
                    uid: layer.uid(row),
                    kind: layer.kind(row),
                    at,
                    street,
                    community: self.community_at(&communities, at),
                    length_mm: length_mm(&asset),
                });
            }
        }
    }

    /// The layers that may hold assets which locate so.
    fn that_locate(&self, locates: Locates) -> Vec<&Loaded> {
        let holds = |kind: &AssetKindId| {
            let kind = self.catalog.asset_kind(kind);
            kind.is_some_and(|kind| kind.locates == Some(locates))
        };
        let layers = self
            .loaded()
            .filter(|(_, file, _)| file.kinds.iter().any(holds));
        layers.map(|(_, _, loaded)| loaded).collect()
    }

    fn locates(&self, loaded: &Loaded, row: u32) -> Option<Locates> {
        self.catalog.asset_kinds[loaded.layer.kind(row)].locates
    }

    /// The nearest street, as [`City::where_is`] has it.
    fn street_at<'c>(&self, layers: &[&'c Loaded], at: LonLat) -> Option<Cow<'c, str>> {
        let mut best: Option<(f64, Cow<'c, str>)> = None;
        for loaded in layers {
            for (row, metres) in loaded.tree.around(&loaded.layer, at, AT_STREET_M) {
                if self.locates(loaded, row) == Some(Locates::Street)
                    && let Some(name) = loaded.layer.name(row)
                    && best
                        .as_ref()
                        .is_none_or(|best| (metres, &name) < (best.0, &best.1))
                {
                    best = Some((metres, name));
                }
            }
        }
        best.map(|(_, name)| name)
    }

    /// The smallest community around a place, by its box; of equals the one whose uid is first.
    fn community_at(&self, layers: &[&Loaded], at: LonLat) -> Option<AssetUid> {
        let mut best: Option<(f64, AssetUid)> = None;
        for loaded in layers {
            for row in loaded.tree.touching(&loaded.layer, at.into()) {
                let area = loaded.layer.geometry(row);
                if self.locates(loaded, row) == Some(Locates::Community) && contains(&area, at) {
                    let (b, uid) = (area.bbox(), loaded.layer.uid(row));
                    let size = (b.east - b.west) * (b.north - b.south);
                    if best.is_none_or(|best| (size, uid) < best) {
                        best = Some((size, uid));
                    }
                }
            }
        }
        best.map(|(_, uid)| uid)
    }
}

fn length_mm(asset: &AssetRef) -> Option<u64> {
    let geometry = asset.layer.geometry(asset.row);
    (geometry.shape() == GeometryType::Line).then(|| {
        let metres: f64 = geometry.parts().map(|(_, run)| length_m(run)).sum();
        (metres * 1000.0).round() as u64
    })
}
