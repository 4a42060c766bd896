//! The scale bar.

use crate::number;

/// A round distance and how many pixels it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Metres.
    pub metres: f64,
    /// Pixels.
    pub px: f64,
}

/// The longest round distance (1, 2 or 5 times a power of ten) that fits into `max_px`.
pub fn scale(metres_per_px: f64, max_px: f64) -> Scale {
    let most = (metres_per_px * max_px).max(f64::MIN_POSITIVE);
    let power = 10f64.powf(most.log10().floor());
    let step = [5.0, 2.0, 1.0]
        .into_iter()
        .find(|s| s * power <= most)
        .unwrap_or(1.0);
    let metres = step * power;
    Scale {
        metres,
        px: metres / metres_per_px,
    }
}

impl Scale {
    /// As printed: `200 m`, `5 km`, `200 米`, `5 公里`.
    pub fn label(&self, zh: bool) -> String {
        let (value, unit) = match (self.metres >= 1000.0, zh) {
            (true, true) => (self.metres / 1000.0, "公里"),
            (true, false) => (self.metres / 1000.0, "km"),
            (false, true) => (self.metres, "米"),
            (false, false) => (self.metres, "m"),
        };
        format!("{} {unit}", number::text(value, 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_round_and_fits() {
        for (per_px, metres) in [
            (0.87, 50.0),
            (1.73, 100.0),
            (55.0, 5000.0),
            (0.05, 2.0),
            (2.0, 100.0),
        ] {
            let s = scale(per_px, 96.0);
            assert_eq!(s.metres, metres, "{per_px} m/px");
            assert!(s.px <= 96.0 && s.px > 96.0 / 2.6, "{s:?}");
        }
    }

    #[test]
    fn the_unit_follows_the_distance_and_the_language() {
        let label = |metres, zh| Scale { metres, px: 80.0 }.label(zh);
        assert_eq!(label(200.0, true), "200 米");
        assert_eq!(label(200.0, false), "200 m");
        assert_eq!(label(2000.0, false), "2 km");
        assert_eq!(label(5000.0, true), "5 公里");
    }
}
