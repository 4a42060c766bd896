//! The fold: from the events about a city to what was set of its catalogue.

use crate::ids::EventId;
use crate::log::{
    ActorId, Configured, Event, Kind, Log, Moment, Subject, View, causality, is_back, taken_back,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What became of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Stands,
    /// It was taken back.
    TakenBack,
    /// The server refused it; it counts nowhere.
    Refused,
}

/// That somebody set a part of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The event.
    pub event: EventId,
    /// What was set.
    pub said: Arc<Configured>,
    /// Who set it.
    pub by: ActorId,
    /// When, by the corrected clock of whoever did. For display only.
    pub at: Moment,
    /// What became of it.
    pub standing: Standing,
}

/// All that was set of a city's catalogue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// In causal order: of one place the last that stands holds.
    pub all: Vec<Setting>,
    /// True if a newer version wrote about the city.
    pub read_only: bool,
}

impl Settings {
    /// Those of a log. `refused` are events that count nowhere, by the server's verdict.
    pub fn from_log(log: &Log, refused: &BTreeSet<EventId>) -> Settings {
        Settings::fold(log.about(&Subject::City(log.city().into())), refused)
    }

    /// Folds the events about one city, in whatever order they are given.
    pub fn fold(events: &[Arc<Event>], refused: &BTreeSet<EventId>) -> Settings {
        let causality = causality(events);
        let order: Vec<&Arc<Event>> = causality.order().map(|i| &events[i]).collect();
        let back = taken_back(&order, refused);
        let mut settings = Settings::default();
        for event in order {
            settings.read_only |= matches!(event.view(), View::Newer { .. });
            let (Some(Kind::Configured(said)), Some(envelope)) = (event.kind(), event.envelope())
            else {
                continue;
            };
            let standing = match envelope.id {
                id if refused.contains(&id) => Standing::Refused,
                id if is_back(id, &back) => Standing::TakenBack,
                _ => Standing::Stands,
            };
            settings.all.push(Setting {
                event: envelope.id,
                said: Arc::clone(said),
                by: envelope.actor.clone(),
                at: envelope.corrected(),
                standing,
            });
        }
        settings
    }

    /// Those that count, in causal order.
    pub fn standing(&self) -> impl Iterator<Item = &Setting> {
        let all = self.all.iter();
        all.filter(|setting| setting.standing == Standing::Stands)
    }

    /// True if nobody ever set anything.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
