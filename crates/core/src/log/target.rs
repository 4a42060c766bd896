//! What a task is about.

use super::Position;
use crate::catalog::{AssetKindId, PlaceType};
use crate::ids::AssetUid;
use serde::{Deserialize, Serialize};

/// What a task is about. It snapshots what it names, so that a layer imported
/// again later does not change what was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// One asset.
    Asset(AssetSnapshot),
    /// A set of assets, ticked one by one.
    Round(Round),
    /// A place drawn on the map.
    Place(Place),
}

/// An asset as it was when somebody wrote about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetSnapshot {
    /// Its uid, for life.
    pub uid: AssetUid,
    /// Its 16-digit code, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its name, where it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its kind.
    pub kind: AssetKindId,
    /// Where it was; for lines and areas, a place on it.
    pub at: Position,
}

/// A set of assets to be done one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// For example the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The assets, in the order in which they are best visited.
    pub assets: Vec<AssetSnapshot>,
}

/// A place drawn on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its geometry.
    pub shape: Shape,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Geometry of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A bare place.
    Point(Position),
    /// A line.
    Line(Vec<Position>),
    /// Rings, the outer one first; the last position of a ring is not repeated.
    Polygon(Vec<Vec<Position>>),
}

impl Target {
    /// The assets it names, in order; none for a place.
    pub fn assets(&self) -> &[AssetSnapshot] {
        match self {
            Target::Asset(a) => std::slice::from_ref(a),
            Target::Round(r) => &r.assets,
            Target::Place(_) => &[],
        }
    }

    /// The asset with this uid, if it is part of the target.
    pub fn asset(&self, uid: AssetUid) -> Option<&AssetSnapshot> {
        self.assets().iter().find(|a| a.uid == uid)
    }

    /// A position to send somebody to: the asset, the first asset of a round, the
    /// first position of a line or area. `None` for an empty round or shape.
    pub fn position(&self) -> Option<Position> {
        match self {
            Target::Asset(a) => Some(a.at),
            Target::Round(r) => r.assets.first().map(|a| a.at),
            Target::Place(p) => p.shape.positions().next(),
        }
    }
}

/// Whether two sides of a ring cross or touch that are no neighbours; it then has no inside
/// to speak of. The last position is not repeated. Positions are integers, and so are the
/// turns between them: exact for whatever is smaller than half the earth.
pub fn crosses_itself(ring: &[Position]) -> bool {
    let sides = ring.len();
    let side = |i: usize| [ring[i], ring[(i + 1) % sides]];
    let turn = |a: Position, b: Position, c: Position| {
        let far = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let [to_b, to_c] = [b, c].map(|p| [far(a.lon, p.lon), far(a.lat, p.lat)]);
        let (one, other) = (
            to_b[0].saturating_mul(to_c[1]),
            to_b[1].saturating_mul(to_c[0]),
        );
        one.cmp(&other) as i8
    };
    let within = |[a, b]: [Position; 2], c: Position| {
        let between = |a: i32, b: i32, c: i32| a.min(b) <= c && c <= a.max(b);
        between(a.lon, b.lon, c.lon) && between(a.lat, b.lat, c.lat)
    };
    let meet = |one: [Position; 2], two: [Position; 2]| {
        let ([a, b], [c, d]) = (one, two);
        let turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
        let touches = (turns[0] == 0 && within(one, c))
            || (turns[1] == 0 && within(one, d))
            || (turns[2] == 0 && within(two, a))
            || (turns[3] == 0 && within(two, b));
        touches || (turns[0] * turns[1] < 0 && turns[2] * turns[3] < 0)
    };
    (0..sides).any(|i| {
        let others = i + 2..sides;
        others
            .filter(|j| (j + 1) % sides != i)
            .any(|j| meet(side(i), side(j)))
    })
}

/// Whether a shape of this kind has its corners: as many different places as it needs.
pub fn has_its_corners(shape: PlaceType, corners: &mut dyn Iterator<Item = Position>) -> bool {
    let needed = match shape {
        PlaceType::Point => 1,
        PlaceType::Line => 2,
        PlaceType::Polygon => 3,
    };
    let mut different = Vec::new();
    while different.len() < needed {
        match corners.next() {
            Some(corner) if different.contains(&corner) => {}
            Some(corner) => different.push(corner),
            None => return false,
        }
    }
    true
}

impl Shape {
    /// Which shape it is, in the catalogue's terms.
    pub fn place_type(&self) -> PlaceType {
        match self {
            Shape::Point(_) => PlaceType::Point,
            Shape::Line(_) => PlaceType::Line,
            Shape::Polygon(_) => PlaceType::Polygon,
        }
    }

    /// All its positions, in order.
    pub fn positions(&self) -> impl Iterator<Item = Position> + '_ {
        let (own, rings): (&[Position], &[Vec<Position>]) = match self {
            Shape::Point(p) => (std::slice::from_ref(p), &[]),
            Shape::Line(l) => (l, &[]),
            Shape::Polygon(rings) => (&[], rings),
        };
        own.iter().chain(rings.iter().flatten()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(i32, i32)]) -> Vec<Position> {
        let position = |&(lon, lat): &(i32, i32)| Position { lon, lat };
        corners.iter().map(position).collect()
    }

    #[test]
    fn a_bow_tie_crosses_itself_and_a_bent_ring_does_not() {
        for (corners, crosses) in [
            (&[(0, 0), (4, 0), (4, 4), (0, 4)][..], false),
            (&[(0, 0), (4, 4), (4, 0), (0, 4)], true),
            (&[(0, 0), (4, 0), (2, 1), (4, 4), (0, 4)], false),
            // A corner that lies on another side.
            (&[(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], true),
            // There and back.
            (&[(0, 0), (4, 0), (2, 0), (0, 4)], true),
            (&[(0, 0), (4, 0), (0, 4)], false),
            (&[(0, 0), (4, 0)], false),
            (&[], false),
        ] {
            assert_eq!(crosses_itself(&ring(corners)), crosses, "{corners:?}");
        }
    }
}
