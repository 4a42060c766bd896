//! What can be wrong with a file or a feature.

use super::Severity;
use crate::catalog::{AssetKindId, GeometryType};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file could not be read, or not to its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum FileError {
    /// The catalogue has no layer of that id, or none of the layer's kinds.
    #[error("the catalogue has no such layer, or none of its kinds")]
    UnknownLayer,
    /// Nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// A web page, probably an error page or a login.
    #[error("a web page, not GeoJSON")]
    Html,
    /// Not UTF-8.
    #[error("not UTF-8 text from byte {at}")]
    NotUtf8 {
        /// Offset of the first byte that is not.
        at: usize,
    },
    /// The file ends in the middle of a value.
    #[error("cut off at byte {at}")]
    Truncated {
        /// Where it ends.
        at: usize,
    },
    /// The syntax breaks.
    #[error("not JSON from byte {at}: {found}")]
    NotJson {
        /// Offset in bytes.
        at: usize,
        /// What stands there, shortened.
        found: String,
    },
    /// JSON, but no GeoJSON object.
    #[error("JSON, but not GeoJSON: {found}")]
    NotGeoJson {
        /// Its `type`, or the JSON type of the whole.
        found: String,
    },
    /// A FeatureCollection without an array of features.
    #[error("a FeatureCollection without features")]
    NoFeatures,
    /// A coordinate reference system that is not WGS 84.
    #[error("coordinates are in {name}")]
    UnknownCrs {
        /// Its name in the file.
        name: String,
    },
    /// More than the app can number.
    #[error("too large")]
    TooLarge,
    /// Something else, recognised for what it is.
    #[error("not GeoJSON but {0:?}")]
    Foreign(#[serde(with = "super::foreign::wire")] super::Form),
}

/// What is wrong with a feature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// An element of `features` that is not a Feature.
    #[error("not a feature but {found}")]
    NotAFeature {
        /// Its `type`, or its JSON type.
        found: String,
    },
    /// The file ends, or its syntax breaks, in the middle of it.
    #[error("cut off")]
    CutOff,
    /// Broken inside its own brackets.
    #[error("not JSON from byte {at}")]
    BadJson {
        /// Offset in the file, in bytes.
        at: usize,
    },
    /// No geometry, or null.
    #[error("no geometry")]
    NoGeometry,
    /// A geometry without positions.
    #[error("an empty geometry")]
    EmptyGeometry,
    /// A type that GeoJSON does not have.
    #[error("unknown geometry type {found}")]
    UnknownGeometry {
        /// The type, or the JSON type of what stands in its place.
        found: String,
    },
    /// Several geometries in one feature.
    #[error("a GeometryCollection")]
    GeometryCollection,
    /// A shape that none of the layer's kinds has.
    #[error("a {found:?} where {} is a {expected:?}", .asset.0)]
    WrongGeometry {
        /// The kind it should be.
        asset: AssetKindId,
        /// The shape of that kind.
        expected: GeometryType,
        /// Its shape.
        found: GeometryType,
    },
    /// `coordinates` missing, or not nested as the type asks.
    #[error("coordinates that do not fit the geometry type")]
    BadCoordinates,
    /// A position that is not two or more numbers.
    #[error("a position that is not numbers: {found}")]
    BadPosition {
        /// As it stands in the file, shortened.
        found: String,
    },
    /// A position off the globe: degrees swapped, or metres.
    #[error("a position off the globe: {x}, {y}")]
    OutOfRange {
        /// First number.
        x: f64,
        /// Second number.
        y: f64,
    },
    /// A line of one position, or a ring of fewer than three.
    #[error("{found} positions where {needed} are needed")]
    TooShort {
        /// Different positions that it needs.
        needed: u8,
        /// Positions that it has.
        found: u8,
    },
    /// A ring whose end is not its start; closed.
    #[error("a ring that is not closed")]
    OpenRing,
    /// A ring that runs the wrong way (RFC 7946 §3.1.6); turned.
    #[error("a ring that runs the wrong way")]
    WrongWinding,
    /// A hole too short to be one; left out.
    #[error("a hole of no size")]
    BadHole,
    /// Properties that are neither an object nor null; taken for none.
    #[error("properties that are {found}")]
    BadProperties {
        /// Their JSON type.
        found: String,
    },
    /// A kind that the layer does not have; the first that fits is taken.
    #[error("unknown kind {found}")]
    UnknownKind {
        /// The kind in the file.
        found: String,
    },
    /// A uid that is no UUID; one is minted.
    #[error("not a UUID: {found}")]
    BadUid {
        /// The uid in the file.
        found: String,
    },
    /// A uid that an earlier feature has; one is minted.
    #[error("uid {uid} again")]
    DuplicateUid {
        /// The uid.
        uid: String,
    },
    /// A code that an earlier feature has.
    #[error("code {code} again")]
    DuplicateCode {
        /// The code.
        code: String,
        /// Position in the file of the first that has it.
        first: usize,
    },
}

impl Problem {
    /// What it does to its feature.
    pub fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            NotAFeature { .. }
            | CutOff
            | BadJson { .. }
            | NoGeometry
            | EmptyGeometry
            | UnknownGeometry { .. }
            | GeometryCollection
            | WrongGeometry { .. }
            | BadCoordinates
            | BadPosition { .. }
            | OutOfRange { .. }
            | TooShort { .. } => Severity::Refused,
            OpenRing
            | WrongWinding
            | BadHole
            | BadProperties { .. }
            | UnknownKind { .. }
            | BadUid { .. }
            | DuplicateUid { .. } => Severity::Mended,
            DuplicateCode { .. } => Severity::Noted,
        }
    }

    /// Its tag, as it is serialised.
    pub fn tag(&self) -> &'static str {
        use Problem::*;
        match self {
            NotAFeature { .. } => "not_a_feature",
            CutOff => "cut_off",
            BadJson { .. } => "bad_json",
            NoGeometry => "no_geometry",
            EmptyGeometry => "empty_geometry",
            UnknownGeometry { .. } => "unknown_geometry",
            GeometryCollection => "geometry_collection",
            WrongGeometry { .. } => "wrong_geometry",
            BadCoordinates => "bad_coordinates",
            BadPosition { .. } => "bad_position",
            OutOfRange { .. } => "out_of_range",
            TooShort { .. } => "too_short",
            OpenRing => "open_ring",
            WrongWinding => "wrong_winding",
            BadHole => "bad_hole",
            BadProperties { .. } => "bad_properties",
            UnknownKind { .. } => "unknown_kind",
            BadUid { .. } => "bad_uid",
            DuplicateUid { .. } => "duplicate_uid",
            DuplicateCode { .. } => "duplicate_code",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Problem::*;

    #[test]
    fn tags_are_the_serialised_ones() {
        let found = String::new;
        let all = [
            NotAFeature { found: found() },
            CutOff,
            BadJson { at: 0 },
            NoGeometry,
            EmptyGeometry,
            UnknownGeometry { found: found() },
            GeometryCollection,
            WrongGeometry {
                asset: AssetKindId(found()),
                expected: GeometryType::Point,
                found: GeometryType::Line,
            },
            BadCoordinates,
            BadPosition { found: found() },
            OutOfRange { x: 0.0, y: 0.0 },
            TooShort {
                needed: 2,
                found: 1,
            },
            OpenRing,
            WrongWinding,
            BadHole,
            BadProperties { found: found() },
            UnknownKind { found: found() },
            BadUid { found: found() },
            DuplicateUid { uid: found() },
            DuplicateCode {
                code: found(),
                first: 0,
            },
        ];
        for problem in all {
            let json = serde_json::to_value(&problem).unwrap();
            let name = json
                .as_str()
                .or_else(|| json.as_object()?.keys().next().map(String::as_str));
            assert_eq!(name, Some(problem.tag()));
        }
    }
}
