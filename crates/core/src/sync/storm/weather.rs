//! How bad it is, and what it did.

use crate::demo::rng::Rng;
use std::ops::AddAssign;

/// How likely each fault is, a draw for each seed.
#[derive(Debug, Clone)]
pub(super) struct Weather {
    /// A request or an answer is lost.
    pub(super) drop: f64,
    /// It takes up to a minute and a half.
    pub(super) delay: f64,
    /// It comes twice.
    pub(super) double: f64,
    /// Its end is missing.
    pub(super) cut: f64,
    /// The server dies over a request.
    pub(super) kill_server: f64,
    /// It wants to be left alone.
    pub(super) busy: f64,
    /// A session ends within a request.
    pub(super) expire: f64,
    /// A phone dies at an effect.
    pub(super) kill_phone: f64,
    /// Seconds between other faults: networks, disks, clocks, files.
    pub(super) every_s: f64,
}

impl Weather {
    pub(super) fn draw(rng: &mut Rng) -> Weather {
        // Some faults are absent from some storms: what one hides, another shows.
        let mut up_to = |most: f64| match rng.chance(0.25) {
            true => 0.0,
            false => rng.range(0.0, most),
        };
        Weather {
            drop: up_to(0.4),
            delay: up_to(0.3),
            double: up_to(0.4),
            cut: up_to(0.2),
            kill_server: up_to(0.1),
            busy: up_to(0.1),
            expire: up_to(0.1),
            kill_phone: up_to(0.06),
            every_s: rng.range(5.0, 40.0),
        }
    }

    pub(super) fn calm() -> Weather {
        Weather {
            drop: 0.0,
            delay: 0.0,
            double: 0.0,
            cut: 0.0,
            kill_server: 0.0,
            busy: 0.0,
            expire: 0.0,
            kill_phone: 0.0,
            every_s: f64::INFINITY,
        }
    }
}

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// How much of everything a storm had.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Figures {
            $($(#[$doc])* pub $name: u64,)*
        }

        impl AddAssign for Figures {
            fn add_assign(&mut self, other: Figures) {
                $(self.$name += other.$name;)*
            }
        }
    };
}

figures! {
    /// Events that a phone said were saved.
    saved,
    /// Those that count in the end.
    accepted,
    /// Those that are held in the end.
    held,
    /// Those that are refused in the end.
    refused,
    /// Answers that said "waiting".
    waiting,
    /// Requests that phones made.
    requests,
    /// Transactions of phones.
    stores,
    /// Requests and answers lost.
    dropped,
    /// Delayed for long.
    delayed,
    /// Doubled.
    doubled,
    /// Cut.
    cut,
    /// Deaths of the server before, within and after a commit.
    server_kills,
    /// "Come back later".
    busy,
    /// Sessions that ended.
    expired,
    /// Requests that were too large.
    too_large,
    /// Times an account was given another role, locked or unlocked.
    role_changes,
    /// Deaths of phones.
    phone_kills,
    /// Transactions that found no room.
    disk_full,
    /// Clocks set to another day.
    clock_jumps,
    /// Times without a network.
    offline,
    /// Files carried from phone to phone.
    files,
    /// Events in them that were damaged.
    damaged,
    /// Seconds from the calm until nothing was left to do.
    settling_s,
}

impl Figures {
    /// All that went wrong.
    pub fn faults(&self) -> u64 {
        self.dropped
            + self.delayed
            + self.doubled
            + self.cut
            + self.server_kills
            + self.busy
            + self.expired
            + self.too_large
            + self.role_changes
            + self.phone_kills
            + self.disk_full
            + self.clock_jumps
            + self.offline
            + self.damaged
    }
}
