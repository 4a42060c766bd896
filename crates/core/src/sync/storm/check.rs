//! What must be so: while it storms, and when it has calmed.

use super::CITY;
use super::server::Server;
use super::weather::Figures;
use super::world::World;
use crate::log::{Event, Log};
use crate::sync::device::{Shown, Status};
use crate::sync::{Digest, Head, Held, Receipt, Verdict, content};
use crate::task::Tasks;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far a measured offset may be from the truth: half of the longest round trip of calm
/// weather, in milliseconds.
const OFFSET_MS: i64 = 1_600;

impl<S: Server> World<S> {
    /// What a phone shows must be true at that moment.
    pub(super) fn look_at(&mut self, phone: usize, shown: Shown) {
        let all = match shown.status {
            Status::ChainBroken(broken) => {
                self.wrong = Some(format!(
                    "phone {phone} takes the server for a liar: {broken:?}"
                ));
                return;
            }
            Status::AllSent { .. } => true,
            Status::PutBack { .. } => false,
            _ => return,
        };
        let mine = self.saved.iter().filter(|(by, _)| *by == phone);
        for (_, name) in mine {
            let fine = match self.server.receipt(*name).map(|r| r.verdict) {
                Some(Verdict::Accepted { .. }) => true,
                Some(Verdict::Held(_) | Verdict::Refused(_)) => !all,
                // Somebody with the right to it brought it, and this phone has not heard.
                Some(Verdict::Waiting { .. }) => !all && self.phones[phone].disk.is_held(name),
                None => false,
            };
            if !fine {
                let status = shown.status;
                self.wrong = Some(format!(
                    "phone {phone} shows {status:?}, but {name}: not so"
                ));
                return;
            }
        }
    }

    /// Whether nothing is left to do.
    pub(super) fn is_settled(&mut self) -> bool {
        let still = |p: &super::phone::Phone| {
            let sent = p.shown.is_some_and(|shown| shown.unsent == 0);
            !p.fetched || !sent || p.machine.is_none() || p.logging_in
        };
        if self.server_down || self.phones.iter().any(still) {
            return false;
        }
        let cursor = self.phones[0].disk.cursor;
        let head = self.server.pull(self.phones[0].device, place(cursor));
        let Ok(head) = head.map(|page| page.head) else {
            return false;
        };
        (self.phones.iter()).all(|p| place(p.disk.cursor) == head.place)
    }

    /// What is left to do.
    pub(super) fn unsettled(&mut self) -> String {
        let mut said = Vec::new();
        for p in &self.phones {
            let (status, at) = (p.shown.map(|s| s.status), place(p.disk.cursor));
            said.push(format!("{status:?}, cursor {at}, fetched {}", p.fetched));
            for (name, told) in &p.disk.outbox {
                let number = p.disk.events.get(name).and_then(|e| e.number());
                let told = told.as_ref().map(|r| &r.verdict);
                let stands = self.server.receipt(*name).map(|r| r.verdict);
                said.push(format!(
                    "{number:?} is told {told:?}, and stands {stands:?}"
                ));
            }
        }
        said.join("; ")
    }

    /// After it has calmed.
    pub(super) fn check(mut self) -> Result<Figures, String> {
        let order = self.order()?;
        for (phone, name) in &self.saved {
            let receipt = self.server.receipt(*name);
            let receipt = receipt.ok_or_else(|| format!("phone {phone}: {name} is lost"))?;
            match receipt.verdict {
                Verdict::Waiting { missing } => {
                    return Err(format!("phone {phone}: {name} still waits for {missing}"));
                }
                Verdict::Held(Held::OtherContent { first }) if !order.contains_key(&first) => {
                    return Err(format!("phone {phone}: {name} is held against nothing"));
                }
                _ => {}
            }
        }
        let tasks = Tasks::from_log(&log_of(order.values()), BTreeSet::new());
        for phone in 0..self.phones.len() {
            self.check_phone(phone, &order, &tasks)
                .map_err(|wrong| format!("phone {phone}: {wrong}"))?;
        }
        self.count(&order);
        Ok(self.figures)
    }

    /// The server's order, page by page, as an auditor reads it.
    fn order(&mut self) -> Result<BTreeMap<Digest, Arc<Event>>, String> {
        let device = self.phones[0].device;
        let (mut order, mut at) = (BTreeMap::new(), Head::start(CITY));
        let said: BTreeSet<Digest> = self.saved.iter().map(|(_, name)| *name).collect();
        loop {
            let page = self.server.pull(device, at.place);
            let page = page.map_err(|failure| format!("no audit: {failure:?}"))?;
            for event in page.events {
                at = at.followed_by(event.raw());
                let name = content(event.raw());
                let verdict = self.server.receipt(name).map(|r| r.verdict);
                let Head { place, chain } = at;
                if verdict != Some(Verdict::Accepted { place, chain }) {
                    return Err(format!(
                        "{name} stands at {place}, its receipt: {verdict:?}"
                    ));
                }
                if !said.contains(&name) && !self.governed.contains(&name) {
                    return Err(format!("{name} counts, and nobody said it"));
                }
                if order.insert(name, event).is_some() {
                    return Err(format!("{name} counts twice"));
                }
            }
            if at != page.next {
                return Err(format!("the chain breaks before {}", page.next.place));
            }
            if at == page.head {
                return Ok(order);
            }
        }
    }

    fn check_phone(
        &mut self,
        phone: usize,
        order: &BTreeMap<Digest, Arc<Event>>,
        tasks: &Tasks,
    ) -> Result<(), String> {
        let p = &self.phones[phone];
        // Every verdict is there, and is the server's.
        let mut aside = BTreeMap::new();
        for (name, told) in &p.disk.outbox {
            let stands: Option<Receipt> = self.server.receipt(*name);
            let last = stands.as_ref().map(|r| &r.verdict);
            let lasts = matches!(last, Some(Verdict::Held(_) | Verdict::Refused(_)));
            if *told != stands || !lasts {
                return Err(format!("{name} is told {told:?}, and stands {stands:?}"));
            }
            aside.insert(*name, ());
        }
        for name in p.disk.events.keys() {
            if order.contains_key(name) == aside.contains_key(name) {
                return Err(format!("{name} should count or be put back"));
            }
        }
        if let Some(name) = order.keys().find(|name| !p.disk.events.contains_key(name)) {
            return Err(format!("{name} never came"));
        }
        let counting = p.disk.events.iter();
        let counting = counting.filter(|(name, _)| !aside.contains_key(name));
        let folded = Tasks::from_log(&log_of(counting.map(|(_, e)| e)), BTreeSet::new());
        if folded != *tasks {
            return Err("its tasks are not the server's".into());
        }
        let shown = p.shown.ok_or("shows nothing")?;
        if (shown.unsent, shown.put_back) != (0, aside.len()) {
            return Err(format!("shows {shown:?}, {} are put back", aside.len()));
        }
        let offset = p.machine.as_ref().and_then(|m| m.offset_ms());
        match offset {
            Some(ms) if (ms + p.skew_ms).abs() <= OFFSET_MS => Ok(()),
            _ => Err(format!("measured {offset:?}, is {}", -p.skew_ms)),
        }
    }

    fn count(&mut self, order: &BTreeMap<Digest, Arc<Event>>) {
        self.figures.saved = self.saved.len() as u64;
        self.figures.accepted = order.len() as u64;
        let names: BTreeSet<Digest> = self.saved.iter().map(|(_, name)| *name).collect();
        for name in names {
            match self.server.receipt(name).map(|r| r.verdict) {
                Some(Verdict::Held(_)) => self.figures.held += 1,
                Some(Verdict::Refused(_)) => self.figures.refused += 1,
                _ => {}
            }
        }
    }
}

fn place(cursor: Option<Head>) -> u64 {
    cursor.map_or(0, |cursor| cursor.place)
}

fn log_of<'a>(events: impl Iterator<Item = &'a Arc<Event>>) -> Log {
    let mut log = Log::new(CITY);
    log.merge(events.map(|event| Event::clone(event)));
    log
}
