//! What the properties of a city's files are called.

use super::Label;
use super::id::word_id;
use super::json::members;
use serde::{Deserialize, Serialize};

word_id!(/// Name of a property as it stands in the files, for example `DeptName3`.
    PropertyId);

/// A property of assets, in people's words. One that no entry names is shown as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// Its name in the files.
    pub id: PropertyId,
    /// What people call it.
    pub label: Label,
    /// Printed behind its values: `mm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What people call some of its values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<PropertyValue>,
}

members!(Property { id, label; unit, values });

/// A value that stands for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyValue {
    /// As text: `sewage_works`, `true`.
    pub value: String,
    /// What people call it.
    pub label: Label,
}

members!(PropertyValue { value, label; });
