//! A server, as this device meets it. What to do and when is said by `core::sync::device` and `core::sync::photos`;
//! `worker/service/sync/` carries it out with what stands here.
//!
//! * [`remote`]: requests and what they are answered with
//! * [`photos`]: photos that go there, and where they are to be had
//! * [`push`]: a phone that is told what is news while the app is closed
//! * [`stream`]: the server says by itself that its order has moved
//! * [`lead`]: of several tabs one speaks with the server

pub mod lead;
pub mod photos;
pub mod push;
pub mod remote;
pub mod stream;
