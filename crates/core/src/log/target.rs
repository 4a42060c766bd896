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
