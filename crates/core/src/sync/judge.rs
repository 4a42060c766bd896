//! The one decision about an event that is handed over.

use super::{Digest, Held, Receipt, Refused};
use crate::account::Permission;
use crate::log::{Event, View};

/// What a server allows of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes it may have.
    pub event_bytes: usize,
}

impl Default for Limits {
    /// 256 KiB: a round of a thousand assets, ticked with a note each, has about that.
    fn default() -> Limits {
        Limits {
            event_bytes: 256 * 1024,
        }
    }
}

/// What a store knows of an event that is handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The receipt that stands for these very bytes.
    pub receipt: Option<Receipt>,
    /// Other bytes that are accepted or wait under the same id. What was refused or is
    /// held does not keep an id from being used. Not asked where the receipt stands for good.
    pub other: Option<Digest>,
    /// How far the numbers of its device are closed without a gap; 0 if 1 is missing.
    pub closed: u64,
    /// What its hander-over may. Where there are no accounts, everything.
    pub permission: Permission,
}

/// What is to be done with an event that is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It is here already: nothing, but to give this receipt again.
    Again(Receipt),
    /// Store it, at the next place; where it was held, it gets that place now.
    Accept,
    /// Store it, or no longer hold it, to be accepted when its device's numbers are closed up
    /// to it.
    Wait {
        /// The first number that is missing.
        missing: u64,
    },
    /// Store it aside.
    Hold(Held),
    /// Store it aside.
    Refuse(Refused),
}

/// Decides about an event that is handed over to the log of `city`.
///
/// What is held for want of a right counts from the day on which somebody hands it over who
/// has it: the author, to whom the role was given back or whose work another brought first,
/// or a supervisor who has looked at it.
pub fn judge(event: &Event, city: &str, known: Known, limits: &Limits) -> Ruling {
    if let Some(receipt) = known.receipt {
        let free = known.permission == Permission::Granted && known.other.is_none();
        if !(free && receipt.verdict.wants_a_right()) {
            return Ruling::Again(receipt);
        }
    }
    if let Some(refused) = refusal(event, city, limits) {
        return Ruling::Refuse(refused);
    }
    match known.permission {
        Permission::Granted => {}
        Permission::Held(held) => return Ruling::Hold(held),
        Permission::Refused(refused) => return Ruling::Refuse(refused),
    }
    if let Some(first) = known.other {
        return Ruling::Hold(Held::OtherContent { first });
    }
    match event.number() {
        // A number that was closed before is no reason to wait: a copied browser profile
        // gives numbers twice, and both events were work.
        Some((_, seq)) if seq > known.closed + 1 => Ruling::Wait {
            missing: known.closed + 1,
        },
        _ => Ruling::Accept,
    }
}

fn refusal(event: &Event, city: &str, limits: &Limits) -> Option<Refused> {
    // Another city first: only this one's numbers may be closed.
    if let Some(envelope) = event.envelope()
        && *envelope.city != *city
    {
        let city = envelope.city.to_string();
        return Some(Refused::City { city });
    }
    let (bytes, most) = (event.raw().len(), limits.event_bytes);
    if bytes > most {
        let (bytes, most) = (bytes as u64, most as u64);
        return Some(Refused::Size { bytes, most });
    }
    if let View::Unreadable { why, .. } = event.view() {
        let detail = why.to_string();
        return Some(Refused::Form { detail });
    }
    // The reader does not look into what it skips, and JSON is UTF-8 by definition.
    let not_text = std::str::from_utf8(event.raw()).err()?;
    let detail = not_text.to_string();
    Some(Refused::Form { detail })
}

impl Ruling {
    /// Whether its device's number is closed by it, so that later ones need not wait for
    /// another event there.
    pub fn closes_number(&self) -> bool {
        !matches!(
            self,
            Ruling::Again(_) | Ruling::Refuse(Refused::City { .. })
        )
    }
}
