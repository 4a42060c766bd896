//! What the fold has to say about events that made no sense to it.

use super::Stage;
use crate::ids::{AssetUid, EventId};
use crate::log::Field;
use serde::{Deserialize, Serialize};

/// An event that did not fit, and what was made of it. None of them is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoldNote {
    /// Its author had seen an event that has not arrived. It was applied without.
    Missing {
        /// The event.
        event: EventId,
        /// What has not arrived.
        parent: EventId,
    },
    /// It claims to have seen what saw it. What it saw was forgotten.
    Circle {
        /// The event.
        event: EventId,
    },
    /// A newer version wrote it. The task is read-only.
    Newer {
        /// The event.
        event: EventId,
    },
    /// It is broken. It was kept.
    Unreadable {
        /// The event.
        event: EventId,
    },
    /// Its kind says nothing about a task. It was kept.
    NotForTask {
        /// The event.
        event: EventId,
        /// The kind's name.
        kind: Box<str>,
    },
    /// Its author knew the task was closed; it did not open it again.
    NoEffect {
        /// The event.
        event: EventId,
        /// What its author knew.
        stage: Stage,
    },
    /// It is not offered at the stage its author knew. It was applied all the same.
    OutOfTurn {
        /// The event.
        event: EventId,
        /// What its author knew.
        stage: Stage,
    },
    /// The task was plotted again by somebody who knew it. It counts as an edit.
    PlottedAgain {
        /// The event.
        event: EventId,
    },
    /// No event that puts the task on the map has arrived.
    NotPlotted,
    /// It takes back an event that has not arrived. It waits.
    UndoesMissing {
        /// The event.
        event: EventId,
        /// What has not arrived.
        undone: EventId,
    },
    /// It judges a report that was taken back, was refused, has not arrived or is
    /// no report. It has no effect as long as that is so.
    NoReport {
        /// The event.
        event: EventId,
        /// The report.
        report: EventId,
    },
    /// It judges a report although its author knew a newer one. It has no effect.
    StaleReport {
        /// The event.
        event: EventId,
        /// The report.
        report: EventId,
    },
    /// It chooses an event that gives the field no value. That choice has no effect.
    EmptyChoice {
        /// The event.
        event: EventId,
        /// The field.
        field: Field,
        /// What it chooses.
        chosen: EventId,
    },
    /// It empties a field that cannot be empty. The field stays.
    CannotClear {
        /// The event.
        event: EventId,
        /// The field.
        field: Field,
    },
    /// It ticks an asset that is not in the target. The tick was kept.
    UnknownAsset {
        /// The event.
        event: EventId,
        /// The asset.
        asset: AssetUid,
    },
}

impl FoldNote {
    /// The event it is about.
    pub fn event(&self) -> Option<EventId> {
        match self {
            FoldNote::Missing { event, .. }
            | FoldNote::Circle { event }
            | FoldNote::Newer { event }
            | FoldNote::Unreadable { event }
            | FoldNote::NotForTask { event, .. }
            | FoldNote::NoEffect { event, .. }
            | FoldNote::OutOfTurn { event, .. }
            | FoldNote::PlottedAgain { event }
            | FoldNote::UndoesMissing { event, .. }
            | FoldNote::NoReport { event, .. }
            | FoldNote::StaleReport { event, .. }
            | FoldNote::EmptyChoice { event, .. }
            | FoldNote::CannotClear { event, .. }
            | FoldNote::UnknownAsset { event, .. } => Some(*event),
            FoldNote::NotPlotted => None,
        }
    }
}
