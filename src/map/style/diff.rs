//! The difference between two looks, as the few calls that make the one the other.

use serde_json::{Map, Value};

/// One property to set on a style layer; `Null` sets it back to its default.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A paint property.
    Paint {
        /// Id of the style layer.
        layer: String,
        /// Name of the property.
        name: String,
        /// Its new value.
        value: Value,
    },
    /// A layout property.
    Layout {
        /// Id of the style layer.
        layer: String,
        /// Name of the property.
        name: String,
        /// Its new value.
        value: Value,
    },
}

/// What changes between two lists of the same style layers.
pub fn diff(old: &[Value], new: &[Value]) -> Vec<Change> {
    let mut out = Vec::new();
    for (before, after) in old.iter().zip(new) {
        let Some(layer) = after.get("id").and_then(Value::as_str) else {
            continue;
        };
        for (name, value) in changed(before.get("paint"), after.get("paint")) {
            out.push(Change::Paint {
                layer: layer.to_owned(),
                name,
                value,
            });
        }
        for (name, value) in changed(before.get("layout"), after.get("layout")) {
            out.push(Change::Layout {
                layer: layer.to_owned(),
                name,
                value,
            });
        }
    }
    out
}

fn changed(old: Option<&Value>, new: Option<&Value>) -> Vec<(String, Value)> {
    let empty = Map::new();
    let old = old.and_then(Value::as_object).unwrap_or(&empty);
    let new = new.and_then(Value::as_object).unwrap_or(&empty);
    let set = new
        .iter()
        .filter(|(name, value)| old.get(*name) != Some(value))
        .map(|(name, value)| (name.clone(), value.clone()));
    let unset = old
        .keys()
        .filter(|name| !new.contains_key(*name))
        .map(|name| (name.clone(), Value::Null));
    set.chain(unset).collect()
}
