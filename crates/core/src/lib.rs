//! The rules of Mendmap: everything that can be said without a browser, a
//! server, a clock or a die. Ids and times come in as arguments.

pub mod account;
pub mod city;
pub mod coverage;
pub mod demo;
pub mod ledger;
pub mod log;
pub mod network;
pub mod photo;
pub mod programme;
pub mod proposal;
pub mod settings;
pub mod sync;
pub mod task;
pub mod told;
pub mod track;

// The rooms of the crates below, under their own names.
pub use mendmap_catalog as catalog;
pub use mendmap_layers::{geodesy, ids, ingest, order, tile};
use mendmap_layers::{index, layer};
