//! What the list of work is narrowed to.

use super::stored::stored;
use crate::worker::protocol::TaskFilter;
use leptos::prelude::*;

/// What the list of work is narrowed to; it stays as it was left.
#[derive(Clone, Copy)]
pub struct WorkFilter {
    /// By how it stands.
    pub which: RwSignal<TaskFilter>,
    /// Whether what was given to other crews is left out.
    pub mine: RwSignal<bool>,
}

impl WorkFilter {
    /// Reads what was chosen before.
    pub fn start() -> Self {
        WorkFilter {
            which: stored("work-filter", || TaskFilter::Open),
            mine: stored("work-mine", || true),
        }
    }
}
