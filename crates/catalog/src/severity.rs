//! How bad a defect can be.

use super::Label;
use super::id::word_id;
use super::json::members;
use serde::{Deserialize, Serialize};

word_id!(/// Identifies how bad a defect is, for example `serious`.
    SeverityId);

/// How bad a defect is, in the city's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// Its id, by which events name it.
    pub id: SeverityId,
    /// What it is called.
    pub label: Label,
    /// Within so many hours such a defect is to be mended, where the work's own time limit allows
    /// more or there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
}

members!(Severity { id, label; hours });
