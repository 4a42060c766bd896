//! An area that is asked about.

use crate::geodesy::{Bbox, LonLat};
use geo::Intersects;
use geo_types::{Coord, LineString, Point, Polygon};

/// A drawn area: rings, the outer one first, closed or not, run either way.
#[derive(Debug)]
pub struct Area {
    polygon: Polygon<f64>,
    bbox: Bbox,
}

impl Area {
    /// The area of some rings; none where there is no ring, or one off
    /// the globe.
    pub fn of(rings: &[Vec<LonLat>]) -> Option<Self> {
        if !rings.iter().flatten().all(LonLat::is_valid) {
            return None;
        }
        let (outer, holes) = rings.split_first()?;
        let bbox = Bbox::around(outer.iter().copied())?;
        Some(Area {
            polygon: Polygon::new(ring(outer), holes.iter().map(|h| ring(h)).collect()),
            bbox,
        })
    }

    /// The box around it.
    pub fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// True where the place lies inside or on the border.
    pub fn covers(&self, p: LonLat) -> bool {
        self.polygon.intersects(&Point::new(p.lon, p.lat))
    }
}

fn ring(places: &[LonLat]) -> LineString<f64> {
    places
        .iter()
        .map(|p| Coord { x: p.lon, y: p.lat })
        .collect::<Vec<_>>()
        .into()
}
