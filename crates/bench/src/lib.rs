//! What the worker of a large city bears. Here is what is measured, made from a seed; how long it
//! takes is asked in a browser, by `cargo xtask bench`: what has no peer in `tests/`, the pipeline
//! beside its peers in `js/`.

mod season;
#[cfg(target_arch = "wasm32")]
pub mod surface;
mod synthetic;
mod years;

pub use season::{ASSETS, playhead};
pub use synthetic::{CATALOG, bounds, synthetic};
pub use years::{Years, years};
