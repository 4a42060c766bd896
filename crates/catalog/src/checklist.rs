//! What is looked at one by one when work is reported.

use super::Label;
use super::id::word_id;
use super::json::members;
use serde::{Deserialize, Serialize};

word_id!(/// Identifies a checklist, for example `pump-station`.
    ChecklistId);

/// A short list of what is looked at when work is reported: each is good, or something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Its id.
    pub id: ChecklistId,
    /// Its name.
    pub label: Label,
    /// What is looked at, in the order in which one walks by.
    pub items: Vec<CheckItem>,
}

members!(Checklist { id, label, items; });

/// One thing that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckItem {
    /// Its id, by which reports name it: `screens`.
    pub id: String,
    /// What it is called.
    pub label: Label,
}

members!(CheckItem { id, label; });

impl Checklist {
    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&CheckItem> {
        self.items.iter().find(|item| item.id == id)
    }
}
