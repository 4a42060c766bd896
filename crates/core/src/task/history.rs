//! The history of a task, for people.

use super::{Standing, Task};
use crate::catalog::WorkKindId;
use crate::ids::{AssetUid, DeviceId, EventId};
use crate::log::{ActorId, Dispatched, Edited, Field, Kind, Moment, Quantity, View, WorkLine};
use jiff::civil::Date;
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
    /// The values that it gives, in the order of a sentence.
    pub facts: Vec<Fact>,
    /// What became of it.
    pub standing: Standing,
}

/// A value that an event gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Where, by its name or code: an asset of a round.
    At {
        /// As it was when the task was made.
        place: String,
        /// Whether nobody could get there.
        is_unreached: bool,
    },
    /// A property of the task, in short as [`super::AlternativeView::value`] says it.
    Set {
        /// Which.
        field: Field,
        /// Its value: an id or a number, not yet words.
        value: String,
    },
    /// A property that the task has no longer.
    Cleared {
        /// Which.
        field: Field,
    },
    /// How much was done.
    Done {
        /// Of what.
        work: WorkKindId,
        /// In the unit of that kind of work.
        quantity: Quantity,
    },
    /// The day on which it was done.
    On {
        /// In the city's zone.
        #[serde(with = "crate::log::day")]
        day: Date,
    },
    /// Pictures that go with it.
    Photos {
        /// How many.
        count: usize,
    },
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
        lines.push((key, at, line(task, entry)));
    }
    crate::order::sort_by_key(&mut lines, |(key, at, _)| (*key, *at));
    lines.into_iter().filter_map(|(_, _, line)| line).collect()
}

fn line(task: &Task, entry: &super::Entry) -> Option<HistoryEntry> {
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
        facts: entry
            .event
            .kind()
            .map_or_else(Vec::new, |kind| facts(task, kind)),
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

fn facts(task: &Task, kind: &Kind) -> Vec<Fact> {
    let mut facts = Vec::new();
    let photos = match kind {
        Kind::Plotted(k) => {
            facts.push(set(Field::Work, &k.work.0));
            &*k.photos
        }
        Kind::Found(k) => {
            facts.extend(k.work.as_ref().map(|work| set(Field::Work, &work.0)));
            &k.photos
        }
        Kind::Dispatched(k) => {
            given(&mut facts, k);
            &[]
        }
        Kind::Edited(k) => {
            edited(&mut facts, k);
            &[]
        }
        Kind::Ticked(k) => {
            facts.extend(place(task, k.asset, k.unreached.is_some()));
            done(&mut facts, &k.lines);
            &k.photos
        }
        Kind::Noted(k) => {
            facts.extend(k.asset.and_then(|asset| place(task, asset, false)));
            &k.photos
        }
        Kind::Reported(k) => {
            done(&mut facts, &k.lines);
            facts.push(Fact::On { day: k.done_on });
            &k.photos
        }
        Kind::Verified(k) => &k.photos,
        Kind::Returned(k) => &k.photos,
        _ => &[],
    };
    let count = photos.len();
    facts.extend((count > 0).then_some(Fact::Photos { count }));
    facts
}

fn set(field: Field, value: &impl ToString) -> Fact {
    let value = value.to_string();
    Fact::Set { field, value }
}

fn given(facts: &mut Vec<Fact>, said: &Dispatched) {
    let Dispatched {
        crew,
        due,
        priority,
        planned,
        note: _,
    } = said;
    facts.extend(crew.as_ref().map(|crew| set(Field::Crew, &crew.0)));
    facts.extend(due.map(|due| set(Field::Due, &due)));
    facts.extend(priority.map(|priority| set(Field::Priority, &priority)));
    facts.extend(planned.map(|planned| set(Field::Planned, &planned)));
}

fn edited(facts: &mut Vec<Fact>, said: &Edited) {
    facts.extend(said.work.as_ref().map(|work| set(Field::Work, &work.0)));
    let as_given = Dispatched {
        crew: said.crew.clone(),
        due: said.due,
        priority: said.priority,
        planned: said.planned,
        note: None,
    };
    given(facts, &as_given);
    facts.extend(said.cleared.iter().map(|&field| Fact::Cleared { field }));
}

/// What an asset of the task was called.
fn place(task: &Task, asset: AssetUid, is_unreached: bool) -> Option<Fact> {
    let asset = task.target.any()?.asset(asset)?;
    let place = asset.name.clone().or_else(|| asset.code.clone())?;
    Some(Fact::At {
        place,
        is_unreached,
    })
}

/// How much of each kind of work, its lines added up.
fn done(facts: &mut Vec<Fact>, lines: &[WorkLine]) {
    let first = facts.len();
    for line in lines {
        let known = facts[first..].iter_mut().find_map(|fact| match fact {
            Fact::Done { work, quantity } if *work == line.work => Some(quantity),
            _ => None,
        });
        match known {
            // Any sum of quantities is exact, see `Quantity`.
            Some(sum) => sum.0 += line.quantity.0,
            None => facts.push(Fact::Done {
                work: line.work.clone(),
                quantity: line.quantity,
            }),
        }
    }
}
