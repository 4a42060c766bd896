//! Several servers on one PostgreSQL.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "../kit/http.rs"]
mod http;
#[path = "../kit/mod.rs"]
mod kit;
mod listening;
#[path = "../kit/postgres.rs"]
mod postgres;
#[path = "../kit/program.rs"]
mod program;
mod servers;
mod stores;
#[path = "../kit/stream.rs"]
mod stream;
