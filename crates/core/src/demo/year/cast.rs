//! Who takes part: people, and the devices they write on, each with a clock of its own.

use crate::demo::rng::Rng;
use crate::ids::{DeviceId, EventId, TaskUid, Uuid, uuid_v7};
use crate::log::ActorId;

use super::calendar::unix_ms;

/// A phone or a desktop.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) id: DeviceId,
    pub(super) actor: ActorId,
    /// Milliseconds to add to its clock to get the right time.
    pub(super) offset_ms: i64,
}

/// Which device.
pub(super) type Who = usize;

/// Everybody.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) devices: Vec<Device>,
    rng: Rng,
}

/// A crew and the accounts of its two phones. They are marked as a demonstration's, and nobody
/// logs in as one of them elsewhere.
const CREWS: [(&str, [&str; 2]); 6] = [
    ("road-1", ["demo-road", "demo-road-2"]),
    ("drain-1", ["demo-drain", "demo-drain"]),
    ("drain-2", ["demo-drain-2", "demo-drain-3"]),
    ("lamp-1", ["demo-lamp", "demo-lamp-2"]),
    ("clean-1", ["demo-clean", "demo-clean-2"]),
    ("works-1", ["demo-works", "demo-works"]),
];

/// Two desktops behind the phones.
const SUPERVISORS: [&str; 2] = ["demo-supervisor", "demo-supervisor-2"];

impl Cast {
    /// Everybody, with devices of their own.
    pub(super) fn new(seed: u64) -> Cast {
        let mut rng = Rng::stream(seed, "year: devices");
        let phones = CREWS.iter().flat_map(|(_, accounts)| accounts);
        let devices = phones.chain(&SUPERVISORS).map(|account| Device {
            id: DeviceId(minted(&mut rng, -90 * 86_400_000)),
            actor: ActorId::from(*account),
            offset_ms: rng.below(9000) as i64 - 4000,
        });
        Cast {
            devices: devices.collect(),
            rng: Rng::stream(seed, "year: ids"),
        }
    }

    /// One of a crew's two phones.
    pub(super) fn phone(&self, crew: &str, second: bool) -> Who {
        let crew = CREWS.iter().position(|(id, _)| *id == crew).unwrap_or(0);
        2 * crew + usize::from(second)
    }

    /// A supervisor's desktop.
    pub(super) fn desk(&self, second: bool) -> Who {
        2 * CREWS.len() + usize::from(second)
    }

    /// A fresh id for what a device writes at a time.
    pub(super) fn event(&mut self, who: Who, ms: i64) -> EventId {
        let clock = self.clock(who, ms);
        EventId(minted(&mut self.rng, clock))
    }

    /// A fresh id for a task that comes to be at a time.
    pub(super) fn task(&mut self, who: Who, ms: i64) -> TaskUid {
        let clock = self.clock(who, ms);
        TaskUid(minted(&mut self.rng, clock))
    }

    /// What a device's clock says at a time.
    pub(super) fn clock(&self, who: Who, ms: i64) -> i64 {
        let offset = self.devices.get(who).map_or(0, |device| device.offset_ms);
        ms - offset
    }
}

fn minted(rng: &mut Rng, ms: i64) -> Uuid {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&rng.next().to_be_bytes());
    random[8..].copy_from_slice(&rng.next().to_be_bytes()[..2]);
    uuid_v7(unix_ms(ms), random)
}
