//! What a city's files become: a layer store that is asked and drawn. A crate of its own because the app
//! is built for size and this for speed: a large city's features all go through these loops.
//!
//! Nothing here knows of work. `mendmap-core` has the city that is made of such layers, and all rules;
//! whoever uses that finds these rooms in it under their own names.

mod at_once;
pub mod geodesy;
pub mod ids;
pub mod index;
pub mod ingest;
mod known;
pub mod layer;
pub mod order;
pub mod tile;
mod words;

pub use at_once::at_once;

// What the rows of a layer are is data.
use mendmap_catalog as catalog;
