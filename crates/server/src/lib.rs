//! Mendmap's server: it gives a city's events one order, keeps them and hands them on.
//! What it decides about an event is decided in `mendmap_core::sync`.

pub mod store;
