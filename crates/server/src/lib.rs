//! Mendmap's server: it gives a city's events one order, keeps them and hands them on.
//! What it decides about an event is decided in `mendmap_core::sync`.

mod api;
mod app;
mod auth;
pub mod demo;
mod folds;
mod follow;
mod language;
mod layers;
pub mod ledger;
pub mod log;
mod media;
mod metrics;
mod news;
mod origin;
mod packed;
pub mod photos;
mod problem;
pub mod push;
mod receiving;
mod relay;
pub mod robots;
mod routes;
pub mod serve;
mod served;
mod snapshots;
pub mod store;
pub mod user;

pub use app::{App, BATCH_EVENTS, BODY_BYTES};
pub use language::Language;
pub use layers::LAYER_BYTES;
pub use origin::{Origin, OriginError};
pub use problem::Problem;
pub use receiving::PHOTOS_OF_ONE;
pub use routes::router;
