//! Places on the earth, and measuring between them.

mod gcj02;
mod leg;
pub mod local;
mod measure;
pub mod mercator;
mod place;
mod walk;

pub use gcj02::{from_gcj02, to_gcj02};
pub use leg::{Leg, Wind};
pub use local::Local;
pub use measure::{area_m2, length_m, round_measure};
pub use place::{Bbox, LonLat};
pub(crate) use place::{less, more};
pub use walk::{runs, walk};
