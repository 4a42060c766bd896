//! Safety checks asked before work.

use super::Label;
use super::id::word_id;
use super::json::members;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

word_id!(/// Identifies a precheck, for example `chamber-entry`.
    PrecheckId);

/// A safety check asked before work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precheck {
    /// Its id.
    pub id: PrecheckId,
    /// Its name.
    pub label: Label,
    /// Asked for each chamber instead of once a round.
    #[serde(default)]
    pub each_chamber: bool,
    /// Things to tick.
    #[serde(default)]
    pub items: Vec<Label>,
    /// Gas readings to enter, with the range that allows entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

members!(Precheck { id, label; each_chamber, items, readings, source });

/// A gas reading and the range that allows entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its id: `o2`.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Printed unit: `%`, `mg/m³`, `%LEL`.
    pub unit: String,
    /// Smallest value that allows entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// Largest value that allows entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
}

members!(Reading { id, label, unit; min, max });

impl Reading {
    /// True where a measured value allows entry.
    pub fn allows(&self, value: Decimal) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}
