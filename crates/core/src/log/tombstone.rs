//! What remains of an event that can no longer be read.

use crate::ids::DeviceId;
use serde::{Deserialize, Serialize};

/// Stands in the number of an event that its device can no longer read, so that
/// the device's later events need not wait behind a gap for ever. On the wire:
/// `{"lost":{"device":…,"seq":…,"why":…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The device.
    pub device: DeviceId,
    /// The number.
    pub seq: u64,
    /// Why it cannot be read.
    pub why: String,
}

impl Tombstone {
    /// The bytes that stand in for the event.
    ///
    /// # Errors
    /// Those of the JSON writer; none are known for these fields.
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        #[derive(Serialize)]
        struct Wire<'a> {
            lost: &'a Tombstone,
        }
        serde_json::to_vec(&Wire { lost: self })
    }
}
