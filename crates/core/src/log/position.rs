//! Places on the ground, without floats.

use serde::{Deserialize, Serialize};

/// A place in units of 1e-7 degrees (about 1 cm), WGS 84. Written `[lon, lat]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(i32, i32)", into = "(i32, i32)")]
pub struct Position {
    /// Longitude, 1e-7 degrees east.
    pub lon: i32,
    /// Latitude, 1e-7 degrees north.
    pub lat: i32,
}

/// Units of a [`Position`] in one degree.
const PER_DEGREE: f64 = 1e7;

impl Position {
    /// The place at these degrees, rounded once, here. `None` unless it is on earth.
    pub fn from_degrees(lon: f64, lat: f64) -> Option<Self> {
        let on_earth = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        on_earth.then(|| Position {
            lon: (lon * PER_DEGREE).round() as i32,
            lat: (lat * PER_DEGREE).round() as i32,
        })
    }

    /// Longitude and latitude in degrees, for showing and for distances; folds
    /// never ask for it.
    pub fn degrees(&self) -> (f64, f64) {
        (
            f64::from(self.lon) / PER_DEGREE,
            f64::from(self.lat) / PER_DEGREE,
        )
    }

    /// As GeoJSON has it: degrees east and north with all 7 decimals, to the digit.
    pub fn geojson(&self) -> String {
        format!("[{},{}]", decimals(self.lon), decimals(self.lat))
    }
}

/// Units of 1e-7 degrees as degrees.
fn decimals(units: i32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let units = units.unsigned_abs();
    format!("{sign}{}.{:07}", units / 10_000_000, units % 10_000_000)
}

impl From<(i32, i32)> for Position {
    fn from((lon, lat): (i32, i32)) -> Self {
        Position { lon, lat }
    }
}

impl From<Position> for (i32, i32) {
    fn from(p: Position) -> Self {
        (p.lon, p.lat)
    }
}
