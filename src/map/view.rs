//! Where the map looks.

use mendmap_core::geodesy::LonLat;

/// Where the map looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Middle of the map, degrees (WGS 84).
    pub center: LonLat,
    /// Zoom level of 512-pixel tiles, with fractions.
    pub zoom: f64,
}

/// Closest zoom the map goes to.
pub(crate) const MAX_ZOOM: f64 = 20.0;
const EARTH_CIRCUMFERENCE_M: f64 = 40_075_016.686;
const TILE_PX: f64 = 512.0;

impl View {
    /// Metres on the ground that one pixel at the middle of the map covers.
    pub fn metres_per_px(&self) -> f64 {
        EARTH_CIRCUMFERENCE_M * self.center.lat.to_radians().cos() / (TILE_PX * self.zoom.exp2())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(zoom: f64, x: f64, y: f64) -> View {
        View {
            center: LonLat::new(x, y),
            zoom,
        }
    }

    #[test]
    fn a_pixel_at_shuangliao() {
        let m = view(16.0, 123.5, 43.52).metres_per_px();
        assert!((m - 0.866).abs() < 0.001, "{m}");
    }
}
