//! Tiles and marks.

use super::City;
use crate::geodesy::Bbox;
use crate::ids::AssetUid;
use crate::tile::{Source, TileId, encode};

/// Bits of a feature's id that hold its row.
const ROW_BITS: u32 = 24;

impl City {
    /// A Mapbox vector tile (version 2) with one layer a catalogue layer, named
    /// by its id; empty bytes where there is nothing. Attributes of a feature:
    ///
    /// * id: an integer unique in the city, see [`City::feature_id`];
    /// * `k`: asset kind; `s`: mark, absent where 0; `l`: its name, from the
    ///   zoom where names are written; `g`: the property `grade` as text, of lines.
    ///
    /// A line runs in the direction of its file, so that flow can be drawn. An
    /// area comes twice where it has a mark or a name to be written: as a polygon and, in the one tile where its
    /// inner point lies, as a point, which carries `l`.
    ///
    /// From zoom 14 on every feature is drawn; below, of small ones that fall on one spot one of the
    /// rarest kind is drawn, and marked ones always. A spot is two pixels wide in zoom 13, and four
    /// below. Below a layer's
    /// `min_zoom` only what is marked is drawn. The map asks for no zoom beyond
    /// [`MAX_ZOOM`](super::MAX_ZOOM) and enlarges instead.
    pub fn tile(&self, tile: TileId) -> Vec<u8> {
        let sources = self.loaded().map(|(ordinal, file, loaded)| Source {
            name: &file.id.0,
            layer: &loaded.layer,
            tree: &loaded.tree,
            marks: &loaded.marks,
            first_id: (ordinal as u64) << ROW_BITS,
            min_zoom: file.min_zoom,
            kinds: &self.catalog.asset_kinds,
            of_kind: &loaded.of_kind,
        });
        encode(tile, sources)
    }

    /// The integer by which tiles name an asset.
    pub fn feature_id(&self, uid: &AssetUid) -> Option<u64> {
        let asset = self.locate(uid)?;
        Some(((asset.ordinal as u64) << ROW_BITS) | u64::from(asset.row))
    }

    /// The asset that tiles name by this integer.
    pub fn uid_of(&self, feature_id: u64) -> Option<AssetUid> {
        let ordinal = usize::try_from(feature_id >> ROW_BITS).ok()?;
        let layer = &self.layers.get(ordinal)?.as_ref()?.layer;
        let row = (feature_id & ((1 << ROW_BITS) - 1)) as u32;
        (row < layer.len()).then(|| layer.uid(row))
    }

    /// Sets the mark of every asset. All tiles are then stale.
    pub fn set_marks(&mut self, mark: &dyn Fn(&AssetUid) -> u8) {
        for loaded in self.layers.iter_mut().flatten() {
            for (row, place) in (0..).zip(&mut loaded.marks) {
                *place = mark(&loaded.layer.uid(row));
            }
        }
    }

    /// Sets the mark of one asset and tells the box whose tiles are then stale
    /// (see [`tiles_touching`](super::tiles_touching)); none where nothing changed.
    pub fn set_mark(&mut self, uid: &AssetUid, mark: u8) -> Option<Bbox> {
        let (ordinal, row) = self.locate(uid).map(|asset| (asset.ordinal, asset.row))?;
        let loaded = self.layers.get_mut(ordinal)?.as_mut()?;
        let place = loaded.marks.get_mut(row as usize)?;
        let changed = std::mem::replace(place, mark) != mark;
        changed.then(|| loaded.layer.geometry(row).bbox())
    }
}
