//! Which tiles are asked for again. MapLibre asks for no tile a second time while it is on its
//! way; a change that meets one there is remembered until it has come.

use mendmap_core::city::TileId;
use std::mem::take;

/// Tiles that show what is no longer so.
#[derive(Debug, PartialEq, Eq)]
pub enum Redraw {
    /// These, where they are shown.
    Tiles(Vec<TileId>),
    /// All that are shown.
    All,
}

impl Default for Redraw {
    fn default() -> Self {
        Redraw::Tiles(Vec::new())
    }
}

/// Tiles on their way to the map, and what they missed there. What is to be asked for is always
/// said by name: MapLibre takes a wish for all of them, while the style changes, for one to draw
/// the same bytes again.
#[derive(Debug, Default)]
pub(super) struct Coming {
    tiles: Vec<TileId>,
    missed: Redraw,
    /// What was asked for last, whether it has come or not; among it is all that is shown.
    known: Vec<TileId>,
}

impl Coming {
    /// The map wants a tile.
    pub(super) fn asked(&mut self, tile: TileId) {
        for tiles in [&mut self.tiles, &mut self.known] {
            tiles.retain(|known| *known != tile);
            tiles.push(tile);
        }
        let forgotten = self.known.len().saturating_sub(KNOWN);
        self.known.drain(..forgotten);
    }

    /// A tile is drawn. Gives what is to be asked for now.
    pub(super) fn came(&mut self, tile: TileId) -> Vec<TileId> {
        self.taken_back(tile);
        match self.tiles.is_empty() {
            true => self.missed(),
            false => Vec::new(),
        }
    }

    /// A tile failed, or is not wanted any more.
    pub(super) fn taken_back(&mut self, tile: TileId) {
        self.tiles.retain(|coming| *coming != tile);
    }

    /// Everything is drawn: what has not come by now was taken back. Gives what is to be asked for
    /// now.
    pub(super) fn rested(&mut self) -> Vec<TileId> {
        self.tiles.clear();
        self.missed()
    }

    /// Something changed. Gives what is to be asked for now. A change of everything waits until the
    /// last tile has come: layers come one by one while a city is read, and each changes everything.
    pub(super) fn changed(&mut self, stale: Redraw) -> Vec<TileId> {
        match (stale, &mut self.missed) {
            (_, Redraw::All) => Vec::new(),
            (Redraw::All, _) if self.tiles.is_empty() => self.known.clone(),
            (Redraw::All, missed) => {
                *missed = Redraw::All;
                Vec::new()
            }
            (Redraw::Tiles(mut stale), Redraw::Tiles(missed)) => {
                stale.retain(|tile| {
                    let is_coming = self.tiles.contains(tile);
                    if is_coming {
                        missed.push(*tile);
                    }
                    !is_coming
                });
                stale
            }
        }
    }

    /// Some tile could not be had: all are asked for again once the map rests.
    pub(super) fn failed(&mut self) {
        self.missed = Redraw::All;
    }

    fn missed(&mut self) -> Vec<TileId> {
        match take(&mut self.missed) {
            Redraw::Tiles(tiles) => tiles,
            Redraw::All => self.known.clone(),
        }
    }
}

/// How many tiles are known: more than the largest window shows.
const KNOWN: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(x: u32) -> TileId {
        TileId { z: 14, x, y: 0 }
    }

    fn tiles(xs: &[u32]) -> Vec<TileId> {
        xs.iter().copied().map(tile).collect()
    }

    fn coming(xs: &[u32]) -> Coming {
        let mut coming = Coming::default();
        for tile in tiles(xs) {
            coming.asked(tile);
        }
        coming
    }

    #[test]
    fn what_is_shown_is_asked_for_at_once_and_what_is_on_its_way_when_all_have_come() {
        let mut coming = coming(&[1, 2]);
        assert_eq!(coming.changed(Redraw::Tiles(tiles(&[1, 3]))), tiles(&[3]));
        assert_eq!(coming.came(tile(1)), [], "the other is on its way");
        assert_eq!(coming.came(tile(2)), tiles(&[1]));
        assert_eq!(coming.rested(), [], "it is asked for once");
    }

    #[test]
    fn layers_that_come_one_by_one_are_one_change_of_everything() {
        let mut coming = coming(&[1, 2]);
        for _layer in 0..3 {
            assert_eq!(coming.changed(Redraw::All), []);
        }
        let mark = Redraw::Tiles(tiles(&[7]));
        assert_eq!(coming.changed(mark), [], "everything has it");
        assert_eq!(coming.came(tile(1)), []);
        assert_eq!(coming.came(tile(2)), tiles(&[1, 2]));
        let all = coming.changed(Redraw::All);
        assert_eq!(all, tiles(&[1, 2]), "nothing is on its way");
    }

    #[test]
    fn a_tile_that_was_taken_back_holds_nothing_up() {
        let mut coming = coming(&[1, 2]);
        assert_eq!(coming.changed(Redraw::All), []);
        coming.taken_back(tile(2));
        assert_eq!(coming.came(tile(1)), tiles(&[1, 2]));
        // The map's worker had it already, and the map says of it no more than that it rests.
        coming.asked(tile(3));
        assert_eq!(coming.changed(Redraw::All), []);
        assert_eq!(coming.rested(), tiles(&[1, 2, 3]));
        assert_eq!(
            coming.changed(Redraw::Tiles(tiles(&[3]))),
            tiles(&[3]),
            "nothing is on its way"
        );
    }

    #[test]
    fn a_tile_that_failed_is_asked_for_again_with_all() {
        let mut coming = coming(&[1]);
        coming.failed();
        assert_eq!(coming.came(tile(1)), tiles(&[1]));
    }

    #[test]
    fn no_more_is_known_than_a_window_shows() {
        let mut coming = coming(&[]);
        for x in 0..1000 {
            coming.asked(tile(x));
            coming.came(tile(x));
        }
        let all = coming.changed(Redraw::All);
        assert_eq!((all.len(), all.last()), (KNOWN, Some(&tile(999))));
    }
}
