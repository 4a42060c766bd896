//! What the map tells the page.

use super::view::View;
use mendmap_core::geodesy::LonLat;

/// Something happened on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum MapEvent {
    /// The map is there and can be talked to.
    Ready,
    /// A finger or a mouse tapped a place, or Enter was pressed over the crosshair.
    Tapped {
        /// The place.
        at: LonLat,
        /// Metres a pixel covers there, to turn a finger's width into a distance.
        metres_per_px: f64,
    },
    /// A finger rested on a place, or the mouse asked for a menu there.
    LongPressed {
        /// The place.
        at: LonLat,
    },
    /// The map came to rest somewhere else.
    Moved {
        /// Where it looks now.
        view: View,
    },
    /// A corner is wanted there, while something is drawn.
    Cornered {
        /// The place.
        at: LonLat,
    },
    /// A corner was moved.
    CornerMoved {
        /// Which, from 0.
        corner: usize,
        /// Where it is now.
        at: LonLat,
    },
    /// The last corner is to go.
    CornerBack,
    /// The drawing is to end: its last corner was touched again.
    DrawingClosed,
    /// The device knows where it is.
    Located(Fix),
    /// The device does not know where it is.
    LocateFailed(LocateError),
    /// The browser took the map's graphics away; it comes back by itself or not at all.
    ContextLost,
}

/// Where the device is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// The place, degrees (WGS 84).
    pub at: LonLat,
    /// Radius within which the device believes to be, metres.
    pub accuracy_m: f64,
    /// Direction of travel, degrees clockwise from north, where it is moving.
    pub heading: Option<f64>,
}

impl Fix {
    /// A fix worse than this, metres, is shown as rough.
    pub const ROUGH_M: f64 = 50.0;

    /// True where who puts work there must be told that it may be the house beside.
    pub fn is_rough(&self) -> bool {
        self.accuracy_m.is_nan() || self.accuracy_m > Fix::ROUGH_M
    }
}

/// Why the device does not know where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LocateError {
    /// The user or the system said no.
    #[error("location is not allowed")]
    Denied,
    /// The device has no fix.
    #[error("no position is available")]
    Unavailable,
    /// No fix in time.
    #[error("no position in time")]
    TimedOut,
    /// The page is not served over https, so the browser gives no location.
    #[error("location needs a secure page")]
    Insecure,
    /// The browser has no location.
    #[error("this browser has no location")]
    Unsupported,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rough_fix_is_told_from_a_good_one() {
        let fix = |accuracy_m| Fix {
            at: LonLat::new(123.5, 43.5),
            accuracy_m,
            heading: None,
        };
        assert!(!fix(8.0).is_rough());
        assert!(fix(900.0).is_rough());
        assert!(fix(f64::NAN).is_rough());
    }
}
