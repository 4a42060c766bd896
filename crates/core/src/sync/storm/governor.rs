//! An administrator, who gives roles, takes them away, locks and unlocks.

use super::CITY;
use super::crew::{account_id, device_id};
use super::server::Server;
use super::world::World;
use crate::account::Role;
use crate::ids::{EventId, uuid_v7};
use crate::log::{
    AccountAdded, AccountChanged, AccountLocked, ActorId, Draft, Kind, Log, Moment, Stamp, Subject,
};
use crate::sync::content;
use std::sync::Arc;

/// What the administrator has said.
#[derive(Debug)]
pub(super) struct Governor {
    log: Log,
    said: u64,
}

impl Default for Governor {
    fn default() -> Governor {
        Governor {
            log: Log::new(CITY),
            said: 0,
        }
    }
}

/// What most are there for, and what some are.
const ROLES: [Role; 6] = [
    Role::Crew,
    Role::Crew,
    Role::Crew,
    Role::Supervisor,
    Role::Supervisor,
    Role::Viewer,
];

impl<S: Server> World<S> {
    /// Makes an account for each phone.
    pub(super) fn appoint(&mut self) {
        for phone in 0..self.phones.len() {
            let role = ROLES[self.rng.below(ROLES.len())];
            let added = AccountAdded {
                name: format!("crew {phone}"),
                role: role.to_string(),
                crews: Vec::new(),
            };
            self.govern(phone, added);
        }
    }

    /// Gives a phone's account another role, or locks or unlocks it.
    pub(super) fn reappoint(&mut self, phone: usize) {
        self.figures.role_changes += 1;
        if self.rng.chance(0.3) {
            let locked = !self.phones[phone].locked;
            return self.lock(phone, locked);
        }
        let role = ROLES[self.rng.below(ROLES.len())];
        let changed = AccountChanged {
            role: Some(role.to_string()),
            ..AccountChanged::default()
        };
        self.govern(phone, changed);
    }

    /// Locks a phone's account, or unlocks it.
    pub(super) fn lock(&mut self, phone: usize, locked: bool) {
        self.phones[phone].locked = locked;
        let reason = None;
        self.govern(phone, AccountLocked { locked, reason });
    }

    fn govern(&mut self, phone: usize, kind: impl Into<Kind>) {
        let governor = &mut self.governor;
        governor.said += 1;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.rng.next().to_be_bytes());
        let Some(at) = Moment::from_millis(self.now, 480) else {
            return;
        };
        let stamp = Stamp {
            id: EventId(uuid_v7(self.now.unsigned_abs(), random)),
            device: device_id(usize::from(u16::MAX)),
            seq: governor.said,
            actor: ActorId::from("operator"),
            at,
            offset_ms: 0,
        };
        let draft = Draft::new(Subject::Account(account_id(phone)), kind);
        match governor.log.seal(draft, stamp) {
            Ok(event) => {
                governor.log.insert(event.clone());
                self.governed.insert(content(event.raw()));
                self.server.govern(Arc::new(event));
            }
            Err(error) => self.wrong = Some(format!("no role could be given: {error}")),
        }
    }
}
