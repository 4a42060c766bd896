//! How a picture in GCJ-02 must be pushed to fit a map in WGS 84.

use mendmap_core::city::TileId;
use mendmap_core::geodesy::mercator::{project, unproject};
use mendmap_core::geodesy::to_gcj02;

/// Side of a tile in its own pixels.
pub(super) const SIDE: f64 = 256.0;

/// A tile of the picture, and where its upper left corner lies on ours, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// The tile to fetch.
    pub(super) tile: TileId,
    /// To the right.
    pub(super) x: f64,
    /// Downwards.
    pub(super) y: f64,
}

/// The tile itself.
pub(super) fn straight(tile: TileId) -> Vec<Part> {
    vec![Part {
        tile,
        x: 0.0,
        y: 0.0,
    }]
}

/// The tiles of a GCJ-02 picture that cover one of ours. The shift is taken in
/// the tile's middle: within a tile it changes by less than a pixel where the
/// picture is close enough for the shift to be seen.
pub(super) fn shifted(tile: TileId) -> Vec<Part> {
    let side = f64::from(tile.z).exp2();
    let middle = [
        (f64::from(tile.x) + 0.5) / side,
        (f64::from(tile.y) + 0.5) / side,
    ];
    let there = project(to_gcj02(unproject(middle)));
    // What stands at our pixel p stands at p + d in the picture.
    let d = [0, 1].map(|axis| ((there[axis] - middle[axis]) * side * SIDE).round());
    let columns = cover(tile.x, d[0], side);
    let rows = cover(tile.y, d[1], side);
    let mut parts = Vec::new();
    for &(y, top) in &rows {
        for &(x, left) in &columns {
            parts.push(Part {
                tile: TileId { z: tile.z, x, y },
                x: left,
                y: top,
            });
        }
    }
    parts
}

/// Along one axis: the tiles that cover ours after the shift, and where they begin.
fn cover(index: u32, shift: f64, side: f64) -> Vec<(u32, f64)> {
    let from = f64::from(index) * SIDE + shift;
    let first = (from / SIDE).floor();
    [first, first + 1.0]
        .into_iter()
        .map(|i| (i, i * SIDE - from))
        .filter(|&(i, at)| (0.0..side).contains(&i) && at < SIDE)
        .map(|(i, at)| (i as u32, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mendmap_core::geodesy::LonLat;

    fn tile_at(lon: f64, lat: f64, z: u8) -> TileId {
        let [x, y] = project(LonLat::new(lon, lat)).map(|t| (t * f64::from(z).exp2()) as u32);
        TileId { z, x, y }
    }

    #[test]
    fn at_shuangliao_the_picture_is_pushed_back_by_270_m_and_499_m() {
        let tile = tile_at(123.5, 43.52, 16);
        let parts = shifted(tile);
        // How far east and south in the picture our upper left corner stands.
        let [x, y] = parts
            .first()
            .map(|p| {
                let tiles = |theirs: u32, ours: u32| (f64::from(theirs) - f64::from(ours)) * SIDE;
                [tiles(p.tile.x, tile.x) - p.x, tiles(p.tile.y, tile.y) - p.y]
            })
            .unwrap_or_default();
        // Metres a pixel of a 256-pixel tile covers there.
        let m = 40_075_016.686 * 43.52f64.to_radians().cos() / (SIDE * 16f64.exp2());
        // The picture shows a place too far to the north-east.
        assert!((x * m - 499.0).abs() < 3.0, "{} m east", x * m);
        assert!((-y * m - 270.0).abs() < 3.0, "{} m north", -y * m);
    }

    #[test]
    fn the_parts_cover_the_tile_without_gap_or_overlap() {
        for z in [3, 9, 12, 14, 15, 16, 18] {
            let parts = shifted(tile_at(123.5, 43.52, z));
            let area: f64 = parts
                .iter()
                .map(|p| {
                    let along = |at: f64| (at + SIDE).min(SIDE) - at.max(0.0);
                    along(p.x) * along(p.y)
                })
                .sum();
            assert_eq!(area, SIDE * SIDE, "zoom {z}");
            assert!(parts.iter().all(|p| p.x < SIDE && p.y < SIDE));
        }
    }

    #[test]
    fn neighbours_join_within_a_pixel() {
        let tile = tile_at(123.5, 43.52, 15);
        let shift = |t: TileId| shifted(t).first().map(|p| (p.x, p.y)).unwrap_or_default();
        let next = TileId {
            x: tile.x + 1,
            ..tile
        };
        assert!((shift(tile).0 - shift(next).0).abs() <= 1.0);
        assert!((shift(tile).1 - shift(next).1).abs() <= 1.0);
    }

    #[test]
    fn nothing_is_pushed_abroad() {
        let tile = tile_at(-8.61, 41.15, 14);
        assert_eq!(shifted(tile), straight(tile));
    }
}
