//! What the worker of a large city bears. Here is what is measured, made from a seed; how long it
//! takes is asked in a browser (`tests/`), by `cargo xtask bench`.

mod season;
mod years;

pub use season::{ASSETS, playhead};
pub use years::{Years, years};
