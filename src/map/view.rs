//! Where the map looks, and the short form of it that stands in a link.

use mendmap_core::geodesy::LonLat;
use mendmap_core::geodesy::mercator::MAX_LAT;

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
    /// `#zoom/latitude/longitude`, as precise as the zoom makes sense of.
    pub fn to_hash(&self) -> String {
        // One pixel is 360 / (512 · 2^z) degrees wide; half of that is precise enough.
        let digits = ((self.zoom * std::f64::consts::LN_2 + (TILE_PX / 360.0).ln())
            / std::f64::consts::LN_10)
            .ceil()
            .clamp(0.0, 8.0) as usize;
        let zoom = (self.zoom * 100.0).round() / 100.0;
        format!(
            "#{zoom}/{:.digits$}/{:.digits$}",
            self.center.lat, self.center.lon
        )
    }

    /// Reads what [`View::to_hash`] wrote, with or without the `#`; `None` for
    /// anything that is no place on the map.
    pub fn from_hash(hash: &str) -> Option<View> {
        let mut parts = hash.trim_start_matches('#').split('/');
        let mut number = || parts.next()?.parse::<f64>().ok().filter(|n| n.is_finite());
        let (zoom, y, x) = (number()?, number()?, number()?);
        let on_the_map = (0.0..=MAX_ZOOM + 4.0).contains(&zoom)
            && (-MAX_LAT..=MAX_LAT).contains(&y)
            && (-180.0..=180.0).contains(&x);
        on_the_map.then_some(View {
            center: LonLat::new(x, y),
            zoom: zoom.min(MAX_ZOOM),
        })
    }

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
    fn a_link_says_zoom_latitude_longitude() {
        assert_eq!(
            view(15.2, 123.5, 43.52).to_hash(),
            "#15.2/43.52000/123.50000"
        );
        assert_eq!(view(3.0, 123.5, 43.52).to_hash(), "#3/43.52/123.50");
    }

    #[test]
    fn a_link_brings_back_the_place_to_less_than_a_pixel() {
        for zoom in [2.0, 9.37, 14.0, 17.26, 20.0] {
            let before = view(zoom, 123.498_765_432, 43.512_345_678);
            let after = View::from_hash(&before.to_hash());
            let Some(after) = after else {
                panic!("{} is not read", before.to_hash());
            };
            let px = 360.0 / (TILE_PX * zoom.exp2());
            assert!((after.center.lon - before.center.lon).abs() < px);
            assert!((after.center.lat - before.center.lat).abs() < px);
            assert!((after.zoom - before.zoom).abs() < 0.01);
        }
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for hash in [
            "",
            "#",
            "#15",
            "#15/43",
            "#a/b/c",
            "#15/91/123",
            "#15/43/190",
            "#-1/43/123",
            "#NaN/43/123",
            "#15/inf/123",
            "#/settings",
        ] {
            assert_eq!(View::from_hash(hash), None, "{hash}");
        }
    }

    #[test]
    fn more_after_the_view_is_left_to_the_page() {
        assert_eq!(
            View::from_hash("15.5/43.5/123.4/storm-drain"),
            Some(view(15.5, 123.4, 43.5))
        );
    }

    #[test]
    fn a_pixel_at_shuangliao() {
        let m = view(16.0, 123.5, 43.52).metres_per_px();
        assert!((m - 0.866).abs() < 0.001, "{m}");
    }
}
