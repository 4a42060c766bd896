//! A place on the ellipsoid, and a box of places.

use serde::{Deserialize, Serialize};

/// Longitude and latitude in degrees, WGS 84 (CGCS2000 agrees to centimetres).
/// Written as `[lon, lat]`, as GeoJSON does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl LonLat {
    /// A place from its degrees east and north.
    pub const fn new(lon: f64, lat: f64) -> Self {
        LonLat { lon, lat }
    }

    /// True where both degrees are numbers on the globe.
    pub fn is_valid(&self) -> bool {
        self.lon.abs() <= 180.0 && self.lat.abs() <= 90.0
    }
}

impl From<[f64; 2]> for LonLat {
    fn from([lon, lat]: [f64; 2]) -> Self {
        LonLat { lon, lat }
    }
}

impl From<LonLat> for [f64; 2] {
    fn from(p: LonLat) -> Self {
        [p.lon, p.lat]
    }
}

/// A box between two meridians and two parallels, in degrees, borders included.
/// Written as `[west, south, east, north]`. It does not cross the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 4]", into = "[f64; 4]")]
pub struct Bbox {
    /// Western border.
    pub west: f64,
    /// Southern border.
    pub south: f64,
    /// Eastern border.
    pub east: f64,
    /// Northern border.
    pub north: f64,
}

impl Bbox {
    /// The smallest box around some places; none where there are no places.
    pub fn around(places: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        let mut places = places.into_iter();
        let mut bbox = Bbox::from(places.next()?);
        for p in places {
            bbox = bbox.with(p);
        }
        Some(bbox)
    }

    /// The smallest box around this one and a place.
    pub fn with(self, p: LonLat) -> Self {
        Bbox {
            west: less(self.west, p.lon),
            south: less(self.south, p.lat),
            east: more(self.east, p.lon),
            north: more(self.north, p.lat),
        }
    }

    /// The smallest box around two.
    pub fn union(self, other: Bbox) -> Self {
        self.with(other.south_west()).with(other.north_east())
    }

    /// True where the place lies inside or on the border.
    pub fn contains(&self, p: LonLat) -> bool {
        (self.west..=self.east).contains(&p.lon) && (self.south..=self.north).contains(&p.lat)
    }

    /// True where the boxes share at least a border.
    pub fn touches(&self, other: &Bbox) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Its middle, in degrees.
    pub fn center(&self) -> LonLat {
        LonLat::new(
            (self.west + self.east) / 2.0,
            (self.south + self.north) / 2.0,
        )
    }

    /// Its lower left corner.
    pub fn south_west(&self) -> LonLat {
        LonLat::new(self.west, self.south)
    }

    /// Its corners, anticlockwise from the lower left.
    pub fn corners(&self) -> [LonLat; 4] {
        [
            self.south_west(),
            LonLat::new(self.east, self.south),
            self.north_east(),
            LonLat::new(self.west, self.north),
        ]
    }

    /// Its upper right corner.
    pub fn north_east(&self) -> LonLat {
        LonLat::new(self.east, self.north)
    }
}

impl From<LonLat> for Bbox {
    fn from(p: LonLat) -> Self {
        Bbox {
            west: p.lon,
            south: p.lat,
            east: p.lon,
            north: p.lat,
        }
    }
}

impl From<[f64; 4]> for Bbox {
    fn from([west, south, east, north]: [f64; 4]) -> Self {
        Bbox {
            west,
            south,
            east,
            north,
        }
    }
}

impl From<Bbox> for [f64; 4] {
    fn from(b: Bbox) -> Self {
        [b.west, b.south, b.east, b.north]
    }
}

/// The lesser of two numbers. In WebAssembly `f64::min` is a call; a comparison is none.
#[inline]
pub(crate) fn less(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The greater of two numbers, by the same way.
#[inline]
pub(crate) fn more(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_corners_go_round_it() {
        let b = Bbox::from([1.0, 2.0, 3.0, 4.0]);
        let corners = b.corners().map(|at| [at.lon, at.lat]);
        assert_eq!(corners, [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]]);
        assert_eq!(Bbox::around(b.corners()), Some(b));
    }

    #[test]
    fn written_as_geojson_writes_them() {
        let p = LonLat::new(123.5, 43.52);
        assert_eq!(serde_json::to_string(&p).unwrap(), "[123.5,43.52]");
        assert_eq!(serde_json::from_str::<LonLat>("[123.5,43.52]").unwrap(), p);
        let b = Bbox::around([LonLat::new(1.0, 4.0), LonLat::new(3.0, 2.0)]).unwrap();
        assert_eq!(serde_json::to_string(&b).unwrap(), "[1.0,2.0,3.0,4.0]");
    }

    #[test]
    fn a_box_knows_what_touches_it() {
        let b = Bbox::from([0.0, 0.0, 2.0, 1.0]);
        assert!(b.contains(LonLat::new(2.0, 1.0)) && !b.contains(LonLat::new(2.1, 1.0)));
        assert!(b.touches(&Bbox::from([2.0, 1.0, 3.0, 3.0])));
        assert!(!b.touches(&Bbox::from([0.0, 1.1, 3.0, 3.0])));
        assert!(!LonLat::new(f64::NAN, 0.0).is_valid());
    }
}
