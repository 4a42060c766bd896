//! What events say of assets, over the layers' files.

use super::detail::whole;
use super::loaded::Loaded;
use super::{Asset, City};
use crate::catalog::{AssetKindId, GeometryType};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use crate::ingest::read_properties;
use crate::layer::{Beside, Pieces};
use crate::log::{AssetAdded, Position};
use crate::order::sort;
use std::borrow::Cow;
use std::sync::Arc;

/// What is known of an asset beside its layer's file.
#[derive(Debug, Clone, PartialEq)]
pub struct Amendment {
    /// The asset.
    pub uid: AssetUid,
    /// As it was put on the map. Once a layer's file has its uid, that row is the asset.
    pub added: Option<Arc<AssetAdded>>,
    /// Where it stands now; of a point only.
    pub at: Option<Position>,
    /// Whether it is not there any more.
    pub is_gone: bool,
    /// Whether it counts, where no file has it.
    pub is_part: bool,
}

impl City {
    /// Lays all of these over the layers, and takes off what was laid over them before. The
    /// layers' own bytes stay as they are. What has another place, or was added, has the mark 0;
    /// all tiles are then stale.
    pub fn amend(&mut self, amendments: Vec<Amendment>) {
        self.amended = amendments;
        for ordinal in 0..self.catalog.layers.len() {
            self.lay_over(ordinal);
        }
    }

    /// Lays what is known over one layer, by its position in the catalogue: what has gone or
    /// stands elsewhere is not found in the file's rows any more, and what is elsewhere or was
    /// added stands in rows beside them.
    pub(super) fn lay_over(&mut self, ordinal: usize) {
        let mut beside = Beside::default();
        let (mut hidden, mut uncounted) = (Vec::new(), Vec::new());
        let mut rows = 0;
        let base = self.layers.get(ordinal).and_then(Option::as_ref);
        for amendment in &self.amended {
            let row = base.and_then(|base| base.layer.row_of(&amendment.uid));
            let there = match (base.zip(row), &amendment.added) {
                (Some((_, row)), _) if amendment.is_gone => {
                    hidden.push(row);
                    None
                }
                (Some((base, row)), _) => amendment.at.and_then(|at| {
                    hidden.extend(base.is_point(row).then_some(row));
                    base.is_point(row).then(|| {
                        let kind = base.layer.kind(row);
                        (at, kind, base.layer.pieces(row).map(Cow::into_owned))
                    })
                }),
                (None, Some(added)) if !amendment.is_gone => {
                    let kind = self.point_of(ordinal, &added.asset.kind);
                    kind.map(|kind| {
                        let at = amendment.at.unwrap_or(added.asset.at);
                        (at, kind, self.pieces_of(ordinal, added))
                    })
                }
                (None, _) => None,
            };
            let Some((at, kind, pieces)) = there else {
                continue;
            };
            let (lon, lat) = at.degrees();
            let pieces: Pieces<'_> = pieces.map(Cow::Owned);
            beside.point(amendment.uid, kind as u16, LonLat::new(lon, lat), pieces);
            if row.is_none() && !amendment.is_part {
                uncounted.push(rows);
            }
            rows += 1;
        }
        sort(&mut hidden);
        if let Some(Some(base)) = self.layers.get_mut(ordinal) {
            base.tree.hide(hidden);
        }
        let base = self.layers.get(ordinal).and_then(Option::as_ref);
        let fields = base.and_then(|base| base.fields.clone());
        let over = ordinal + self.catalog.layers.len();
        if let Some(place) = self.layers.get_mut(over) {
            *place = beside.finish().map(|layer| Loaded {
                uncounted,
                fields,
                ..Loaded::new(layer)
            });
        }
    }

    /// Where in the catalogue a kind of points stands, if this layer is the first that takes it.
    fn point_of(&self, ordinal: usize, id: &AssetKindId) -> Option<usize> {
        let mut layers = self.catalog.layers.iter();
        let first = layers.position(|layer| layer.kinds.contains(id))?;
        let mut kinds = self.catalog.asset_kinds.iter();
        let kind = kinds.position(|kind| kind.id == *id && kind.geometry == GeometryType::Point)?;
        (first == ordinal).then_some(kind)
    }

    /// An asset that no layer shows, as somebody put it on the map or as work on it names it: a card of
    /// it can still be shown; nothing else finds it. None where no layer takes its kind.
    pub fn remembered(&self, added: &AssetAdded) -> Option<Asset> {
        let id = &added.asset.kind;
        let mut layers = self.catalog.layers.iter().enumerate();
        let (ordinal, file) = layers.find(|(_, layer)| layer.kinds.contains(id))?;
        let mut kinds = self.catalog.asset_kinds.iter();
        let kind = kinds.position(|kind| kind.id == *id)?;
        let pieces = self.pieces_of(ordinal, added);
        let pieces: Pieces<'_> = pieces.map(Cow::Owned);
        let (lon, lat) = added.asset.at.degrees();
        let mut beside = Beside::default();
        beside.point(added.asset.uid, kind as u16, LonLat::new(lon, lat), pieces);
        let layer = beside.finish()?;
        Some(whole(&self.asset_of(ordinal, file, &layer, 0)))
    }

    /// What the row of an asset says that was put on the map.
    fn pieces_of(&self, ordinal: usize, added: &AssetAdded) -> [String; 5] {
        let properties = added.properties.as_ref().map_or("", |json| json.0.get());
        let fields = self.catalog.layers.get(ordinal).map(|layer| &layer.fields);
        let street = fields.and_then(|fields| {
            let mut all = read_properties(properties).into_iter();
            let (_, street) = all.find(|(name, _)| *name == fields.street)?;
            Some(street.as_str()?.to_owned())
        });
        [
            properties.to_owned(),
            json_text(added.asset.code.as_deref()),
            json_text(added.asset.name.as_deref()),
            json_text(street.as_deref()),
            String::new(),
        ]
    }
}

/// A text as JSON; nothing for none.
fn json_text(text: Option<&str>) -> String {
    let written = text.map(serde_json::to_string);
    written.and_then(Result::ok).unwrap_or_default()
}
