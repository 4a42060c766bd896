mod agenda;
mod conflicts;
mod convergence;
mod crew;
mod drafts;
mod filter;
mod find;
mod observe;
mod oracle;
mod review;
mod round;
mod safety;
mod strange;
mod undo;
mod views;
mod way;

use super::*;
use crate::log::testkit::{Phone, task_uid};
use crate::log::{Kind, Log, Subject};
use std::collections::BTreeSet;

/// Task 1 as a phone sees it.
fn seen(phone: &Phone) -> Task {
    folded(&phone.log, 1)
}

fn folded(log: &Log, n: u8) -> Task {
    let uid = task_uid(n);
    fold(uid, log.about(&Subject::Task(uid)), &BTreeSet::new())
}

/// A task without its history: what it amounts to.
fn amounts(mut task: Task) -> Task {
    task.events.clear();
    task.notes.clear();
    task.changed = None;
    task
}

fn cancelled() -> Kind {
    crate::log::Cancelled { reason: None }.into()
}

fn started() -> Kind {
    crate::log::Started::default().into()
}

fn accepted() -> Kind {
    crate::log::Accepted::default().into()
}

fn dispatched(crew: &str) -> Kind {
    crate::log::Dispatched {
        crew: Some(crate::catalog::CrewId(crew.into())),
        ..Default::default()
    }
    .into()
}

fn verified(report: crate::ids::EventId) -> Kind {
    crate::log::Verified {
        report,
        note: None,
        photos: vec![],
    }
    .into()
}

fn returned(report: crate::ids::EventId, reason: &str) -> Kind {
    crate::log::Returned {
        report,
        reason: reason.into(),
        photos: vec![],
    }
    .into()
}

fn cleared(quantity: &str) -> Kind {
    use crate::log::testkit::{line, report};
    report(vec![line("drain-clear", quantity, "pcs")], "2024-05-03").into()
}

fn ticked(asset: u8) -> Kind {
    crate::log::Ticked {
        asset: crate::log::testkit::asset_uid(asset),
        unreached: None,
        lines: vec![],
        note: None,
        photos: vec![],
    }
    .into()
}

fn resolved(field: crate::log::Field, event: crate::ids::EventId) -> Kind {
    crate::log::Resolved {
        choices: vec![crate::log::Choice { field, event }],
        note: None,
    }
    .into()
}

fn edited(change: impl FnOnce(&mut crate::log::Edited)) -> Kind {
    let mut edited = crate::log::Edited::default();
    change(&mut edited);
    edited.into()
}
