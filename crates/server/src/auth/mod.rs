//! Who is asking: accounts with a password and a session, programs with a key.
//!
//! * [`backend`]: what axum-login asks about accounts and passwords
//! * [`sessions`]: where tower-sessions keeps who is logged in
//! * [`throttle`]: how often a password may be tried
//! * [`who`]: lets a request through to the programming interface, or does not

mod backend;
mod sessions;
mod throttle;
mod who;

pub(crate) use backend::{Backend, Credentials, hash, is_hash_of, strong_enough};
pub(crate) use sessions::layer;
pub(crate) use throttle::Throttle;
pub(crate) use who::{Who, signed_in};

use mendmap_core::sync::{Digest, content};

/// What the database knows a secret of somebody's by: one who reads it cannot log in with it.
pub(crate) fn known_as(secret: &str) -> Digest {
    content(secret.as_bytes())
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
