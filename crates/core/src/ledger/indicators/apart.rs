//! The same indicators for each crew or kind of work.

use super::{Asked, Indicators, indicators};
use crate::catalog::Catalog;
use crate::log::Moment;
use crate::task::Task;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What indicators are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Apart {
    /// The crew whose work it is ([`crate::task::crew_of`]).
    Crew,
    /// The kind of work it asks for.
    Work,
}

/// The indicators of one crew or kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its id; none for tasks of none, or where two were named and nobody has decided.
    pub key: Option<String>,
    /// What it comes to.
    pub indicators: Indicators,
}

/// Works out the indicators for each crew or kind of which there is a task in the period or an open
/// one, by their ids; what is of none last. A task is in one part, so counts and classes add up to
/// those of all, and so do both numbers of a rate. Means and percentiles do not.
pub fn apart<'a>(
    catalog: &Catalog,
    asked: &Asked,
    by: Apart,
    tasks: impl IntoIterator<Item = &'a Task>,
    now: Moment,
) -> Vec<Part> {
    let mut parts: BTreeMap<(bool, Option<String>), Vec<&Task>> = BTreeMap::new();
    for task in tasks {
        let key = match by {
            Apart::Crew => asked.crew_of(task, catalog).one().map(ToString::to_string),
            Apart::Work => task.work.one().map(ToString::to_string),
        };
        parts.entry((key.is_none(), key)).or_default().push(task);
    }
    let part = |((_, key), tasks)| {
        let indicators = indicators(catalog, asked, tasks, now);
        let is_something = indicators.tasks > 0 || indicators.open.tasks > 0;
        is_something.then_some(Part { key, indicators })
    };
    parts.into_iter().filter_map(part).collect()
}
