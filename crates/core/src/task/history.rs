//! The history of a task, for people.

use super::{Standing, Task};
use crate::ids::{DeviceId, EventId};
use crate::log::{ActorId, Kind, Moment, View};
use serde::{Deserialize, Serialize};

/// One line of a task's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The event.
    pub event: EventId,
    /// Name of its kind, as on the wire.
    pub kind: String,
    /// Who acted.
    pub actor: ActorId,
    /// On whose behalf, where that was somebody else.
    pub on_behalf: Option<ActorId>,
    /// On which device.
    pub device: DeviceId,
    /// When, by the server's clock as far as the device knew it.
    pub at: Moment,
    /// What was said: a note, a reason, a remark.
    pub text: Option<String>,
    /// What became of it.
    pub standing: Standing,
}

/// The history of a task in order of display: by corrected time, but never an
/// effect before its cause, whatever the clocks said.
pub fn history(task: &Task) -> Vec<HistoryEntry> {
    let events: Vec<_> = task.events.iter().map(|e| e.event.clone()).collect();
    let causality = crate::log::causality(&events);
    let mut latest: Vec<Option<Moment>> = Vec::with_capacity(events.len());
    let mut lines = Vec::with_capacity(events.len());
    for (at, entry) in task.events.iter().enumerate() {
        let own = entry.event.envelope().map(|e| e.corrected());
        let parents = causality
            .parents(at)
            .filter_map(|p| latest.get(p).copied().flatten());
        let key = parents.chain(own).max();
        latest.push(key);
        lines.push((key, at, line(entry)));
    }
    crate::order::sort_by_key(&mut lines, |(key, at, _)| (*key, *at));
    lines.into_iter().filter_map(|(_, _, line)| line).collect()
}

fn line(entry: &super::Entry) -> Option<HistoryEntry> {
    let envelope = entry.event.envelope()?;
    let kind = match entry.event.view() {
        View::Readable { kind, .. } => kind.name().to_string(),
        View::Newer { kind, .. } => kind.to_string(),
        View::Unreadable { .. } | View::Lost(_) => String::new(),
    };
    let on_behalf = match entry.event.kind() {
        Some(Kind::Reported(r)) => r.on_behalf.clone(),
        _ => None,
    };
    Some(HistoryEntry {
        event: envelope.id,
        kind,
        actor: envelope.actor.clone(),
        on_behalf,
        device: envelope.device,
        at: envelope.corrected(),
        text: entry.event.kind().and_then(text),
        standing: entry.standing,
    })
}

fn text(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Plotted(k) => k.note.clone(),
        Kind::Found(k) => k.defect.clone(),
        Kind::Dispatched(k) => k.note.clone(),
        Kind::Accepted(k) => k.note.clone(),
        Kind::MadeSafe(k) => k.note.clone(),
        Kind::Ticked(k) => k.unreached.clone().or_else(|| k.note.clone()),
        Kind::Reported(k) => k.note.clone(),
        Kind::Verified(k) => k.note.clone(),
        Kind::Returned(k) => Some(k.reason.clone()),
        Kind::Resolved(k) => k.note.clone(),
        Kind::Cancelled(k) => k.reason.clone(),
        Kind::Undone(k) => k.note.clone(),
        Kind::Edited(k) => k.note.clone(),
        Kind::Noted(k) => Some(k.text.clone()),
        _ => None,
    }
}
