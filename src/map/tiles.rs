//! The protocol by which MapLibre asks us for tiles.

use mendmap_core::city::TileId;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Makes tiles. Dropping the future takes the question back.
pub type TileSource = Rc<dyn Fn(TileId) -> TileFuture>;

/// A tile on its way.
pub type TileFuture = Pin<Box<dyn Future<Output = Result<js_sys::ArrayBuffer, TileError>>>>;

/// Why there is no tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The worker is gone.
    #[error("the worker that makes tiles is gone")]
    Gone,
    /// The tile could not be made.
    #[error("tile could not be made: {0}")]
    Failed(String),
}

/// Reads the end of a tile's address, `…/z/x/y`.
pub(super) fn tile_of(url: &str) -> Option<TileId> {
    let mut parts = url.split('/').rev();
    let y = parts.next()?.parse().ok()?;
    let x = parts.next()?.parse().ok()?;
    let z = parts.next()?.parse().ok()?;
    let side = 1u32.checked_shl(u32::from(z))?;
    (x < side && y < side).then_some(TileId { z, x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_tile_of_the_world() {
        assert_eq!(
            tile_of("mendmap://tiles/14/13812/5990"),
            Some(TileId {
                z: 14,
                x: 13812,
                y: 5990
            })
        );
        for bad in [
            "mendmap://tiles/1/2/0",
            "mendmap://tiles/1/0",
            "14/a/3",
            "40/0/0",
            "",
        ] {
            assert_eq!(tile_of(bad), None, "{bad}");
        }
    }
}
