//! How events are taken in, once for every database: what `core::sync` decides is written
//! down here, in whichever tables [`Books`] stands for.

use super::{Appended, By, Placed, StoreError};
use mendmap_core::account::{Account, Carrier, Permission, permission};
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::log::{ActorId, Event, Kind};
use mendmap_core::sync::{
    Answer, Digest, Head, Known, Limits, Parked, Receipt, Ruling, Verdict, content, judge,
    let_through,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far a device's numbers are known, and whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lane {
    /// Closed up to here without a gap.
    pub(super) closed: u64,
    /// The last one known; what lies between is parked or missing.
    pub(super) last: u64,
    /// The account that has logged in with it.
    pub(super) owner: Option<ActorId>,
}

/// An event that waits.
pub(super) struct Waiting {
    pub(super) content: Digest,
    pub(super) raw: Vec<u8>,
}

/// The tables of one database, inside a transaction that holds the head's lock.
pub(super) trait Books {
    async fn head(&mut self) -> Result<Head, StoreError>;
    async fn set_head(&mut self, head: &Head) -> Result<(), StoreError>;
    /// The receipt that stands for these bytes.
    async fn receipt(&mut self, content: &Digest) -> Result<Option<Receipt>, StoreError>;
    /// The bytes that are accepted or wait under this id.
    async fn counting(&mut self, event: EventId) -> Result<Option<Digest>, StoreError>;
    async fn lane(&mut self, device: DeviceId) -> Result<Lane, StoreError>;
    async fn set_lane(&mut self, device: DeviceId, lane: &Lane) -> Result<(), StoreError>;
    async fn insert(
        &mut self,
        event: &Event,
        receipt: &Receipt,
        closes: bool,
    ) -> Result<(), StoreError>;
    /// What closes numbers after `after` and up to `to`, by number, then by arrival.
    async fn parked(
        &mut self,
        device: DeviceId,
        after: u64,
        to: u64,
    ) -> Result<Vec<Parked<Waiting>>, StoreError>;
    /// The events about an account that count.
    async fn about(&mut self, account: &ActorId) -> Result<Vec<Arc<Event>>, StoreError>;
    /// The event of this id that counts.
    async fn placed(&mut self, event: EventId) -> Result<Option<Event>, StoreError>;
    /// Says something better of an event that waited or was held: that it waits, or its place.
    async fn advance(&mut self, content: &Digest, verdict: &Verdict) -> Result<(), StoreError>;
}

/// Numbers that are let through at once; keeps what lies in memory small when a gap
/// closes before a long history.
const STRIDE: u64 = 500;

/// Takes a batch in. The caller commits.
pub(super) async fn append<B: Books>(
    books: &mut B,
    city: &str,
    batch: &[Event],
    limits: &Limits,
    by: By<'_>,
) -> Result<Appended, StoreError> {
    let head = books.head().await?;
    let carrier = match by {
        By::Operator => None,
        By::Account(id) => {
            // As it stands now, under the head's lock: what was taken away a moment ago is gone.
            let account = Account::fold(id, &books.about(id).await?);
            Some(account.ok_or_else(|| StoreError::NoAccount(id.clone()))?)
        }
    };
    let mut clerk = Clerk {
        books,
        head,
        carrier,
        lanes: BTreeMap::new(),
        placed: Vec::new(),
        accepted: BTreeMap::new(),
    };
    let mut answers = Vec::with_capacity(batch.len());
    for event in batch {
        answers.push(clerk.take(event, city, limits).await?);
    }
    if !clerk.placed.is_empty() {
        clerk.books.set_head(&clerk.head).await?;
    }
    for (device, (before, lane)) in &clerk.lanes {
        if before != lane {
            clerk.books.set_lane(*device, lane).await?;
        }
    }
    // Later events of the batch may have let earlier ones through.
    for answer in &mut answers {
        let receipt = &mut answer.receipt;
        if let Some(accepted) = clerk.accepted.get(&receipt.content) {
            receipt.verdict = accepted.clone();
        } else if let (Verdict::Waiting { missing }, Some(device)) =
            (&mut receipt.verdict, receipt.device)
            && let Some((_, lane)) = clerk.lanes.get(&device)
        {
            *missing = lane.closed + 1;
        }
    }
    Ok(Appended {
        answers,
        placed: clerk.placed,
        head: clerk.head,
    })
}

struct Clerk<'a, B> {
    books: &'a mut B,
    head: Head,
    /// Who hands the batch over; `None` for whoever runs the server.
    carrier: Option<Account>,
    /// As they were, and as they are.
    lanes: BTreeMap<DeviceId, (Lane, Lane)>,
    placed: Vec<Placed>,
    /// Those of `placed` that had waited.
    accepted: BTreeMap<Digest, Verdict>,
}

impl<B: Books> Clerk<'_, B> {
    async fn take(
        &mut self,
        event: &Event,
        city: &str,
        limits: &Limits,
    ) -> Result<Answer, StoreError> {
        let known = self.known(event).await?;
        let is_here = known.receipt.is_some();
        let ruling = judge(event, city, known, limits);
        let closes = ruling.closes_number();
        let verdict = match ruling {
            Ruling::Again(receipt) => {
                let again = true;
                return Ok(Answer { receipt, again });
            }
            Ruling::Accept => self.next(event.raw()),
            Ruling::Wait { missing } => Verdict::Waiting { missing },
            Ruling::Hold(held) => Verdict::Held(held),
            Ruling::Refuse(refused) => Verdict::Refused(refused),
        };
        let receipt = Receipt::new(event, verdict);
        let again = false;
        if is_here {
            // It was held, and closed its number then.
            self.books
                .advance(&receipt.content, &receipt.verdict)
                .await?;
            return Ok(Answer { receipt, again });
        }
        self.books.insert(event, &receipt, closes).await?;
        if let Some((device, seq)) = event.number().filter(|_| closes) {
            self.close(device, seq).await?;
        }
        Ok(Answer { receipt, again })
    }

    async fn known(&mut self, event: &Event) -> Result<Known, StoreError> {
        let lane = match event.number() {
            Some((device, _)) => self.lane(device).await?,
            None => Lane::default(),
        };
        let receipt = self.books.receipt(&content(event.raw())).await?;
        let stands = |r: &Receipt| !r.verdict.wants_a_right();
        let other = match event.id() {
            Some(id) if !receipt.as_ref().is_some_and(stands) => self.books.counting(id).await?,
            _ => None,
        };
        let permission = self.permission(event, &lane).await?;
        Ok(Known {
            receipt,
            other,
            closed: lane.closed,
            permission,
        })
    }

    async fn permission(&mut self, event: &Event, lane: &Lane) -> Result<Permission, StoreError> {
        let Some(account) = &self.carrier else {
            return Ok(Permission::Granted);
        };
        let mut takes_back = Vec::new();
        if let Some(Kind::Undone(undone)) = event.kind() {
            let (mut named, mut seen) = (undone.events.clone(), BTreeSet::new());
            while let Some(id) = named.pop() {
                if !seen.insert(id) {
                    continue;
                }
                let placed = self.books.placed(id).await?;
                let Some(kind) = placed.as_ref().and_then(|event| event.kind()) else {
                    continue;
                };
                takes_back.push(kind.name());
                // Who takes back that something was taken back has it count again.
                if let Kind::Undone(undone) = kind {
                    named.extend(&undone.events);
                }
            }
        }
        let carrier = Carrier {
            account,
            device_of: lane.owner.as_ref(),
            takes_back: &takes_back,
        };
        Ok(permission(event, carrier))
    }

    async fn lane(&mut self, device: DeviceId) -> Result<Lane, StoreError> {
        if let Some((_, lane)) = self.lanes.get(&device) {
            return Ok(lane.clone());
        }
        let lane = self.books.lane(device).await?;
        self.lanes.insert(device, (lane.clone(), lane.clone()));
        Ok(lane)
    }

    /// The next place, for these bytes.
    fn next(&mut self, raw: &[u8]) -> Verdict {
        self.head = self.head.followed_by(raw);
        let Head { place, chain } = self.head;
        self.placed.push(Placed {
            place,
            chain,
            raw: raw.into(),
        });
        Verdict::Accepted { place, chain }
    }

    /// A number was closed: lets through what waited for it.
    async fn close(&mut self, device: DeviceId, seq: u64) -> Result<(), StoreError> {
        let mut lane = self.lane(device).await?;
        lane.last = lane.last.max(seq);
        if seq == lane.closed + 1 {
            lane.closed = seq;
            while lane.closed < lane.last {
                let to = lane.closed.saturating_add(STRIDE);
                let parked = self.books.parked(device, lane.closed, to).await?;
                let through = let_through(lane.closed, parked);
                lane.closed = through.closed;
                for waiting in through.events {
                    let verdict = self.next(&waiting.raw);
                    self.books.advance(&waiting.content, &verdict).await?;
                    self.accepted.insert(waiting.content, verdict);
                }
                if lane.closed < to {
                    break;
                }
            }
        }
        if let Some((_, known)) = self.lanes.get_mut(&device) {
            *known = lane;
        }
        Ok(())
    }
}
