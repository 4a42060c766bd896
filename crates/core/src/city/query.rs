//! Queries by place.

use super::loaded::{AssetRef, Loaded};
use super::{AT_STREET_M, AssetSummary, Beside, City, Filter, Hit, Near, WhereIs};
use crate::catalog::{AssetKindId, GeometryType, LayerFile, LayerId, Locates};
use crate::geodesy::{Bbox, LonLat};
use crate::ids::AssetUid;
use crate::index::{Area, Path, contains, inner_point, intersects};
use crate::order;

impl City {
    /// What a finger may have meant: the assets of the visible layers within a
    /// radius, by priority of their kind, then points before lines before
    /// areas, then by distance, which is 0 inside an area.
    pub fn tap(&self, at: LonLat, radius_m: f64, visible: &[LayerId]) -> Vec<Hit> {
        let mut found = Vec::new();
        for (ordinal, file, loaded) in self.loaded() {
            if !visible.contains(&file.id) {
                continue;
            }
            let around = loaded.tree.around(&loaded.layer, at, radius_m);
            found.extend(
                around.map(|(row, metres)| (self.asset_ref(ordinal, file, loaded, row), metres)),
            );
        }
        order::sort_by(&mut found, |(a, a_metres), (b, b_metres)| {
            (b.kind().priority.cmp(&a.kind().priority))
                .then_with(|| shape_rank(a).cmp(&shape_rank(b)))
                .then_with(|| a_metres.total_cmp(b_metres))
                .then_with(|| (a.ordinal, a.row).cmp(&(b.ordinal, b.row)))
        });
        found.into_iter().map(hit).collect()
    }

    /// The `k` nearest of the assets of which a part lies in the box, or of all, and
    /// how many those are.
    pub fn nearest(&self, at: LonLat, k: usize, within: Option<Bbox>, filter: &Filter) -> Near {
        let mut total = 0;
        let mut found = Vec::new();
        for (ordinal, file, loaded, kinds) in self.filtered(filter) {
            let layer = &loaded.layer;
            let pass = |row| {
                let inside = |bbox| intersects(&layer.geometry(row), &bbox);
                kinds.pass(layer.kind(row)) && within.is_none_or(inside)
            };
            let count = match within {
                Some(bbox) => loaded
                    .tree
                    .touching(layer, bbox)
                    .filter(|&row| pass(row))
                    .count(),
                None => loaded.count(&kinds),
            };
            total += count;
            // Whoever asks for more than there are would be looked for all over the city.
            let nearest = loaded.tree.nearest(layer, at, k.min(count), pass);
            found.extend(
                nearest
                    .into_iter()
                    .map(|(row, metres)| (self.asset_ref(ordinal, file, loaded, row), metres)),
            );
        }
        // Stable, so that layers keep their order.
        order::sort_by(&mut found, |a, b| a.1.total_cmp(&b.1));
        let hits = found.into_iter().take(k).map(hit).collect();
        Near { total, hits }
    }

    /// The assets that lie in an area, given as rings, the outer one first,
    /// by layer and row. A line or an area lies where its representative point
    /// lies, so that areas which do not overlap share nothing.
    pub fn within(&self, rings: &[Vec<LonLat>], filter: &Filter) -> Vec<AssetSummary> {
        let Some(area) = Area::of(rings) else {
            return Vec::new();
        };
        self.in_box(area.bbox(), filter, |asset| {
            area.covers(inner_point(&asset.layer.geometry(asset.row)))
        })
        .iter()
        .map(AssetRef::summary)
        .collect()
    }

    /// What lies in an asset that is an area, as [`City::within`] has it; `None` where it is none.
    pub fn inside(&self, uid: &AssetUid, filter: &Filter) -> Option<Vec<AssetSummary>> {
        let area = self.locate(uid)?;
        let area = area.layer.geometry(area.row);
        (area.shape() == GeometryType::Polygon).then(|| {
            let lies =
                |asset: &AssetRef| contains(&area, inner_point(&asset.layer.geometry(asset.row)));
            let found = self.in_box(area.bbox(), filter, lies);
            found.iter().map(AssetRef::summary).collect()
        })
    }

    /// The assets of which a part lies within some metres of a line, in its
    /// direction. A line of one place is that place.
    pub fn along(&self, line: &[LonLat], metres: f64, filter: &Filter) -> Vec<Beside> {
        let Some(path) = Path::of(line) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (ordinal, file, loaded, kinds) in self.filtered(filter) {
            let boxes = path.boxes(metres);
            let mut rows: Vec<u32> = boxes
                .flat_map(|b| loaded.tree.touching(&loaded.layer, b))
                .collect();
            rows.sort_unstable();
            rows.dedup();
            for row in rows {
                if !kinds.pass(loaded.layer.kind(row)) {
                    continue;
                }
                let side = path.side(&loaded.layer.geometry(row));
                if let Some(side) = side.filter(|s| s.offset.abs() <= metres) {
                    found.push((self.asset_ref(ordinal, file, loaded, row), side));
                }
            }
        }
        order::sort_by(&mut found, |(_, a), (_, b)| {
            (a.along.total_cmp(&b.along)).then(a.offset.abs().total_cmp(&b.offset.abs()))
        });
        let beside = |(asset, side): (AssetRef, crate::index::Side)| Beside {
            asset: asset.summary(),
            along_m: side.along,
            offset_m: side.offset,
        };
        found.into_iter().map(beside).collect()
    }

    /// The street of an asset: its own name where it is one, else the one it stands on.
    pub fn street_of(&self, uid: &AssetUid) -> Option<String> {
        let asset = self.summary(uid)?;
        let kind = self.catalog.asset_kind(&asset.kind)?;
        match kind.locates {
            Some(Locates::Street) => asset.name,
            _ => asset.street.or_else(|| self.where_is(asset.at).street),
        }
    }

    /// All assets of some kinds, by layer and row.
    pub fn assets_of(&self, kinds: &[AssetKindId]) -> impl Iterator<Item = AssetSummary> {
        let wanted = self.wanted_kinds(Some(kinds));
        self.loaded().flat_map(move |(ordinal, file, loaded)| {
            let wanted = wanted.clone();
            loaded
                .rows()
                .filter(move |&row| wanted.pass(loaded.layer.kind(row)))
                .map(move |row| self.asset_ref(ordinal, file, loaded, row).summary())
        })
    }

    /// The uids of all assets of some kinds that count, by layer and row: what is only proposed
    /// does not.
    pub fn uids_of(&self, kinds: &[AssetKindId]) -> impl Iterator<Item = AssetUid> {
        let wanted = self.wanted_kinds(Some(kinds));
        self.loaded().flat_map(move |(_, _, loaded)| {
            let wanted = wanted.clone();
            loaded
                .counted()
                .filter(move |&row| wanted.pass(loaded.layer.kind(row)))
                .map(|row| loaded.layer.uid(row))
        })
    }

    /// Names the street and the community of a place, by the kinds of which the
    /// catalogue says that they locate: the nearest street within 60 m, and the
    /// smallest community around it.
    pub fn where_is(&self, at: LonLat) -> WhereIs {
        let mut street = Nearest::default();
        let mut community = Nearest::default();
        for (_, _, Loaded { layer, tree, .. }) in self.loaded() {
            for (row, metres) in tree.around(layer, at, AT_STREET_M) {
                let name = || layer.name(row).map(Into::into);
                match self.catalog.asset_kinds[layer.kind(row)].locates {
                    Some(Locates::Street) => street.offer(metres, name),
                    Some(Locates::Community) if contains(&layer.geometry(row), at) => {
                        let b = layer.geometry(row).bbox();
                        community.offer((b.east - b.west) * (b.north - b.south), name);
                    }
                    _ => {}
                }
            }
        }
        WhereIs {
            street: street.name,
            community: community.name,
        }
    }

    /// Assets whose box touches this one and that pass, by layer and row.
    pub(super) fn in_box(
        &self,
        bbox: Bbox,
        filter: &Filter,
        pass: impl Fn(&AssetRef) -> bool,
    ) -> Vec<AssetRef<'_>> {
        let mut found = Vec::new();
        for (ordinal, file, loaded, kinds) in self.filtered(filter) {
            let rows = loaded.tree.touching(&loaded.layer, bbox);
            let mut rows: Vec<u32> = rows
                .filter(|&row| kinds.pass(loaded.layer.kind(row)))
                .collect();
            rows.sort_unstable();
            let assets = rows
                .into_iter()
                .map(|row| self.asset_ref(ordinal, file, loaded, row));
            found.extend(assets.filter(&pass));
        }
        found
    }

    /// The loaded layers that a filter lets pass, and its kinds.
    pub(super) fn filtered<'c, 'f>(
        &'c self,
        filter: &'f Filter,
    ) -> impl Iterator<Item = (usize, &'c LayerFile, &'c Loaded, Kinds)> + use<'c, 'f> {
        let kinds = self.wanted_kinds(filter.kinds.as_deref());
        self.loaded()
            .filter(|(_, file, _)| {
                filter
                    .layers
                    .as_ref()
                    .is_none_or(|layers| layers.contains(&file.id))
            })
            .map(move |(ordinal, file, loaded)| (ordinal, file, loaded, kinds.clone()))
    }

    pub(super) fn wanted_kinds(&self, kinds: Option<&[AssetKindId]>) -> Kinds {
        let kinds = kinds.map(|kinds| {
            let wanted = |kind: &crate::catalog::AssetKind| kinds.contains(&kind.id);
            self.catalog.asset_kinds.iter().map(wanted).collect()
        });
        Kinds(kinds)
    }
}

/// Which kinds of the catalogue are wanted; all where it does not say.
#[derive(Debug, Clone)]
pub(super) struct Kinds(Option<Vec<bool>>);

impl Kinds {
    pub(super) fn pass(&self, kind: usize) -> bool {
        (self.0.as_ref()).is_none_or(|wanted| wanted.get(kind) == Some(&true))
    }
}

/// The name with the least measure, the first of equals by name.
#[derive(Debug, Default)]
struct Nearest {
    measure: f64,
    name: Option<String>,
}

impl Nearest {
    fn offer(&mut self, measure: f64, name: impl Fn() -> Option<String>) {
        if self.name.is_some() && self.measure < measure {
            return;
        }
        let Some(name) = name() else { return };
        let better = match &self.name {
            Some(old) => (measure, &name) < (self.measure, old),
            None => true,
        };
        if better {
            *self = Nearest {
                measure,
                name: Some(name),
            };
        }
    }
}

fn hit((asset, metres): (AssetRef, f64)) -> Hit {
    Hit {
        asset: asset.summary(),
        metres,
    }
}

/// Points before lines before areas.
fn shape_rank(asset: &AssetRef) -> u8 {
    match asset.kind().geometry {
        GeometryType::Point => 0,
        GeometryType::Line => 1,
        GeometryType::Polygon => 2,
    }
}
