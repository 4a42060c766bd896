//! GeoJSON bytes → a layer and the problems met on the way.
//!
//! A scanner of our own finds the features (`plain` those that are as usual, `reader` all others), reads
//! their geometry and takes the values of their properties as they stand (`spelling`), also while the file
//! is still coming (`intake`); the `geojson` crate, whose document model is slower than the browser's own
//! parser, is the oracle in the tests. What is wrong is
//! data ([`Problem`], [`FileError`]); the page makes the words. What is no plain
//! GeoJSON goes through `foreign` first.

mod crs;
mod foreign;
mod geometry;
mod intake;
mod keys;
mod load;
mod loader;
mod plain;
mod problem;
mod properties;
mod reader;
mod reading;
mod report;
mod rings;
mod scan;
mod spelling;
mod tally;

#[cfg(any(test, feature = "host"))]
pub use foreign::Host;
pub use foreign::{
    Datum, Decode, Encoding, Form, How, Remark, Remarks, TableChoice, TableProposal, Unreadable,
    begins_like_a_formula, is_gzip, list as list_problems, propose_table,
};
pub use foreign::{is_shifted, is_shifted_from_lines};
pub use intake::Intake;
pub use load::load;
pub use problem::{FileError, Problem};
pub use properties::read_all as read_properties;
pub use report::{EXAMPLES, Example, Report, Severity, Tally};
