//! What a storm needs of a server.

use crate::ids::DeviceId;
use crate::log::Event;
use crate::sync::device::{Failure, Page};
use crate::sync::{Answer, Digest, Receipt};
use std::sync::Arc;

/// A server of the city [`super::CITY`], empty at first. Network, kills and clocks are
/// around it: [`super::run`] does not call it, calls it with a part of a batch, or throws
/// its answer away.
pub trait Server {
    /// Takes a batch from the session of this device.
    ///
    /// # Errors
    /// What a device would be told instead of answers.
    fn push(&mut self, from: DeviceId, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure>;

    /// The page that follows a place.
    ///
    /// # Errors
    /// What a device would be told instead of a page.
    fn pull(&mut self, from: DeviceId, after: u64) -> Result<Page, Failure>;

    /// Opens a session for this device.
    fn log_in(&mut self, device: DeviceId);

    /// Ends it.
    fn expire(&mut self, device: DeviceId);

    /// Dies, and comes back with what was committed.
    fn restart(&mut self);

    /// The receipt that stands for these bytes, told to an auditor without a session.
    fn receipt(&mut self, content: Digest) -> Option<Receipt>;
}
