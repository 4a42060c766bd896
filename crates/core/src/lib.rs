//! The rules of Mendmap: everything that can be said without a browser, a
//! server, a clock or a die. Ids and times come in as arguments.

pub mod account;
pub mod catalog;
pub mod city;
pub mod coverage;
pub mod demo;
pub mod geodesy;
pub mod ids;
mod index;
pub mod ingest;
mod layer;
pub mod ledger;
pub mod log;
pub mod network;
pub mod order;
pub mod photo;
pub mod programme;
pub mod proposal;
pub mod settings;
pub mod sync;
pub mod task;
pub mod tile;
pub mod told;
pub mod track;
