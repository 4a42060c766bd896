//! A server in memory: the rules, and the least of a store around them.

use super::{CITY, Server, crews};
use crate::account::{Account, Carrier, Permission, permission};
use crate::ids::{DeviceId, EventId};
use crate::log::{ActorId, Event, Kind, Subject};
use crate::sync::device::{Failure, Page};
use crate::sync::{
    Answer, Digest, Head, Known, Limits, Parked, Receipt, Ruling, Verdict, content, judge,
    let_through,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is committed of an event.
#[derive(Debug, Clone)]
struct Row {
    event: Arc<Event>,
    receipt: Receipt,
    closes: bool,
}

/// A server that holds all in memory.
#[derive(Debug, Clone)]
pub struct Memory {
    /// What it allows of one event.
    pub limits: Limits,
    /// The most bytes of events in one request.
    pub body_bytes: usize,
    /// The most events on one page.
    pub page: usize,
    rows: Vec<Row>,
    sessions: BTreeSet<DeviceId>,
    index: Index,
}

/// What can be read from the rows again.
#[derive(Debug, Clone, Default)]
struct Index {
    by_content: BTreeMap<Digest, usize>,
    /// Contents that are accepted or wait, by id.
    by_id: BTreeMap<EventId, Digest>,
    /// Rows with a number, in the order of numbers and arrival.
    by_number: BTreeSet<(DeviceId, u64, usize)>,
    closed: BTreeMap<DeviceId, u64>,
    /// What counts of each account.
    accounts: BTreeMap<ActorId, Vec<Arc<Event>>>,
    /// Place − 1 → row, and the hash there.
    order: Vec<(usize, Head)>,
}

impl Memory {
    /// An empty one.
    pub fn new(limits: Limits, body_bytes: usize, page: usize) -> Memory {
        Memory {
            limits,
            body_bytes,
            page: page.max(1),
            rows: Vec::new(),
            sessions: BTreeSet::new(),
            index: Index::default(),
        }
    }

    fn head(&self) -> Head {
        let last = self.index.order.last();
        last.map_or_else(|| Head::start(CITY), |(_, head)| *head)
    }

    fn next(&mut self, row: usize, event: &Arc<Event>) -> Verdict {
        let head = self.head().followed_by(event.raw());
        self.index.order.push((row, head));
        self.heed(event);
        Verdict::Accepted {
            place: head.place,
            chain: head.chain,
        }
    }

    /// Takes note of what counts of an account.
    fn heed(&mut self, event: &Arc<Event>) {
        if let Some(Subject::Account(id)) = event.envelope().map(|e| &e.subject) {
            let about = self.index.accounts.entry(id.clone()).or_default();
            about.push(event.clone());
        }
    }

    /// An account, as it stands.
    fn account(&self, id: &ActorId) -> Option<Account> {
        Account::fold(id, self.index.accounts.get(id)?)
    }

    fn permission(&self, event: &Event, carrier: Option<&Account>) -> Permission {
        let Some(account) = carrier else {
            return Permission::Granted;
        };
        let device = event.number().map(|(device, _)| device);
        let owner = crews().find(|(of, _)| Some(*of) == device);
        let mut takes_back = Vec::new();
        if let Some(Kind::Undone(undone)) = event.kind() {
            let placed = |id: &EventId| {
                let row = *self.index.by_content.get(self.index.by_id.get(id)?)?;
                let row = &self.rows[row];
                matches!(row.receipt.verdict, Verdict::Accepted { .. }).then_some(())?;
                row.event.kind()
            };
            let (mut named, mut seen) = (undone.events.clone(), BTreeSet::new());
            while let Some(id) = named.pop() {
                if !seen.insert(id) {
                    continue;
                }
                let Some(kind) = placed(&id) else { continue };
                takes_back.push(kind.name());
                if let Kind::Undone(undone) = kind {
                    named.extend(&undone.events);
                }
            }
        }
        let carrier = Carrier {
            account,
            device_of: owner.as_ref().map(|(_, id)| id),
            takes_back: &takes_back,
        };
        permission(event, carrier)
    }

    /// One event, in a transaction of its own.
    fn take(&mut self, event: &Arc<Event>, carrier: Option<&Account>) -> Answer {
        let name = content(event.raw());
        let (by_content, by_id) = (&self.index.by_content, &self.index.by_id);
        let device = event.number().map(|(device, _)| device);
        let known = Known {
            receipt: (by_content.get(&name)).map(|&row| self.rows[row].receipt.clone()),
            other: event.id().and_then(|id| by_id.get(&id).copied()),
            closed: self.closed(device),
            permission: self.permission(event, carrier),
        };
        let here = by_content.get(&name).copied();
        let ruling = judge(event, CITY, known, &self.limits);
        let closes = ruling.closes_number();
        let row = here.unwrap_or(self.rows.len());
        let verdict = match ruling {
            Ruling::Again(receipt) => {
                return Answer {
                    receipt,
                    again: true,
                };
            }
            Ruling::Accept => self.next(row, event),
            Ruling::Wait { missing } => Verdict::Waiting { missing },
            Ruling::Hold(held) => Verdict::Held(held),
            Ruling::Refuse(refused) => Verdict::Refused(refused),
        };
        let receipt = Receipt::new(event, verdict);
        let (event, answer) = (event.clone(), receipt.clone());
        let fresh = Row {
            event,
            receipt,
            closes,
        };
        match self.rows.get_mut(row) {
            Some(held) => *held = fresh,
            None => self.rows.push(fresh),
        }
        self.enter(row);
        if let Some(device) = device.filter(|_| closes) {
            self.let_through(device);
        }
        Answer {
            receipt: answer,
            again: false,
        }
    }

    fn closed(&self, device: Option<DeviceId>) -> u64 {
        let closed = device.and_then(|device| self.index.closed.get(&device));
        closed.copied().unwrap_or(0)
    }

    /// Enters a row in the index, but for the order.
    fn enter(&mut self, row: usize) {
        let Row {
            receipt, closes, ..
        } = &self.rows[row];
        self.index.by_content.insert(receipt.content, row);
        let counts = matches!(
            receipt.verdict,
            Verdict::Accepted { .. } | Verdict::Waiting { .. }
        );
        if let Some(id) = receipt.event.filter(|_| counts) {
            self.index.by_id.insert(id, receipt.content);
        }
        if let (Some(device), Some(seq), true) = (receipt.device, receipt.seq, closes) {
            self.index.by_number.insert((device, seq, row));
        }
    }

    fn let_through(&mut self, device: DeviceId) {
        let closed = self.closed(Some(device));
        let all = (device, closed + 1, 0)..=(device, u64::MAX, usize::MAX);
        let parked = self.index.by_number.range(all).map(|&(_, seq, row)| {
            let waits = matches!(self.rows[row].receipt.verdict, Verdict::Waiting { .. });
            Parked {
                seq,
                waiting: waits.then_some(row),
            }
        });
        let through = let_through(closed, parked);
        self.index.closed.insert(device, through.closed);
        for row in through.events {
            let event = self.rows[row].event.clone();
            self.rows[row].receipt.verdict = self.next(row, &event);
        }
    }
}

impl Server for Memory {
    fn push(&mut self, from: DeviceId, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        let carrier = account_of(from).and_then(|id| self.account(&id));
        let bytes: usize = events.iter().map(|event| event.raw().len()).sum();
        if bytes > self.body_bytes {
            return Err(Failure::TooLarge);
        }
        let events = events.iter();
        Ok(events.map(|e| self.take(e, carrier.as_ref())).collect())
    }

    fn pull(&mut self, from: DeviceId, after: u64) -> Result<Page, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        if account_of(from)
            .and_then(|id| self.account(&id))
            .is_some_and(|a| a.locked)
        {
            return Err(Failure::Garbled);
        }
        let place = usize::try_from(after).unwrap_or(usize::MAX);
        let rest = self.index.order.get(place..).unwrap_or(&[]);
        let page = &rest[..rest.len().min(self.page)];
        let before = place.checked_sub(1).and_then(|at| self.index.order.get(at));
        let before = before.map_or_else(|| Head::start(CITY), |(_, head)| *head);
        Ok(Page {
            events: (page.iter())
                .map(|&(row, _)| self.rows[row].event.clone())
                .collect(),
            next: page.last().map_or(before, |(_, head)| *head),
            head: self.head(),
        })
    }

    fn log_in(&mut self, device: DeviceId) -> bool {
        let account = account_of(device).and_then(|id| self.account(&id));
        let locked = account.is_some_and(|account| account.locked);
        if !locked {
            self.sessions.insert(device);
        }
        !locked
    }

    fn govern(&mut self, said: Arc<Event>) {
        self.take(&said, None);
    }

    fn expire(&mut self, device: DeviceId) {
        self.sessions.remove(&device);
    }

    fn restart(&mut self) {
        self.index = Index::default();
        let mut order = BTreeMap::new();
        for row in 0..self.rows.len() {
            self.enter(row);
            if let Verdict::Accepted { place, chain } = self.rows[row].receipt.verdict {
                order.insert(place, (row, Head { place, chain }));
            }
        }
        self.index.order = order.into_values().collect();
        for (row, _) in self.index.order.clone() {
            let event = self.rows[row].event.clone();
            self.heed(&event);
        }
        for &(device, seq, _) in &self.index.by_number {
            let closed = self.index.closed.entry(device).or_default();
            // Ascending, so that a number beyond a gap never fits.
            if seq == *closed + 1 {
                *closed = seq;
            }
        }
    }

    fn receipt(&mut self, content: Digest) -> Option<Receipt> {
        let row = *self.index.by_content.get(&content)?;
        Some(self.rows[row].receipt.clone())
    }
}

/// Who works on a device.
fn account_of(device: DeviceId) -> Option<ActorId> {
    crews().find(|(of, _)| *of == device).map(|(_, id)| id)
}
