//! Mendmap's server: it gives a city's events one order, keeps them and hands them on.
//! What it decides about an event is decided in `mendmap_core::sync`.

mod app;
mod auth;
mod follow;
mod language;
pub mod photos;
mod problem;
mod relay;
mod routes;
pub mod serve;
pub mod store;
pub mod user;

pub use app::{App, BATCH_EVENTS, BODY_BYTES};
pub use language::Language;
pub use problem::Problem;
pub use routes::router;
