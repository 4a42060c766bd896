//! A server in memory: the least that can be built around the rules.

use super::super::*;
use crate::account::Permission;
use crate::ids::DeviceId;
use crate::log::Event;
use std::collections::BTreeMap;

pub(super) struct Server {
    city: &'static str,
    pub(super) limits: Limits,
    pub(super) head: Head,
    /// All that came, in the order of its arrival, with whether it closes its number.
    pub(super) rows: Vec<(Event, Receipt, bool)>,
    closed: BTreeMap<DeviceId, u64>,
}

impl Server {
    pub(super) fn new(city: &'static str) -> Server {
        Server {
            city,
            limits: Limits::default(),
            head: Head::start(city),
            rows: Vec::new(),
            closed: BTreeMap::new(),
        }
    }

    fn known(&self, event: &Event) -> Known {
        let same = |r: &&(Event, Receipt, bool)| r.0.raw() == event.raw();
        let counts = |r: &&(Event, Receipt, bool)| {
            let verdict = &r.1.verdict;
            let counts = matches!(verdict, Verdict::Accepted { .. } | Verdict::Waiting { .. });
            event.id().is_some() && r.1.event == event.id() && counts
        };
        Known {
            receipt: self.rows.iter().find(same).map(|r| r.1.clone()),
            other: self.rows.iter().find(counts).map(|r| r.1.content),
            closed: self.closed(event.number().map(|n| n.0)),
            permission: Permission::Granted,
        }
    }

    fn closed(&self, device: Option<DeviceId>) -> u64 {
        let closed = device.and_then(|device| self.closed.get(&device));
        closed.copied().unwrap_or(0)
    }

    fn next(&mut self, raw: &[u8]) -> Verdict {
        self.head = self.head.followed_by(raw);
        let Head { place, chain } = self.head;
        Verdict::Accepted { place, chain }
    }

    pub(super) fn take(&mut self, event: &Event) -> Answer {
        let ruling = judge(event, self.city, self.known(event), &self.limits);
        let closes = ruling.closes_number();
        let verdict = match ruling {
            Ruling::Again(receipt) => {
                return Answer {
                    receipt,
                    again: true,
                };
            }
            Ruling::Accept => self.next(event.raw()),
            Ruling::Wait { missing } => Verdict::Waiting { missing },
            Ruling::Hold(held) => Verdict::Held(held),
            Ruling::Refuse(refused) => Verdict::Refused(refused),
        };
        let receipt = Receipt::new(event, verdict);
        self.rows.push((event.clone(), receipt.clone(), closes));
        if let Some((device, _)) = event.number().filter(|_| closes) {
            self.let_through(device);
        }
        Answer {
            receipt,
            again: false,
        }
    }

    fn let_through(&mut self, device: DeviceId) {
        let closed = self.closed(Some(device));
        let mut parked: Vec<_> = (0..self.rows.len())
            .filter(|&i| self.rows[i].2 && self.rows[i].1.device == Some(device))
            .filter_map(|i| {
                let (_, receipt, _) = &self.rows[i];
                let waits = matches!(receipt.verdict, Verdict::Waiting { .. });
                let seq = receipt.seq.filter(|&seq| seq > closed)?;
                Some(Parked {
                    seq,
                    waiting: waits.then_some(i),
                })
            })
            .collect();
        parked.sort_by_key(|p| p.seq);
        let through = let_through(closed, parked);
        self.closed.insert(device, through.closed);
        for i in through.events {
            let raw = self.rows[i].0.raw().to_vec();
            self.rows[i].1.verdict = self.next(&raw);
        }
    }

    /// The events that count, by place, after checking that places and chain are whole.
    pub(super) fn order(&self) -> Vec<&Event> {
        let mut order = BTreeMap::new();
        for (event, receipt, _) in &self.rows {
            if let Verdict::Accepted { place, chain } = receipt.verdict {
                assert!(
                    order.insert(place, (event, chain)).is_none(),
                    "a place given twice"
                );
            }
        }
        let mut head = Head::start(self.city);
        for (place, (event, chain)) in &order {
            head = head.followed_by(event.raw());
            assert_eq!((*place, *chain), (head.place, head.chain));
        }
        assert_eq!(head, self.head);
        order.into_values().map(|(event, _)| event).collect()
    }
}
