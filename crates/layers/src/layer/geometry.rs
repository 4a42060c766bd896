//! Geometries in columns: all positions of a layer in one run, with the ends
//! of parts and of rows beside it.

use super::Ends;
use crate::catalog::GeometryType;
use crate::geodesy::{Bbox, LonLat};

/// The geometry types of GeoJSON that a feature may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeoType {
    /// One position.
    Point,
    /// Positions.
    MultiPoint,
    /// A line.
    LineString,
    /// Lines.
    MultiLineString,
    /// An area: a ring, and those of its holes.
    Polygon,
    /// Areas.
    MultiPolygon,
}

impl GeoType {
    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        use GeoType::*;
        [
            Point,
            MultiPoint,
            LineString,
            MultiLineString,
            Polygon,
            MultiPolygon,
        ]
        .into_iter()
        .find(|t| t.name() == name)
    }

    /// Its name in GeoJSON.
    pub fn name(self) -> &'static str {
        match self {
            GeoType::Point => "Point",
            GeoType::MultiPoint => "MultiPoint",
            GeoType::LineString => "LineString",
            GeoType::MultiLineString => "MultiLineString",
            GeoType::Polygon => "Polygon",
            GeoType::MultiPolygon => "MultiPolygon",
        }
    }

    /// Its shape.
    pub fn shape(self) -> GeometryType {
        match self {
            GeoType::Point | GeoType::MultiPoint => GeometryType::Point,
            GeoType::LineString | GeoType::MultiLineString => GeometryType::Line,
            GeoType::Polygon | GeoType::MultiPolygon => GeometryType::Polygon,
        }
    }

    /// How many arrays stand around a position in `coordinates`.
    pub fn depth(self) -> u8 {
        match self {
            GeoType::Point => 0,
            GeoType::MultiPoint | GeoType::LineString => 1,
            GeoType::MultiLineString | GeoType::Polygon => 2,
            GeoType::MultiPolygon => 3,
        }
    }
}

/// What a run of positions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Points, one or several.
    Points,
    /// A line.
    Line,
    /// The outer ring of an area; closed, counterclockwise.
    Outer,
    /// A ring around a hole of the area before it; closed, clockwise.
    Hole,
}

/// One geometry: parts, each a run of positions. Rings are closed.
#[derive(Debug, Clone, Copy)]
pub struct Geometry<'a> {
    pub(super) kind: GeoType,
    pub(super) coords: &'a [LonLat],
    /// Of all parts of the layer, and which of them is the first.
    pub(super) ends: &'a Ends,
    pub(super) first: usize,
    pub(super) parts: &'a [Part],
}

impl<'a> Geometry<'a> {
    /// Its type.
    pub fn kind(&self) -> GeoType {
        self.kind
    }

    /// Its shape.
    pub fn shape(&self) -> GeometryType {
        self.kind.shape()
    }

    /// All its positions.
    pub fn coords(&self) -> &'a [LonLat] {
        self.coords
    }

    /// Its parts in order.
    pub fn parts(&self) -> impl Iterator<Item = (Part, &'a [LonLat])> + use<'a> {
        split(self.coords, (self.ends, self.first), self.parts)
    }

    /// The box around it.
    #[inline]
    pub fn bbox(&self) -> Bbox {
        if let [only] = self.coords {
            return (*only).into();
        }
        Bbox::around(self.coords.iter().copied()).unwrap_or(Bbox::from([0.0; 4]))
    }
}

/// Cuts a run of anything into its parts, of which the ends and the first are given.
pub(super) fn split<'a, T>(
    run: &'a [T],
    (ends, first): (&'a Ends, usize),
    parts: &'a [Part],
) -> impl Iterator<Item = (Part, &'a [T])> + use<'a, T> {
    let base = ends.start(first);
    (first..).zip(parts).map(move |(n, &part)| {
        let piece = ends.range(n);
        let piece = run.get(piece.start - base..piece.end - base);
        (part, piece.unwrap_or(&[]))
    })
}

/// A geometry in the making; its buffers are used again for the next.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its type, once known.
    pub kind: Option<GeoType>,
    /// Its positions.
    pub coords: Vec<LonLat>,
    /// Ends of its parts in `coords`.
    pub ends: Vec<u32>,
    /// Its parts.
    pub parts: Vec<Part>,
}

impl Draft {
    /// Starts over.
    pub fn clear(&mut self) {
        self.kind = None;
        self.coords.clear();
        self.ends.clear();
        self.parts.clear();
    }

    /// Ends a part at the last position.
    pub fn end(&mut self, part: Part) {
        self.ends.push(self.coords.len() as u32);
        self.parts.push(part);
    }
}
