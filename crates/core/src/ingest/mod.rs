//! GeoJSON bytes → a layer and the problems met on the way.
//!
//! A scanner of our own finds the features, reads their geometry and leaves
//! their properties alone; the `geojson` crate, whose document model is slower
//! than the browser's own parser, is the oracle in the tests. What is wrong is
//! data ([`Problem`], [`FileError`]); the page makes the words.

mod crs;
mod geometry;
mod load;
mod problem;
mod properties;
mod reader;
mod report;
mod rings;
mod scan;
mod tally;

pub(crate) use load::load;
pub use problem::{FileError, Problem};
pub(crate) use properties::{read_all as read_properties, values as property_values};
pub use report::{EXAMPLES, Example, Report, Severity, Tally};
