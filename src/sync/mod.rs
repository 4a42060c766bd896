//! A server, as this device meets it. What to do and when is said by `core::sync::device`;
//! `worker/service/sync.rs` carries it out with what stands here.
//!
//! * [`remote`]: requests and what they are answered with
//! * [`stream`]: the server says by itself that its order has moved
//! * [`lead`]: of several tabs one speaks with the server

/// Whether this build speaks with servers: the feature `server`. Without it the app knows none,
/// and the code of this room is left out of the download, though not of what is compiled and
/// linted.
pub const SPEAKS: bool = cfg!(feature = "server");

pub mod lead;
pub mod remote;
pub mod stream;
