//! The ledger and a completion as GeoJSON (RFC 7946), for whoever makes maps of them.
//!
//! * Degrees have 7 decimals, a centimetre. What was drawn is written from the whole numbers of the log,
//!   so it stands there to the digit.
//! * Quantities are strings of digits, as in the log: no reader is tempted to pass them through a binary
//!   float.
//! * Every feature has all its properties; what is not known is null. Ids are the catalogue's, and names
//!   stand beside them in one language.

mod marks;
mod tasks;

pub use marks::{Completed, mark_features};
pub use tasks::task_features;

use crate::catalog::Label;
use crate::told::Language;
use serde::Serialize;

/// A property: its name, and its value as JSON.
type Property = (&'static str, String);

/// A value as JSON.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    // Texts, numbers and words of ours always are JSON.
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// A label in one language.
fn label(language: Language, label: &Label) -> &str {
    match language {
        Language::Zh => &label.zh,
        Language::En => &label.en,
    }
}

/// A feature; `geometry` is JSON, and null where there is none.
fn feature(geometry: Option<String>, properties: &[Property]) -> String {
    let geometry = geometry.unwrap_or_else(|| "null".to_owned());
    let properties: Vec<String> = properties
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    let properties = properties.join(",");
    format!("{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{{properties}}}}}")
}

/// A file of features, one a line.
fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n")
}
