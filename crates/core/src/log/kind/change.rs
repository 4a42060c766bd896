//! Changes to a task, and to what was said about it.

use super::Photo;
use crate::catalog::{CrewId, WorkKindId};
use crate::ids::{AssetUid, EventId};
use crate::log::{Moment, Quantity, Target};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `undone`: takes away the effect of events of the same subject.
///
/// Several, because equal reports written without knowledge of each other are
/// one report to whoever undoes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The events.
    pub events: Vec<EventId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `resolved`: a person ended conflicts by choosing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// What was chosen, field by field.
    pub choices: Vec<Choice>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The value that an event gave a field is the one that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The field.
    pub field: Field,
    /// The event.
    pub event: EventId,
}

/// A field of a task that events give values to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// How far the task has come.
    Stage,
    /// What was done.
    Report,
    /// What is to be done.
    Work,
    /// To what.
    Target,
    /// Who is to do it.
    Crew,
    /// Until when.
    Due,
    /// How urgent it is.
    Priority,
    /// How much is expected.
    Planned,
    /// What it is about, in words.
    Note,
}

/// `moved`: the target was put elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The target as it is now, whole.
    pub target: Arc<Target>,
}

/// `edited`: fields of the task were changed. What is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// Another kind of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<WorkKindId>,
    /// Another crew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crew: Option<CrewId>,
    /// Another time to be done by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
    /// Another urgency; 1 is most urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Another amount expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Quantity>,
    /// Other words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Fields that were emptied: crew, due, priority, planned or note.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Field>,
}

/// `noted`: a remark was made. Remarks add up; they never conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The remark.
    pub text: String,
    /// The asset of a round it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asset: Option<AssetUid>,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
}
