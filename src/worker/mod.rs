//! The worker, where the city and the log live, so that neither loading nor
//! querying ever blocks a finger, and the page's way of talking to it.
//!
//! * [`protocol`]: what can be asked, and what comes back
//! * [`wire`]: how that travels through `postMessage`
//! * [`client`]: the page's end
//! * [`host`]: the worker's end; hands each question to [`service`]
//! * [`fetch`]: a file of the server that the app came from
//! * [`decoder`]: text in another encoding than ours
//! * [`picture`]: a photo, drawn anew
//! * [`service`]: one use case a file, over the city, the log and the storage

pub mod client;
mod decoder;
pub mod fetch;
pub mod host;
mod picture;
pub mod protocol;
pub mod service;
mod turn;
mod wire;
