//! How a device's waiting events get through when a gap closes.

/// Something stored under a number of a device that is beyond the first gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parked<T> {
    /// The number.
    pub seq: u64,
    /// The event that waits there; none where what came is held or refused.
    pub waiting: Option<T>,
}

/// What the numbers of a device let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through<T> {
    /// How far they are closed now.
    pub closed: u64,
    /// The events to accept now, in this order.
    pub events: Vec<T>,
}

/// Lets through what no longer waits behind a gap. `parked` ascends by number, then by
/// arrival, and begins after `closed`; it is read no further than the next gap.
pub fn let_through<T>(closed: u64, parked: impl IntoIterator<Item = Parked<T>>) -> Through<T> {
    let mut through = Through {
        closed,
        events: Vec::new(),
    };
    for Parked { seq, waiting } in parked {
        if seq > through.closed + 1 {
            break;
        }
        through.closed = through.closed.max(seq);
        through.events.extend(waiting);
    }
    through
}
