//! How often a password may be tried. By account and not by address: behind a proxy, and in
//! a city's office, all addresses are one. (That is also why tower_governor was passed over.)

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wrong passwords that cost nothing.
const FREE: u32 = 5;
/// The longest wait. A stranger who tries on purpose keeps somebody out for no longer.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// Accounts that are remembered; beyond that those whose wait is over are forgotten.
const REMEMBERED: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Tries {
    wrong: u32,
    not_before: Instant,
}

/// Wrong tries since this server began, by account.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<String, Tries>>);

impl Throttle {
    /// How long to wait before the next try; `None` where it may be now.
    pub(crate) fn wait(&self, account: &str, now: Instant) -> Option<Duration> {
        let tries = self.lock();
        let wait = tries.get(account)?.not_before.checked_duration_since(now)?;
        (!wait.is_zero()).then_some(wait)
    }

    /// A wrong password: after some that cost nothing, each doubles the wait.
    pub(crate) fn wrong(&self, account: &str, now: Instant) {
        let mut tries = self.lock();
        if tries.len() >= REMEMBERED {
            tries.retain(|_, tries| tries.not_before > now);
        }
        let tries = tries.entry(account.to_owned()).or_insert(Tries {
            wrong: 0,
            not_before: now,
        });
        tries.wrong = tries.wrong.saturating_add(1);
        if let Some(beyond) = tries.wrong.checked_sub(FREE) {
            let wait = Duration::from_secs(1 << beyond.min(10));
            tries.not_before = now + wait.min(LONGEST);
        }
    }

    /// The right one: all is forgotten.
    pub(crate) fn right(&self, account: &str) {
        self.lock().remove(account);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Tries>> {
        // Nothing is left half done by who panicked with it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour_and_is_one_accounts_own() {
        let (throttle, now) = (Throttle::default(), Instant::now());
        let mut waits = Vec::new();
        for _ in 0..18 {
            throttle.wrong("li", now);
            waits.push(throttle.wait("li", now).map_or(0, |wait| wait.as_secs()));
        }
        assert_eq!(waits[..8], [0, 0, 0, 0, 1, 2, 4, 8]);
        assert_eq!(waits[14..], [900, 900, 900, 900]);
        assert_eq!(throttle.wait("wang", now), None);
        assert_eq!(throttle.wait("li", now + LONGEST), None, "it is over");
        throttle.right("li");
        assert_eq!(throttle.wait("li", now), None);
    }
}
