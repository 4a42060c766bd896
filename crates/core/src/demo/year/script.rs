//! What is said of one task, step by step: who says it, when, and what they knew.

use super::cast::{Cast, Who};
use crate::ids::EventId;
use crate::log::{Kind, Subject};

/// An event before it has its number.
#[derive(Debug)]
pub(super) struct Step {
    /// The right time, in milliseconds after midnight of the first day.
    pub(super) ms: i64,
    pub(super) who: Who,
    pub(super) id: EventId,
    pub(super) saw: Vec<EventId>,
    pub(super) subject: Subject,
    pub(super) kind: Kind,
}

/// The events about one task, in the order in which they came to be.
#[derive(Debug)]
pub(super) struct Script {
    subject: Subject,
    heads: Vec<EventId>,
    /// When the last of them was written.
    pub(super) ms: i64,
    pub(super) steps: Vec<Step>,
}

impl Script {
    /// A task that somebody is about to put on the map.
    pub(super) fn new(who: Who, ms: i64, cast: &mut Cast) -> Script {
        Script {
            subject: Subject::Task(cast.task(who, ms)),
            heads: Vec::new(),
            ms,
            steps: Vec::new(),
        }
    }

    /// What is known of it now.
    pub(super) fn heads(&self) -> Vec<EventId> {
        self.heads.clone()
    }

    /// Somebody who knows everything says something, at a time or, if that is past, just after.
    pub(super) fn say(
        &mut self,
        who: Who,
        ms: i64,
        kind: impl Into<Kind>,
        cast: &mut Cast,
    ) -> EventId {
        let saw = self.heads();
        self.say_knowing(saw, who, ms, kind, cast)
    }

    /// Somebody says something who knows only this.
    pub(super) fn say_knowing(
        &mut self,
        saw: Vec<EventId>,
        who: Who,
        ms: i64,
        kind: impl Into<Kind>,
        cast: &mut Cast,
    ) -> EventId {
        let ms = match self.steps.is_empty() {
            true => ms,
            false => ms.max(self.ms + 2_000),
        };
        let id = cast.event(who, ms);
        self.ms = ms;
        self.heads.retain(|head| !saw.contains(head));
        self.heads.push(id);
        self.steps.push(Step {
            ms,
            who,
            id,
            saw,
            subject: self.subject.clone(),
            kind: kind.into(),
        });
        id
    }
}
