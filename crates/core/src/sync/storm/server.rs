//! What a storm needs of a server.

use super::crew::{MOST_PHONES, account_id, device_id};
use crate::ids::DeviceId;
use crate::log::{ActorId, Event};
use crate::sync::device::{Failure, Page};
use crate::sync::{Answer, Digest, Receipt};
use std::sync::Arc;

/// An account of each phone that there may be: which device it works on there. Whoever shares a
/// log with a storm lets each of them in.
pub fn crews() -> impl Iterator<Item = (DeviceId, ActorId)> {
    (0..MOST_PHONES).map(|phone| (device_id(phone), account_id(phone)))
}

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

    /// Opens a session for this device, unless its account is locked; whether it did.
    fn log_in(&mut self, device: DeviceId) -> bool;

    /// Takes what an administrator says of an account. From the first one on every phone has
    /// one, see [`crews`], and is asked for its rights.
    fn govern(&mut self, said: Arc<Event>);

    /// Ends it.
    fn expire(&mut self, device: DeviceId);

    /// Dies, and comes back with what was committed.
    fn restart(&mut self);

    /// The receipt that stands for these bytes, told to an auditor without a session.
    fn receipt(&mut self, content: Digest) -> Option<Receipt>;
}
