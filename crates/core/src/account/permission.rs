//! Whether an event may be appended by whoever hands it over.

use super::{Account, Role, Whose, may};
use crate::catalog::CrewId;
use crate::log::{ActorId, Envelope, Event, Subject};
use crate::sync::{Held, Refused};

/// Who hands an event over, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Carrier<'a> {
    /// The account that is logged in.
    pub account: &'a Account,
    /// The account that the event's device belongs to; `None` for a device with which
    /// nobody has logged in yet.
    pub device_of: Option<&'a ActorId>,
    /// For one that takes events back: the names of their kinds, as far as they have come.
    pub takes_back: &'a [&'a str],
}

/// What a server makes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Permission {
    /// It counts.
    #[default]
    Granted,
    /// It is kept for a supervisor to judge.
    Held(Held),
    /// It is kept and counts nowhere.
    Refused(Refused),
}

/// Decides whether an event may be appended. Nothing is refused that was allowed when it
/// was done: what a role allowed that was taken away since, and what a locked account
/// captured, is held for a supervisor. So is what comes by another's hand, as in a file from
/// a phone that has no signal, unless that hand is a supervisor's; and what only a newer
/// version of this program can read, because nobody can say what it would do. Another's hand
/// never has an event refused: its author may still bring it.
///
/// Who takes events back needs the right to write them. An event whose form is wrong is
/// another rule's affair ([`crate::sync::judge`]).
pub fn permission(event: &Event, carrier: Carrier<'_>) -> Permission {
    let account = carrier.account;
    let Some(envelope) = event.envelope() else {
        return Permission::Granted;
    };
    if account.locked {
        return Permission::Held(Held::Locked);
    }
    let by_another = carrier.device_of.is_some_and(|owner| *owner != account.id);
    if by_another && account.role < Role::Supervisor {
        return Permission::Held(Held::Carried);
    }
    let Some(kind) = event.kind() else {
        return Permission::Held(Held::Newer);
    };
    let kind = kind.name();
    let governs = matches!(envelope.subject, Subject::Account(_) | Subject::City(_));
    let allowed = |role: Role, whose: Whose| {
        let takes_back = |kind: &&str| may(role, kind, Whose::Own);
        (!governs || role == Role::Administrator)
            && may(role, kind, whose)
            && carrier.takes_back.iter().all(takes_back)
    };
    let whose = |crews: &[CrewId]| match acts_as(envelope, account, crews, by_another) {
        true => Whose::Own,
        false => Whose::Other,
    };
    if allowed(account.role, whose(&account.crews)) {
        return Permission::Granted;
    }
    if by_another {
        return Permission::Held(Held::Carried);
    }
    let once = whose(&account.ever_in);
    match account.ever.iter().any(|role| allowed(*role, once)) {
        true => Permission::Held(Held::Role { role: account.role }),
        false => Permission::Refused(Refused::Permission {
            role: account.role,
            kind: kind.to_owned(),
        }),
    }
}

/// Whether an event acts in the account's own name: its id, one of these crews, or, for work
/// from before the first login, the device itself.
fn acts_as(envelope: &Envelope, account: &Account, crews: &[CrewId], by_another: bool) -> bool {
    let actor = &*envelope.actor.0;
    let before_login = actor.strip_prefix("device-");
    envelope.actor == account.id
        || crews.iter().any(|crew| *crew.0 == *actor)
        || (!by_another && before_login.is_some_and(|id| id == envelope.device.to_string()))
}
