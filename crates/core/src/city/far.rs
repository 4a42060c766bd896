//! Whether a place is the city's.

use crate::catalog;
use crate::geodesy::{LonLat, length_m};

/// Metres to the city's bounds, where a place lies farther off than anybody works for it: then it was
/// most likely typed wrongly.
pub fn far_off_m(city: &catalog::City, at: LonLat) -> Option<f64> {
    const FAR_M: f64 = 50_000.0;
    let [west, south, east, north] = city.bounds;
    let lon = at.lon.max(west).min(east);
    let lat = at.lat.max(south).min(north);
    let metres = length_m(&[at, LonLat::new(lon, lat)]);
    (metres > FAR_M).then_some(metres)
}
